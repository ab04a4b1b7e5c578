import attrs
import pytest

from serviceorg.basics import FrozenMap
from serviceorg.workflow.rules import (
    AnyOf,
    Children,
    ClockIs,
    Different,
    Field,
    FieldIs,
    Part,
    PartsDone,
    Permit,
    SameUnit,
    Slot,
    SlotIs,
    StateIs,
    Timed,
    Value,
)
from serviceorg.workflow.verify import verify
from tests.workflow.verify.given import (
    ACTOR,
    CLOCK,
    FIVE_DAYS,
    MAYBE,
    NOBODY,
    after,
    at_least,
    at_most,
    before,
    clock,
    codes,
    found,
    move,
    needs,
    never,
    opening,
    route,
    tier,
    version,
)

END = move("finish", "new", "done")
HANDLER = Slot(id="handler", party="handler")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (after("finish"), "it asks for 'finish' to have occurred"),
        (before("report"), "it asks for 'report' not to have occurred"),
        (before("new"), "it asks for 'new' not to have occurred"),
        (at_least("finish", least=1), "it asks for a number of 'finish' that is never met"),
        (at_least("odd", least=1), "it asks for a number of 'odd' that is never met"),
        (at_least("note", least=1, since="note"), "a number of 'note' since 'note' that is never met"),
        (Timed("finish", FIVE_DAYS), "it asks for a time since 'finish'"),
        (StateIs(("done",)), "it asks for the state 'done'"),
        (ClockIs("resolve", ("overdue",)), "it asks that the clock 'resolve' is 'overdue'"),
        (
            AnyOf((needs(after("finish")), needs(MAYBE, before("report")))),
            "for 'finish' to have occurred and for",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_move_whose_requirements_no_life_meets_is_never_made(asked, words):
    """A move is found whose requirements ask of the past what no life of a ticket brings about."""
    findings = found(
        "new done.",
        END,
        move("note", "new", ""),
        move("odd", "new", "", asked),
        clocks=(clock("finish", "done"),),
    )

    assert ("never-made", "move", 2) in codes(findings)
    assert words in next(finding.message for finding in findings if finding.where == ("move", 2))


@pytest.mark.parametrize(
    "asked",
    [
        before("finish"),
        at_least("note", least=3),
        at_most("odd", most=0),
        Timed("new", FIVE_DAYS),
        Timed("note", FIVE_DAYS, within=True),
        StateIs(("new",)),
        MAYBE,
        AnyOf((needs(after("finish")), needs(after("note")))),
    ],
)
def test_a_move_some_life_allows_is_not_found(asked):
    """A requirement that some life meets, however late, is no reason to call a move impossible."""
    assert found("new done.", END, move("note", "new", ""), move("odd", "new", "", asked)) == ()


def test_requirements_that_exclude_each_other_are_found():
    """A field cannot be one of two disjoint lists, nor filled and unfilled, at the same time."""
    kind = Field(id="kind", one_of=("a", "b"))
    findings = found(
        "new done.",
        move("finish", "new", "done", optional=("kind",)),
        move("odd", "new", "", FieldIs("kind", ("a",)), FieldIs("kind", ("b",))),
        move("even", "new", "", FieldIs("kind", filled=False), FieldIs("kind", ("b",))),
        fields=(kind,),
    )

    assert codes(findings) == [("never-made", "move", 1), ("never-made", "move", 2)]
    assert findings[0].message == (
        "the move 'odd' can never be made: it asks for the field 'kind' to be 'a' and for the field 'kind' "
        "to be 'b', and no life of a ticket brings that about; correct the requirement"
    )


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (FieldIs("kind", ("a",)), "it asks for the field 'kind' to be 'a', and no life"),
        (SlotIs("handler", filled=True), "it asks for the slot 'handler' to be filled, and no life"),
    ],
)
def test_what_nothing_fills_in_cannot_be_needed(asked, words):
    """A requirement on a field or slot that no step before it fills in is found."""
    findings = found(
        "new done.", END, move("odd", "new", "", asked), fields=(Field(id="kind"),), slots=(HANDLER,)
    )

    assert codes(findings) == [("never-made", "move", 1)]
    assert words in findings[0].message


@pytest.mark.parametrize("asked", [FieldIs("kind", ("a",)), SlotIs("handler", filled=True)])
def test_what_some_step_fills_in_may_be_needed(asked):
    """A field of the form itself, or a slot an earlier step may fill, can be asked for."""
    findings = found(
        "new done.",
        move("take", "new", "", sets=FrozenMap(handler=ACTOR)),
        move("finish", "new", "done", asked, required=("kind",)),
        fields=(Field(id="kind"),),
        slots=(HANDLER,),
    )

    assert findings == ()


def test_what_a_form_has_said_is_remembered():
    """A field one form allows two words for has no third one later, until a form fills it in anew."""
    kind = Field(id="kind", one_of=("a", "b", "c"))
    steps = (
        move("sort", "new", "sorted", FieldIs("kind", ("a", "b")), required=("kind",)),
        move("finish", "sorted", "done"),
        move("odd", "sorted", "", FieldIs("kind", ("c",))),
    )
    anew = move("change", "sorted", "", required=("kind",))

    assert codes(found("new sorted done.", *steps, fields=(kind,))) == [("never-made", "move", 2)]
    assert found("new sorted done.", *steps, anew, fields=(kind,)) == ()


def test_what_a_route_not_taken_says_is_remembered():
    """Where the first route is for one word, a ticket on the second one has another."""
    kind = Field(id="kind", one_of=("a", "b"))
    findings = found(
        "new left right done.",
        move("sort", "new", (route("left", FieldIs("kind", ("a",))), route("right")), required=("kind",)),
        move("finish", "left right", "done"),
        move("odd", "right", "", FieldIs("kind", ("a",))),
        move("even", "right", "", FieldIs("kind", ("b",))),
        fields=(kind,),
    )

    assert codes(findings) == [("never-made", "move", 2)]


@pytest.mark.parametrize(("keep", "expected"), [(True, [("never-made", "move", 2)]), (False, [])])
def test_a_slot_that_is_kept_is_never_empty_again(keep, expected):
    """Emptying a slot that is kept changes nothing, so nothing can ask for it to be empty."""
    findings = found(
        "new doing done.",
        move("take", "new", "doing", sets=FrozenMap(handler=ACTOR)),
        move("drop", "doing", "", sets=FrozenMap(handler=NOBODY)),
        move("odd", "doing", "", SlotIs("handler", filled=False)),
        move("finish", "doing", "done"),
        slots=(Slot(id="handler", keep=keep),),
    )

    assert codes(findings) == expected


@pytest.mark.parametrize(("again", "expected"), [("keep", [("never-made", "move", 2)]), ("restart", [])])
def test_a_clock_that_keeps_its_result_runs_once(again, expected):
    """After its stop a clock with again="keep" is never in time or overdue any more."""
    findings = found(
        "new told done.",
        move("answer", "new", "told"),
        move("ask", "told", ""),
        move("odd", "told", "", ClockIs("resolve", ("in-time", "overdue"))),
        move("finish", "told", "done"),
        clocks=(clock("report ask", "answer done", again=again),),
    )

    assert codes(findings) == expected


def test_a_timed_move_is_not_made_while_its_clock_is_paused():
    """A clock that is paused in a state makes no move from there."""
    findings = found(
        "new waiting done.",
        move("wait", "new", "waiting"),
        move("finish", "waiting", "done"),
        move("late", "waiting", "done", permits=CLOCK),
        clocks=(clock("report", "done", pause=("waiting",), tiers=(tier(move="late"),)),),
    )

    assert codes(findings) == [("never-made", "move", 2), ("tier-never", "clock", 0, "tier", 0)]


def test_what_fills_a_slot_for_sure_is_remembered():
    """A slot filled from a required field is not empty; one filled from an optional one may be."""
    unit = Slot(id="unit", kind="unit")
    for options, expected in (({"required": ("place",)}, ["never-made"]), ({"optional": ("place",)}, [])):
        take = move("take", "new", "doing", sets=FrozenMap(unit=Value(field="place")), **options)
        findings = found(
            "new doing done.",
            take,
            move("finish", "doing", "done"),
            move("odd", "doing", "", SlotIs("unit", filled=False)),
            slots=(unit,),
            fields=(Field(id="place"),),
        )

        assert [finding.code for finding in findings] == expected


def test_a_route_after_one_that_is_always_taken_is_never_taken():
    """A route behind one without conditions is found; the move itself can be made."""
    findings = found(
        "new other done.", move("go", "new", (route("done"), route("other"))), move("end", "other", "done")
    )

    assert ("never-taken", "move", 0, "route", 1) in codes(findings)


def test_a_route_whose_condition_an_earlier_one_has_taken_away_is_never_taken():
    """Where a requirement of the move already makes the first route certain, the second is found."""
    kind = FieldIs("kind", ("a",))
    both = (route("done", FieldIs("kind", ("a", "b"))), route("new"))
    findings = found(
        "new done.", move("go", "new", both, kind, required=("kind",)), fields=(Field(id="kind"),)
    )

    assert codes(findings) == [("never-taken", "move", 0, "route", 1)]


def test_a_counter_decides_between_routes():
    """A route for the first time and a route for all later times are both taken."""
    again = (route("doing", at_most("redo", most=0)), route("done"))

    assert found("new doing done.", move("take", "new", "doing"), move("redo", "doing", again)) == ()


def test_a_move_without_permits_may_be_made_by_nobody():
    """A move nobody is allowed to make is found: what is not permitted is denied."""
    findings = found("new done.", move("finish", "new", "done", permits=()))

    assert codes(findings) == [("nobody-may", "move", 0)]
    assert (
        findings[0].message
        == "nobody may make the move 'finish': it has no 'by'; say who may, and be it by='anyone'"
    )


@pytest.mark.parametrize("permit", [Permit(slot="handler"), Permit(role="clerk", at="handler")])
def test_a_permit_by_a_slot_that_is_always_empty_allows_nobody(permit):
    """A permit by a slot nothing fills before allows nobody; a filled slot, or another permit, does."""
    slots = (HANDLER,)
    taken = move("take", "new", "", sets=FrozenMap(handler=ACTOR))

    empty = found("new done.", move("finish", "new", "done", permits=(permit,)), slots=slots)
    filled = found("new done.", taken, move("finish", "new", "done", permits=(permit,)), slots=slots)
    other = found(
        "new done.", move("finish", "new", "done", permits=(permit, Permit(anyone=True))), slots=slots
    )

    assert codes(empty) == [("nobody-may", "move", 0)]
    assert "the slot 'handler' is always empty before it" in empty[0].message
    assert filled == other == ()


def test_a_slot_that_is_emptied_again_permits_nobody():
    """A slot that every way empties before the move is empty there; one that is kept stays filled."""
    steps = (
        move("take", "new", "doing", sets=FrozenMap(handler=ACTOR)),
        move("drop", "doing", "dropped", sets=FrozenMap(handler=NOBODY)),
        move("finish", "dropped", "done", permits=(Permit(slot="handler"),)),
    )

    emptied = found("new doing dropped done.", *steps, slots=(HANDLER,))
    kept = found("new doing dropped done.", *steps, slots=(Slot(id="handler", keep=True),))

    assert codes(emptied) == [("nobody-may", "move", 2)]
    assert kept == ()


def test_a_slot_filled_from_an_empty_one_is_empty():
    """A slot copied from a slot or field nothing fills is as empty as that."""
    findings = found(
        "new done.",
        move("copy", "new", "", sets=FrozenMap(handler=Value(slot="helper"))),
        move("read", "new", "", sets=FrozenMap(handler=Value(field="name"))),
        move("finish", "new", "done", permits=(Permit(slot="handler"),)),
        slots=(HANDLER, Slot(id="helper")),
        fields=(Field(id="name"),),
    )

    assert codes(findings) == [("nobody-may", "move", 2)]


@pytest.mark.parametrize(
    "options",
    [{"duty": "review"}, {"needs": needs(Different(slots=("handler",)))}],
    ids=["duty", "different"],
)
def test_a_permit_for_those_who_are_kept_away_allows_nobody(options):
    """Whoever handled a ticket may not review it: a permit for the handler alone allows nobody."""
    reviewed = {"permits": (Permit(slot="handler"),), **options}
    step = move("finish", "new", "done")
    findings = found(
        "new done.",
        move("take", "new", "", sets=FrozenMap(handler=ACTOR)),
        type(step)(id="finish", sources=step.sources, routes=step.routes, **reviewed),
        slots=(HANDLER,),
    )

    assert codes(findings) == [("nobody-may", "move", 1)]
    assert "whoever is in the slot 'handler' is kept away from it" in findings[0].message


def test_a_move_for_the_clock_that_no_tier_names_is_found():
    """A move only a clock may make needs a tier that makes it, and no form."""
    end = move("finish", "new", "done")
    late = move("late", "new", "done", permits=CLOCK)
    form = move("late", "new", "done", permits=CLOCK, required=("why",))
    running = clock("report", "done", tiers=(tier(move="late"),))

    unnamed = found("new done.", end, late, clocks=(clock("report", "done"),))
    named = found("new done.", end, late, clocks=(running,))
    asking = found("new done.", end, form, clocks=(running,), fields=(Field(id="why"),))

    assert codes(unnamed) == [("nobody-may", "move", 1)]
    assert named == ()
    assert codes(asking) == [("nobody-may", "move", 1), ("tier-never", "clock", 0, "tier", 0)]


def test_a_timed_move_is_made_only_while_its_clock_runs():
    """A move only the clock may make is never made from where its clock has stopped."""
    findings = found(
        "new old done.",
        move("age", "new", "old"),
        move("finish", "old", "done"),
        move("late", "old", "done", permits=CLOCK),
        clocks=(clock("report", "old", tiers=(tier(move="late"),)),),
    )

    assert codes(findings) == [("never-made", "move", 2), ("tier-never", "clock", 0, "tier", 0)]


def test_an_opening_can_be_impossible_too():
    """Openings are looked at like moves; a ticket has no past before it is opened."""
    findings = found(
        "new done.",
        END,
        openings=(
            opening("new"),
            opening("new", after("finish"), id="reopen"),
            opening("new", id="own", permits=()),
        ),
    )

    assert codes(findings) == [("never-made", "opening", 1), ("nobody-may", "opening", 2)]


def test_so_many_pieces_must_be_completed_first():
    """A part of three pieces can be asked for after three moves, and four of three pieces never."""
    part = Part(id="reports", pieces=("a", "b", "c"))
    piece = move("piece", "new", "", completes="reports", required=("piece",))
    options = {"parts": (part,), "fields": (Field(id="piece"),)}

    three = found("new done.", piece, move("finish", "new", "done", PartsDone("reports")), **options)
    four = found("new done.", piece, END, move("odd", "new", "", PartsDone("reports", 4)), **options)

    assert three == ()
    assert codes(four) == [("never-made", "move", 2)]


def test_children_are_nobodys_business_here():
    """What child tickets do is not known: such a requirement may hold and may fail."""
    assert found("new done.", move("finish", "new", "done", Children(2, ("done",)))) == ()


@pytest.mark.parametrize(
    "check", [SameUnit("unit"), SlotIs("unit", filled=True), SlotIs("unit", one_of=("a",))], ids=repr
)
def test_an_opening_is_judged_by_the_slots_it_fills(check):
    """What an opening asks of a slot it fills itself is asked of what it fills in."""
    where = FrozenMap(unit=Value(field="where"))
    filling = opening("s", check, required=("where",), sets=where, permits=(Permit(slot="unit"),))
    options = {"fields": (Field(id="where"),), "slots": (Slot(id="unit", kind="unit"),)}
    close = move("close", "s", "end")

    assert verify(version("s end.", close, openings=(filling,), **options)) == ()
    emptying = attrs.evolve(filling, sets=FrozenMap(unit=NOBODY))
    codes = [finding.code for finding in verify(version("s end.", close, openings=(emptying,), **options))]
    assert "never-made" in codes


def test_a_part_that_is_complete_does_not_occur_again():
    """One piece done twice completes its part once: a corrected verdict is no second completion."""
    part = Part(id="signed", pieces=("one",))
    definition = version(
        "s end.",
        move("sign", "s", "", completes="signed"),
        move("close", "s", "end"),
        parts=(part,),
        promises=(never("signed", at_most=1), never("sign", at_most=1)),
    )

    (finding,) = verify(definition)

    assert (finding.code, finding.where) == ("promise", ("promise", 1))


def test_what_a_move_clears_is_empty_after_it():
    """A field that is emptied asks to be filled in again, unless the form of the same move does."""
    fields = (Field(id="result"),)
    fill = move("fill", "s", "t", required=("result",))
    close = move("close", "u", "end", FieldIs("result", filled=True))
    kept, emptied, refilled = (
        version("s t u end.", fill, move("back", "t", "u", **options), close, fields=fields)
        for options in ({}, {"clears": ("result",)}, {"clears": ("result",), "optional": ("result",)})
    )

    assert verify(kept) == () == verify(refilled)
    assert "never-made" in [finding.code for finding in verify(emptied)]
