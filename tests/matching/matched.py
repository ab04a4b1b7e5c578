"""Questions of matching for tests: small worlds, and every assignment there can be."""

from datetime import date, datetime, timedelta, timezone
from itertools import product

from hypothesis import strategies as st

from serviceorg.matching import Condition, MatchRules, Need, Offer, Priority, Quota, Rank, Window
from serviceorg.matching.aims import aims_of, values_of
from serviceorg.matching.diary import Booking, Diary, hours_of
from serviceorg.matching.pool import Pool

ON = date(2024, 1, 10)
CHINA = timezone(timedelta(hours=8))
KIND = Condition(id="kind", what="kind")
AREA = Condition(id="area", what="area")
HOUR = Condition(id="hour", what="overlap", minutes=60)
POOR = Priority(id="poor", needs={"care": ("poor",)})
OLD = Priority(id="old", needs={"care": ("old",)})
LEADERS = Quota(id="leaders", offers={"class": ("leader",)}, least=2, most=2, first=("poor", "old"))
TOWN = Quota(id="town", offers={"class": ("town",)}, about=2)
HELPERS = Quota(id="helpers", offers={"class": ("helper",)}, least=1, most=3)


def at(day, hour=9, minute=0):
    """Return a moment of January 2024."""
    return datetime(2024, 1, day, hour, minute, tzinfo=CHINA)


def ranked(*names, **given):
    """Return rules with these ranks, and more."""
    return MatchRules(id="test/rules", ranks=tuple(Rank(by=name) for name in names), **given)


def losses(assignment):
    """Return the aims as losses, to be compared: what is met counts negative."""
    return tuple(-value if name == "met" else value for name, value in assignment.aims)


def can_be(question, chosen):
    """Return whether a choice of offers (by position, -1 for none) breaks no bound."""
    diary = Diary(question.rules)
    needs, offers = list(question.needs.values()), list(question.offers.values())
    quota = Pool(question).quota
    for need, offer in zip(needs, chosen, strict=True):
        if offer >= 0:
            hours = hours_of(need, offers[offer])
            booking = Booking(need.id, need, offers[offer], need.quantity, hours)
            if diary.hindrance(booking) is not None:
                return False
            diary.book(booking)
    return all(
        most is None or chosen.count(place) <= most
        for place in range(len(offers))
        for most in (quota[place].most,)
    )


def choices_of(question):
    """Return for each need the offers it may go to, by position."""
    pool = Pool(question)
    return [[member for group in groups for member in pool.groups[group].members] for groups in pool.choices]


def chosen_in(assignment):
    """Return the choice of an assignment, by position."""
    place = {offer: number for number, offer in enumerate(assignment.question.offers)}
    return [place.get(assignment.offer_of(need), -1) for need in assignment.question.needs]


def best_of_all(question):
    """Return the least losses of every choice there can be, fixed pairs kept."""
    pool = Pool(question)
    aims = aims_of(pool)
    ways = [
        [pool.chosen[need]] if need in pool.fixed else [-1, *offers]
        for need, offers in enumerate(choices_of(question))
    ]
    best = None
    for chosen in product(*ways):
        if can_be(question, list(chosen)):
            pool.chosen = list(chosen)
            pool.load = [chosen.count(place) for place in range(len(pool.offers))]
            values = values_of(pool, aims)
            found = tuple(-value if name == "met" else value for name, value in values)
            best = found if best is None or found < best else best
    return best


HEADS = st.sampled_from([("met", "priority"), ("priority", "met"), ("met", "earliest"), ("met",)])
TAILS = st.lists(
    st.sampled_from(["first", "least", "deviation", "even", "distance", "continuity"]),
    unique=True,
    max_size=6,
)
WEEK = st.sampled_from(
    [
        (),
        (Window.weekly("09:00-11:00", (1,)),),
        (Window.weekly("10:00-12:00", (1,)),),
        (Window.weekly("11:00-13:00", (1, 2)),),
        (Window.weekly("18:00-07:00"),),
        (Window.on(date(2024, 1, 8), "09:00-18:00"),),
    ]
)


@st.composite
def questions(draw, *, timed):
    """Draw (needs, offers, rules, before): a handful of each; ``timed`` with hours, amounts, people."""
    own = {"conditions": (KIND, AREA)}
    if timed:
        sides = st.sampled_from([(), ("offerer",), ("requester",), ("offerer", "requester")])
        uses = st.sampled_from(["total", "at-once"])
        own = {"conditions": (KIND, HOUR), "booked": draw(sides), "capacity": draw(uses)}
    ranks = (*draw(HEADS), *draw(TAILS))
    rules = ranked(*ranks, priorities=(POOR, OLD), quotas=(LEADERS, TOWN, HELPERS), **own)
    needs = [
        Need(
            id=f"n{number}",
            kind=draw(st.sampled_from("xy")),
            by=draw(st.sampled_from(["", "p", "q"])) if timed else "",
            area=draw(st.sampled_from("ab")),
            quantity=draw(st.sampled_from([1, 2, "1.5"])) if timed else 1,
            windows=draw(WEEK) if timed else (),
            attributes={"care": draw(st.sampled_from(["poor", "old", "none"]))},
            since=date(2024, 1, draw(st.integers(1, 9))),
        )
        for number in range(draw(st.integers(1, 4)))
    ]
    offers = [
        Offer(
            id=f"o{number}",
            kinds=draw(st.sampled_from(["x", "y", ("x", "y")])),
            by=draw(st.sampled_from(["", "a", "b"])) if timed else "",
            area=draw(st.sampled_from("ab")),
            capacity=draw(st.sampled_from([None, 1, 2, 3])),
            windows=draw(WEEK) if timed else (),
            attributes={"class": draw(st.sampled_from(["leader", "town", "helper", "other"]))},
        )
        for number in range(draw(st.integers(1, 3)))
    ]
    former = st.sampled_from([None, *(offer.id for offer in offers)])
    before = [(need.id, last) for need in needs if (last := draw(former)) is not None]
    return needs, offers, rules, before
