import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import serviceorg as so
from serviceorg.loading import workflow_from_text
from serviceorg.plugins.folders import bundled_files
from tests.schemes.story import registry, told

SCHEMES = Path(str(files("serviceorg"))) / "schemes"
FILES = bundled_files(SCHEMES)["workflow"]
IDS = sorted(FILES)
NAMED = re.compile(r"\{[\w-]+\}")


def test_every_bundled_workflow_can_be_named():
    """The registry of the bundled schemes knows every workflow file by its place and name."""
    known = registry().workflows

    assert list(known) == IDS


@pytest.mark.parametrize("name", IDS)
def test_every_bundled_workflow_loads_and_is_verified(name):
    """A bundled workflow is read without a problem under its own id, which proves all it promises."""
    rules = registry().workflow_rules(name)

    assert rules.id == name
    assert all(len(version.promises) >= 2 for version in rules.versions)


@pytest.mark.parametrize("name", IDS)
def test_every_golden_case_holds(name):
    """Every story a bundled workflow tells comes out as worked by hand, and there are at least two."""
    flow = registry().workflow(name)

    failures = flow.run_cases()

    assert not failures, "\n".join(map(str, failures))
    assert len(flow.workflow.cases) >= 2


@pytest.mark.parametrize("name", IDS)
def test_one_case_of_each_goes_wrong_somewhere(name):
    """The stories of a bundled workflow show at least one refusal."""
    cases = registry().workflow_rules(name).cases

    assert any(step.refused for case in cases for step in case.steps)


@pytest.mark.parametrize("name", IDS)
def test_every_story_equals_the_replay_of_its_history(name):
    """The ticket at the end of a golden case is the one its history leads to."""
    stories = [told(name, number) for number in range(len(registry().workflow_rules(name).cases))]

    for story in filter(lambda one: one.steps, stories):
        assert story.flow.replay("T-1", story.ticket.history) == story.ticket


@pytest.mark.parametrize("name", IDS)
def test_every_part_has_its_name_in_both_languages(name):
    """Everything with a name in a workflow, from roles to metrics, has it in Chinese and in English."""
    versions = registry().workflow_rules(name).versions

    nameless = [
        one.id
        for version in versions
        for group in (
            version.roles,
            version.slots,
            version.fields,
            version.states,
            version.openings,
            version.moves,
            version.clocks,
            version.notices,
            version.metrics,
        )
        for one in group
        if not (one.title.zh and one.title.en)
    ]

    assert nameless == []


@pytest.mark.parametrize("name", IDS)
def test_every_message_is_written_in_both_languages(name):
    """A notice has its text in Chinese and in English, and both name the same fields."""
    versions = registry().workflow_rules(name).versions

    odd = [
        one.id
        for version in versions
        for one in version.notices
        if not (one.text.zh and one.text.en)
        or sorted(NAMED.findall(one.text.zh)) != sorted(NAMED.findall(one.text.en))
    ]

    assert odd == []


@pytest.mark.parametrize("name", IDS)
def test_every_workflow_says_where_it_is_from(name):
    """A bundled workflow cites rows of the sources and is described in the SOURCES.md of its place."""
    rules = registry().workflow_rules(name)

    about = (FILES[name].parents[1] / "SOURCES.md").read_text(encoding="utf-8")

    assert rules.source
    assert set(rules.rows) <= set(range(1, 172))
    stem = name.partition("/")[2]
    assert f"`{name}`" in about or f"`{stem}`" in about or "both workflows" in about


@pytest.mark.parametrize("name", IDS)
def test_every_workflow_can_be_drawn(name):
    """A bundled workflow gives a picture as text, with every state in it."""
    flow = registry().workflow(name)

    text = flow.draw(lang="en").mermaid

    assert text.count("\n") > len(flow.workflow.versions[-1].states)


#: Something in a file that keeps one of its promises, and what a careless hand might make of it.
CARELESS = [
    (
        "pingxiang/appeal",
        'en = "Requester agrees" }\nfrom = "feedback"',
        'en = "Requester agrees" }\nfrom = ["feedback", "handling"]',
    ),
    (
        "zunyi/need",
        'en = "Residents are satisfied: strike off" }\nfrom = "checking"',
        'en = "Residents are satisfied: strike off" }\nfrom = ["checking", "working"]',
    ),
    (
        "zhucheng/livelihood",
        'en = "Dispatch" }\nfrom = "at-city"',
        'en = "Dispatch" }\nfrom = ["at-city", "early"]',
    ),
    (
        "gaomi/service",
        '{ not_happened = "rule", title = { zh = "裁定之后不再退回"',
        '{ count = "urge", to = 9, title = { zh = "裁定之后不再退回"',
    ),
    (
        "erqi/window",
        'when = [{ happened = "convene", since = "approve" }]',
        'when = [{ field = "verdict", filled = true }]',
    ),
    (
        "weifang/hotline-12345",
        '{ none_open = "supervision", title = { zh = "督办事项已答复"',
        '{ count = "supervise", to = 9, title = { zh = "督办事项已答复"',
    ),
]


@pytest.mark.parametrize(("name", "kept", "careless"), CARELESS, ids=[one[0] for one in CARELESS])
def test_a_careless_change_is_refused(name, kept, careless):
    """Taking out what a promise rests on is told when the file is read, not when a ticket goes wrong."""
    text = FILES[name].read_text(encoding="utf-8")
    kinds = (FILES[name].parents[1] / "facts.toml").read_text(encoding="utf-8")
    assert text.count(kept) == 1
    spoilt = f"{text.replace(kept, careless)}\n{kinds}"

    with pytest.raises(so.WorkflowProblems) as found:
        workflow_from_text(spoilt)

    assert "promise" in {problem.code for problem in found.value.problems}


def _entered_by(version, state):
    """Return the openings and moves that lead to a state."""
    return {
        edge.id for edge in (*version.openings, *version.moves) for route in edge.routes if route.to == state
    }


@pytest.mark.parametrize("name", IDS)
def test_no_promise_is_true_by_its_own_words(name):
    """What a bundled workflow promises to come first is more than the moves that bring it about (W14)."""
    version = registry().workflow_rules(name).versions[-1]

    empty = [
        promise.title.en
        for promise in version.promises
        if promise.without
        and set().union(*(_entered_by(version, one) or {one} for one in promise.never))
        <= set(promise.without)
    ]

    assert empty == []


@pytest.mark.parametrize("name", IDS)
def test_every_clock_does_something_when_it_is_due(name):
    """A clock of a bundled workflow has a tier, and each has a colour, a move, a notice or a fact (W18)."""
    version = registry().workflow_rules(name).versions[-1]
    heard = {one for notice in version.notices for one in notice.on}
    heard |= {one for emission in version.emissions for one in emission.on}

    silent = [
        f"{clock.id}.{tier.id}"
        for clock in version.clocks
        for tier in clock.tiers
        if not (tier.colour or tier.move or f"{clock.id}.{tier.id}" in heard)
    ]

    assert [clock.id for clock in version.clocks if not clock.tiers] == []
    assert silent == []


@pytest.mark.parametrize("name", IDS)
def test_no_warning_is_longer_than_its_limit(name):
    """No clock of a bundled workflow turns yellow at the moment at which it starts (W18)."""
    version = registry().workflow_rules(name).versions[-1]

    early = [
        (clock.id, tier.id)
        for clock in version.clocks
        for tier in clock.tiers
        for limit in (clock.limit.duration, *clock.limit.table.values())
        if tier.before is not None
        and type(limit) is type(tier.before)
        and _length(limit) <= _length(tier.before)
    ]

    assert early == []


def _length(duration):
    """Return the number of a duration, in its own unit."""
    return getattr(duration, "days", None) or getattr(duration, "months", None) or duration.minutes


@pytest.mark.parametrize("name", IDS)
def test_every_field_and_role_of_a_workflow_is_used(name):
    """A bundled workflow declares no field that is in no form, and no role that may and sees nothing."""
    version = registry().workflow_rules(name).versions[-1]
    edges: list[Any] = [*version.openings, *version.moves]
    shown: list[Any] = [*version.fields, *version.slots]

    asked = {one for edge in edges for one in (*edge.required, *edge.optional)}
    used = {permit.role for edge in edges for permit in edge.permits}
    used |= {role for one in shown for role in one.seen_by}

    assert {one.id for one in version.fields} - asked == set()
    assert {one.id for one in version.roles} - used == set()
