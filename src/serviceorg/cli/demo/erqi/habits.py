"""What a member of the invented Erqi does in a year: which facts are recorded, how often, with what values.

How often is a guess, made so that the caps of ``erqi/vanguard-member`` bite and its grades spread; the
source prints no such figures. Which values a fact may have is declared by the scheme (``facts.toml``).
"""

from collections.abc import Mapping
from decimal import Decimal

import attrs

from ....basics import FrozenMap, frozen_map
from ....facts import FactKind, Value

#: The five domains of members (领域), with the share of organisations in each, in hundredths.
DOMAINS = {"rural": 32, "community": 27, "agency": 15, "non-public": 15, "institution": 11}
_ALL = tuple(DOMAINS)
_HOUSEHOLDS = " ".join(f"H-{number}" for number in range(1, 13))
_VIEWS = "dissatisfied fair mostly-satisfied mostly-satisfied" + " satisfied" * 12
_CLIENTS = " ".join(f"K-{number}" for number in range(1, 7))


@attrs.frozen(kw_only=True)
class Habit:
    """How often a kind of fact is recorded, and what it may say.

    ``yearly`` is the number of times a year for ten thousand average members of the domains ``of``.
    ``amounts`` and the values of ``says`` are lists of texts, worst first; "-" leaves an attribute out.
    """

    kind: str
    yearly: int = 0
    of: tuple[str, ...] = _ALL
    amounts: str = ""
    says: FrozenMap[str, str] = attrs.field(factory=FrozenMap, converter=frozen_map)


def _habit(kind: str, yearly: int = 0, *, of: str = "", amounts: str = "", **says: str) -> Habit:
    domains = (of,) if of else _ALL
    return Habit(kind=kind, yearly=yearly, of=domains, amounts=amounts, says=says)


#: What happens now and then: drawn as often as ``yearly`` says.
HABITS = (
    # study
    _habit("party-class", 16_000),
    _habit("study-session", 12_000),
    _habit("online-study", 8_000, amounts="0.5 0.8 1 1.5 2 2.5 3.2"),
    _habit("study-notes", 8_000),
    _habit("study-essay", 3_500),
    _habit("history-contest", 6_000, amounts="52 60 67 74 78 80 83 86 88.5 90 93 96 100"),
    _habit("weekend-lecture", 5_000),
    _habit("tiered-training", 4_000, amounts="0.5 1 1 1.5 2 3 5"),
    _habit("micro-lecture", 3_000),
    _habit("great-discussion", 4_500),
    _habit("essay-contest", 2_500, level="street street street district city"),
    _habit("policy-briefing", 4_000),
    _habit("skill-course", 3_500, amounts="2 3.5 4 4 6 8 12"),
    _habit("qualification", 1_200, level="junior junior junior middle middle senior"),
    _habit("study-visit", 2_500, report="false true true true"),
    _habit("exchange-speech", 2_200),
    _habit("book-sharing", 3_000),
    _habit("online-quiz", 8_000, amounts="5 8 10 12 15 18 20 25 30 40"),
    _habit("news-report", 1_200, level="district district district city city province"),
    _habit("mentoring", 2_500),
    _habit("oath-review", 4_000),
    _habit("study-missed", 1_200),
    # results at work, by domain
    _habit("work-innovation", 2_500, level="unit unit unit street street district city"),
    _habit("prosperity-project", 6_000, of="rural"),
    _habit("farm-guidance", 14_000, of="rural"),
    _habit("household-lifted", 8_000, of="rural", amounts="1 1 1 2 2 3 4"),
    _habit("labour-transfer", 4_000, of="rural", amounts="1 1 2 2 3 5 8"),
    _habit("grid-patrol", 26_000, of="community"),
    _habit("grid-problem", 22_000, of="community", **{"class": "ordinary ordinary ordinary ordinary hard"}),
    _habit("courtyard-upgrade", 8_000, of="community"),
    _habit("job-placement", 8_000, of="community", amounts="1 1 1 2 2 3"),
    _habit("project-officer", 16_000, of="agency"),
    _habit("investment-lead", 6_000, of="agency", stage="lead lead lead visit visit signed"),
    _habit("approval-handled", 22_000, of="agency", in_time="false" + " true" * 19),
    _habit("front-line-posting", 5_000, of="agency", amounts="0.5 1 1 2 3 6"),
    _habit("technical-proposal", 9_000, of="non-public"),
    _habit("skill-contest", 4_000, of="non-public", place="third third third second second first"),
    _habit("safety-inspection", 20_000, of="non-public"),
    _habit("outreach-session", 14_000, of="institution"),
    _habit("client-ward", 16_000, of="institution", client=_CLIENTS),
    _habit(
        "research-result", 4_000, of="institution", level=f"{'school ' * 3}district district city province"
    ),
    # service to residents
    _habit("volunteer-service", 26_000, amounts="1 1.5 2 2 2.5 3 3.2 4 4 5 6 8 9.5"),
    _habit("service-day", 13_000),
    _habit("community-check-in", 5_000),
    _habit("home-visit", 14_000, household=_HOUSEHOLDS),
    _habit("pair-help", 7_000),
    _habit("dispute-settled", 6_500, **{"class": "ordinary ordinary ordinary ordinary hard hard collective"}),
    _habit("errand-by-proxy", 6_000),
    _habit("service-at-home", 4_000),
    _habit("elder-care", 5_000),
    _habit("student-aid", 3_000),
    _habit("disability-aid", 1_500),
    _habit("handy-service", 4_000, trade="haircut repair repair clinic legal other"),
    _habit("job-information", 2_500),
    _habit("contact-card", 3_000, amounts="5 10 12 20 25 30 50"),
    _habit("opinion-relayed", 3_500, adopted="- - - - true"),
    _habit("request-echo", 6_000, in_time="false" + " true" * 11),
    _habit("service-call-back", 6_500, amounts="62 70 78 82 86 88 90 92 94 95 97 98.5 100"),
    _habit("relief-drive", 3_000),
    _habit("emergency-duty", 4_000, night="- - true"),
    _habit("cleanup-drive", 5_000),
    _habit("culture-event", 3_000),
    _habit("service-refused", 200),
    # organisation life and discipline
    _habit("branch-meeting", 14_000),
    _habit("group-meeting", 9_000),
    _habit("review-meeting", 6_000),
    _habit("dues-paid", 12_000),
    _habit("duty-area", 7_000),
    _habit("whereabouts-report", 1_000),
    _habit("branch-task", 6_000),
    _habit("activist-trained", 1_500),
    _habit("heart-talk", 3_000),
    _habit("service-station-shift", 6_000),
    _habit("personal-report", 4_000),
    _habit("promise-made", 6_000),
    _habit("promise-checked", 8_000, kept="false" + " true" * 9),
    _habit("integrity-class", 5_000),
    _habit("meeting-missed", 800),
    _habit("dues-late", 600, amounts="0.5 1 1 2 3"),
    _habit("task-refused", 100),
    _habit("idle-work", 300),
    _habit("named-criticism", 200, level="district street branch branch branch"),
    _habit("public-morals", 100),
    _habit("unlawful-building", 150, of="rural", removed="false true true"),
    _habit("unlawful-building", 100, of="community", removed="false true true"),
    _habit("false-record", 100),
    # recognition
    _habit("self-review", 9_000),
    _habit("thank-you", 3_500, in_press="- - - - true"),
    _habit("honour", 4_000, level="branch branch branch branch street street district city province"),
    _habit("deed-in-media", 1_000, level="district district district city province"),
    _habit("red-banner-month", 3_000),
    _habit("model-post", 1_000),
    _habit("deed-talk", 500),
    _habit("resident-nomination", 1_500),
    _habit("community-feedback", 6_500, grade="poor fair fair good good good good"),
    _habit("family-survey", 3_000, good="false true true true true"),
    _habit("month-star", 2_500),
    _habit("quarter-star", 1_500),
    _habit("volunteer-star", 3_000, stars="1 1 1 1 2 2 2 3 3 4 5"),
    _habit("public-praise", 1_200),
    _habit("complaint-upheld", 600),
    _habit("evaluator-poor", 800),
    _habit("media-criticism", 100),
    _habit("reverse-review", 1_500, amounts="5 3 2 1 1 0 0"),
    # what vetoes read
    _habit("criminal-penalty", 6),
    _habit("sanction", 40, level="removal major-demerit demerit demerit warning warning warning"),
    _habit("service-fraud", 15),
    _habit("membership-lapse", 30),
    _habit("safety-liability", 15),
)

#: What the reviews at the end of the year record for everybody, with how many facts at least and at most.
REVIEWS = (
    (_habit("annual-task", planned="10", done="6 7 8 8 9 9 9 10 10 10 10 10"), 1, 2),
    (_habit("output-target", of="non-public", target="100", output="72 83 88 91 95 98 100 100"), 1, 1),
    (_habit("professional-review", of="institution", amounts="78 82 85 86.5 88 89 90 91 93 95"), 1, 3),
    (_habit("resident-ballot", view=_VIEWS), 6, 7),
    (_habit("leader-comment", amounts="70 75 80 84 86 88 90 90 92 95"), 1, 1),
)

#: Marks on a colleague's ballot; whose ballot it is, is said where it is drawn.
PEER_BALLOT = _habit("peer-ballot", amounts="65 72 78 80 83 85 86 88 90 91 92 93 95 97")

#: The three groups who review a member's promise, with how many facts each gives.
PROMISE_REVIEWS = (
    (_habit("promise-review", amounts="85 88 90 92 95 98", rater="self"), 1, 1),
    (_habit("promise-review", amounts="70 78 82 85 88 90 94", rater="leader"), 1, 1),
    (_habit("promise-review", amounts="40 60 75 80 85 88 90 95 100", rater="masses"), 2, 4),
)


@attrs.frozen(eq=False)
class Draw:
    """A habit made ready to be drawn from: exact amounts and typed attributes, worst first."""

    kind: str
    amounts: tuple[Decimal | None, ...]
    attributes: tuple[FrozenMap[str, Value], ...]


def draw_of(habit: Habit, kinds: Mapping[str, FactKind]) -> Draw:
    """Return a habit ready to be drawn from; ``kinds`` say of what type each attribute is."""
    variants: list[dict[str, Value]] = [{}]
    fields = kinds[habit.kind].fields
    for name, texts in habit.says.items():
        values = [None if text == "-" else _value(text, fields[name].type) for text in texts.split()]
        variants = [
            variant if value is None else {**variant, name: value} for variant in variants for value in values
        ]
    # Equal attributes are one object: there are a million facts.
    shared: dict[FrozenMap[str, Value], FrozenMap[str, Value]] = {}
    frozen = tuple(shared.setdefault(frozen_map(variant), frozen_map(variant)) for variant in variants)
    return Draw(habit.kind, tuple(map(Decimal, habit.amounts.split())) or (None,), frozen)


def _value(text: str, type_: str) -> Value:
    if type_ == "flag":
        return text == "true"
    return Decimal(text) if type_ == "number" else text
