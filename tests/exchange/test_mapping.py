from decimal import Decimal

import pytest

from serviceorg.errors import LogProblems
from serviceorg.exchange import (
    ActorRule,
    EventRule,
    Filling,
    Log,
    LogMapping,
    MomentRule,
    OpeningRule,
    mapping_from_path,
    mapping_from_text,
    replay_log,
)
from tests.exchange.worlds import complaints

FULL = """
[log]
id = "case"
name = "activity"
time = "when"
transitions = ["start", "complete"]
rest = "ignore"

[opening]
do = "report"
at = "begin"
form = { text = "subject" }

[actor]
id = "user"
unit = "team"
roles = "clerk@street-1"
unknown = "nobody"

[[event]]
name = ["Taken", "Taken up"]
do = "accept"

[[event]]
name = "Done"
do = "close"
form = { cost = "price", on = { trace = "end" }, visits = { value = 2 }, solved = { value = true } }

[[event]]
name = "Mail"
ignore = true

[[moment]]
attribute = "end"
do = "close"
form = { cost = { value = 1.50 }, witnesses = { value = ["w1"] } }

[end]
states = "closed"
"""


def problems_of(text: str) -> list[str]:
    """Return what is wrong with a mapping, line by line."""
    with pytest.raises(LogProblems) as caught:
        mapping_from_text(text, file="m.toml")
    return str(caught.value).splitlines()


def test_every_key_of_a_mapping_is_read():
    """A file that uses every key becomes the value it describes; one text stands for a list of one."""
    mapping = mapping_from_text(FULL)

    assert mapping == LogMapping(
        id="case",
        name="activity",
        time="when",
        transitions=("start", "complete"),
        rest="ignore",
        opening=OpeningRule(
            do="report", at="begin", form={"text": Filling(attribute="subject", of_trace=True)}
        ),
        actor=ActorRule(id="user", unit="team", roles=("clerk@street-1",), unknown="nobody"),
        events=(
            EventRule(names=("Taken", "Taken up"), do="accept"),
            EventRule(
                names=("Done",),
                do="close",
                form={
                    "cost": Filling(attribute="price"),
                    "on": Filling(attribute="end", of_trace=True),
                    "visits": Filling(constant=2),
                    "solved": Filling(constant=True),
                },
            ),
            EventRule(names=("Mail",), ignore=True),
        ),
        moments=(
            MomentRule(
                attribute="end",
                do="close",
                form={"cost": Filling(constant=Decimal("1.50")), "witnesses": Filling(constant=("w1",))},
            ),
        ),
        ends=("closed",),
    )


def test_a_short_mapping_speaks_of_the_keys_of_xes():
    """Without [log] the attributes are those every XES log has."""
    mapping = mapping_from_text('[[event]]\nname = "Done"\ndo = "close"\n')

    assert (mapping.id, mapping.name, mapping.time) == ("concept:name", "concept:name", "time:timestamp")
    assert (mapping.actor.id, mapping.actor.unit) == ("org:resource", "org:group")


def test_every_slip_of_a_file_is_told_at_once():
    """Unknown keys, wrong types, missing keys, names with two rules: one problem each, in one list."""
    text = """
top = 1
[log]
idd = "case"
time = 5
rest = "skip"
[actor]
roles = [1]
[end]
state = "x"
[[event]]
name = "A"
[[event]]
name = "A"
do = "accept"
ignore = true
form = { cost = 1, on = { value = nan }, place = { trce = "x" } }
[[event]]
do = "accept"
colour = "red"
[[moment]]
attribute = ""
"""

    found = problems_of(text)

    assert found == [
        "m.toml, log.time: found 5; allowed is a text that is not empty [type]",
        "m.toml, log.rest: found 'skip'; known are 'ignore', 'refuse' [unknown-word]",
        "m.toml, actor.roles: found [1]; allowed is a text, or a list of texts [type]",
        "m.toml, event[1]: write exactly one of do and ignore = true [one-of]",
        "m.toml, event[2]: write exactly one of do and ignore = true [one-of]",
        (
            "m.toml, event[2].form.cost: found 1; allowed is the name of an attribute, "
            '{ trace = "attribute" } or { value = … } [type]'
        ),
        (
            "m.toml, event[2].form.on: found {'value': nan}; allowed is the name of an attribute, "
            '{ trace = "attribute" } or { value = … } [type]'
        ),
        (
            "m.toml, event[2].form.place: found {'trce': 'x'}; allowed is the name of an attribute, "
            '{ trace = "attribute" } or { value = … } [type]'
        ),
        "m.toml, event[3]: the key 'name' is missing [missing-key]",
        (
            "m.toml, event[3].colour: unknown key 'colour'; "
            "known are 'do', 'form', 'ignore', 'name' [unknown-key]"
        ),
        "m.toml, moment[1].attribute: found ''; allowed is a text that is not empty [type]",
        "m.toml, moment[1]: the key 'do' is missing [missing-key]",
        "m.toml, end.state: unknown key 'state'; known are 'states'. Did you mean 'states'? [unknown-key]",
        (
            "m.toml, log.idd: unknown key 'idd'; known are 'id', 'name', 'rest', 'time', 'transitions'. "
            "Did you mean 'id'? [unknown-key]"
        ),
        (
            "m.toml, top: unknown key 'top'; known are 'actor', 'end', 'event', 'log', 'moment', 'opening' "
            "[unknown-key]"
        ),
        "m.toml, event[2].name: events called 'A' have a rule already, event[1] [double-name]",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "no [[event]] says what the events of the log mean [missing-key]"),
        ("log = 5", "log: found 5; allowed is a table [log] [type]"),
        ("event = 5", "event: found 5; allowed are tables [[event]] [type]"),
        ("[log]\nid = ", "the text cannot be read as TOML: 'Invalid value (at end of document)' [syntax]"),
        ("x = " + "[" * 5000, "the text cannot be read as TOML: "),
        ("x = " + "9" * 5000, "the text cannot be read as TOML: "),
        ("#" * 300_000, "more than 262144 bytes; a mapping file is a short one [too-big]"),
    ],
)
def test_what_is_no_mapping_is_told_in_a_sentence(text, found):
    """Whatever the text is, the answer is a mapping or problems."""
    assert found in problems_of(text)[0]


def test_a_mapping_is_read_from_a_file(tmp_path):
    """Problems of a file begin with its path, those of a missing one too."""
    path = tmp_path / "m.toml"
    path.write_text(FULL, encoding="utf-8")

    assert mapping_from_path(path).file == str(path)
    with pytest.raises(LogProblems, match=r"none.toml: the file cannot be read: No such file"):
        mapping_from_path(tmp_path / "none.toml")


def test_names_the_workflow_does_not_have_are_told_at_once():
    """Before anything is replayed, every opening, move, field, role and state is looked up."""
    text = """
[opening]
do = "reprot"
form = { txt = "a" }
[actor]
roles = ["clrk@street-1"]
[end]
states = ["clsed"]
[[event]]
name = "A"
do = "acept"
[[event]]
name = "B"
do = "close"
form = { costs = "c" }
[[moment]]
attribute = "end"
do = "report"
"""

    with pytest.raises(LogProblems) as caught:
        replay_log(complaints(), Log(), mapping_from_text(text))

    assert [problem.where for problem in caught.value.problems] == [
        "opening.do",
        "opening.form",
        "event[1].do",
        "event[2].form",
        "moment[1].do",
        "end.states",
        "actor.roles",
    ]
    assert "unknown opening or move 'acept'; " in caught.value.problems[2].message
    assert caught.value.problems[2].message.endswith("Did you mean 'accept'?")
