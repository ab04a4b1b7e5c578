"""Whatever is merged, split, moved and appointed by the verbs, nothing is lost and nothing is amiss."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from serviceorg.model import (
    Affiliation,
    Membership,
    Person,
    Placement,
    Role,
    Snapshot,
    Structure,
    Tree,
    Unit,
    UnitKind,
    appoint,
    check_snapshot,
    dissolve,
    merge,
    release,
    rename,
    reparent,
    split,
    transfer,
)

START = date(2024, 1, 1)
PEOPLE = tuple(f"p{number}" for number in range(6))
STRUCTURE = Structure(
    trees=[Tree(id="admin", levels=("street", "community", "cell"), each=("community", "cell"))],
    kinds=[UnitKind(id=kind) for kind in ("street", "community", "cell")],
    roles=[Role(id="member", at=("community",), one_each=True), Role(id="helper", at=("community", "cell"))],
    affiliations=[Affiliation(id="home", one_each=True)],
)


class Reorganisations(RuleBasedStateMachine):
    """A street that is reorganised every few days."""

    @initialize()
    def found_the_street(self):
        """Begin with two streets, four communities, a cell in each, and everybody at home somewhere."""
        chain = {"s1": "", "s2": "", "a": "s1", "b": "s1", "c": "s2", "d": "s2"}
        chain |= {f"{name}-cell": name for name in "abcd"}
        kinds = {"": "street", "s1": "community", "s2": "community"}
        self.snapshot = Snapshot.of(
            structure=STRUCTURE,
            units=[Unit(id=unit, kind=kinds.get(parent, "cell")) for unit, parent in chain.items()],
            placements=[Placement(tree="admin", unit=unit, parent=parent) for unit, parent in chain.items()],
            people=[Person(id=person) for person in PEOPLE],
            memberships=[
                Membership(person=person, unit="abcd"[number % 4], role="member", affiliation="home")
                for number, person in enumerate(PEOPLE)
            ],
        )
        self.today = START
        self.made = 0
        self.past = []

    def later(self, draw):
        """Let some days pass and remember how things were."""
        self.today += timedelta(days=draw(st.integers(1, 40)))
        self.past.append((self.today - timedelta(days=1), self.snapshot))

    def new(self):
        """Return a community nobody had before."""
        self.made += 1
        return Unit(id=f"n{self.made}", kind="community")

    def communities(self):
        """Return the communities of today."""
        return [unit.id for unit in self.snapshot.units_on(self.today, "community")]

    @precondition(lambda self: len(self.communities()) > 1)
    @rule(data=st.data())
    def merge_two(self, data):
        """Merge two communities into a new one, or one into the other."""
        self.later(data.draw)
        one, other = data.draw(st.permutations(self.communities()))[:2]
        into = data.draw(st.sampled_from([one, self.new()]))
        street = data.draw(st.sampled_from(["s1", "s2"]))
        self.snapshot = merge(
            self.snapshot, [one, other], into=into, on=self.today, parents={"admin": street}
        )

    @rule(data=st.data())
    def split_one(self, data):
        """Split a community in two, of which it may be one, and divide its cells and people."""
        self.later(data.draw)
        unit = data.draw(st.sampled_from(self.communities()))
        parts = [data.draw(st.sampled_from([unit, self.new()])), self.new()]
        names = [part if isinstance(part, str) else part.id for part in parts]
        cells = [one.id for one in self.snapshot.units_on(self.today, "cell")]
        division = {name: data.draw(st.sampled_from(names)) for name in (*cells, *PEOPLE)}
        self.snapshot = split(self.snapshot, unit, into=parts, on=self.today, division=division)

    @rule(data=st.data())
    def rename_one(self, data):
        """Give a community a new id."""
        self.later(data.draw)
        unit = data.draw(st.sampled_from(self.communities()))
        self.snapshot = rename(self.snapshot, unit, into=self.new(), on=self.today)

    @rule(data=st.data())
    def transfer_somebody(self, data):
        """Transfer a member to another community."""
        self.later(data.draw)
        person = data.draw(st.sampled_from(PEOPLE))
        (bond,) = self.snapshot.bonds(person, on=self.today, role="member")
        others = [unit for unit in self.communities() if unit != bond.unit]
        if others:
            to = data.draw(st.sampled_from(others))
            self.snapshot = transfer(self.snapshot, person, to=to, on=self.today)

    @rule(data=st.data())
    def move_a_community(self, data):
        """Put a community under one of the streets."""
        self.later(data.draw)
        unit = data.draw(st.sampled_from(self.communities()))
        street = data.draw(st.sampled_from(["s1", "s2"]))
        self.snapshot = reparent(self.snapshot, unit, tree="admin", parent=street, on=self.today)

    @rule(data=st.data())
    def help_out(self, data):
        """Appoint a helper, or release one who is there already."""
        self.later(data.draw)
        person = data.draw(st.sampled_from(PEOPLE))
        held = self.snapshot.bonds(person, on=self.today, role="helper")
        if held:
            unit = held[0].unit
            self.snapshot = release(self.snapshot, person, unit=unit, role="helper", on=self.today)
        else:
            unit = data.draw(st.sampled_from(self.communities()))
            self.snapshot = appoint(self.snapshot, person, unit=unit, role="helper", on=self.today)

    @precondition(lambda self: len(self.snapshot.units_on(self.today, "cell")) > 1)
    @rule(data=st.data())
    def dissolve_a_cell(self, data):
        """Dissolve a cell."""
        self.later(data.draw)
        cells = [one.id for one in self.snapshot.units_on(self.today, "cell")]
        self.snapshot = dissolve(self.snapshot, data.draw(st.sampled_from(cells)), on=self.today)

    @invariant()
    def nothing_is_amiss(self):
        """Legal changes leave no problem behind."""
        assert check_snapshot(self.snapshot) == ()

    @invariant()
    def everybody_is_at_home_once(self):
        """On every day there ever was, each person has exactly one home, and it is there that day."""
        for day in (*(day for day, _ in self.past), self.today):
            for person in PEOPLE:
                (bond,) = self.snapshot.bonds(person, on=day, affiliation="home")
                assert self.snapshot.is_there(bond.unit, day)

    @invariant()
    def the_past_is_as_it_was(self):
        """What was asked before a change is answered the same after it."""
        for day, before in self.past[-5:]:
            assert self.snapshot.tree("admin", on=day) == before.tree("admin", on=day)
            for person in PEOPLE:
                now = [(b.unit, b.role) for b in self.snapshot.bonds(person, on=day)]
                then = [(b.unit, b.role) for b in before.bonds(person, on=day)]
                assert now == then

    @invariant()
    def heirs_and_ancestors_agree(self):
        """Every community of all time has living heirs that know it, cover it, and inherit all of it."""
        tree = self.snapshot.tree("admin", on=self.today, heirs=True)
        for unit in self.snapshot.units.values():
            if unit.kind != "community":
                continue
            heirs = self.snapshot.heirs(unit.id, on=self.today)
            shares = self.snapshot.inheritance(unit.id, on=self.today)
            assert heirs
            assert all(unit.id in self.snapshot.ancestors_in_time(heir, on=self.today) for heir in heirs)
            assert tree.covers(self.snapshot.ticket_heir(unit.id, on=self.today), unit.id)
            assert sum(share for _, share in shares) == Fraction(1)
            assert {heir for heir, _ in shares} >= set(heirs)


TestReorganisations = Reorganisations.TestCase
TestReorganisations.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)
