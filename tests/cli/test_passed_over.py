"""Facts and subjects that have no part in a result are told on the error channel, and stop nothing."""

import pytest

SCORE = ("score", "rules.toml", "--facts", "facts.jsonl", "--period", "2024")
LISTED = (*SCORE, "--subjects", "subjects.csv")


def more_facts(files, *lines):
    """Add visits, each given as subject and day."""
    with (files / "facts.jsonl").open("a", encoding="utf-8") as file:
        for subject, day in lines:
            file.write(f'{{"subject": "{subject}", "kind": "visit", "on": "{day}"}}\n')


def more_subjects(files, *kinds):
    """Write subjects M-1 to M-3, and one of each kind."""
    lines = [f"X-{number},{kind}\n" for number, kind in enumerate(kinds)]
    (files / "subjects.csv").write_text("id,kind\nM-1,\nM-2,\nM-3,\n" + "".join(lines), "utf-8")


def change_rules(files, *changes):
    """Replace parts of rules.toml."""
    text = (files / "rules.toml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (files / "rules.toml").write_text(text, "utf-8")


def test_facts_of_subjects_that_are_not_listed_are_counted(files, run):
    """With a list of subjects, facts of others are counted and the nearest listed one is guessed."""
    more_facts(files, ("M-33", "2024-03-01"), ("M-33", "2024-03-02"))

    code, out, err = run(*LISTED)

    told = "2 facts of 1 subject that is not listed: 'M-33' (did you mean 'M-3'?)"
    assert (code, err) == (0, f"notice: facts.jsonl: {told}\n")
    assert "M-33" not in out


def test_at_most_three_examples_are_given(files, run):
    """Of many subjects three are named, and a sign says that there are more."""
    more_facts(files, *((f"zz{number}", "2024-03-01") for number in range(5)))

    _, _, err = run(*LISTED)

    told = "5 facts of 5 subjects that are not listed: 'zz0', 'zz1', 'zz2', …"
    assert err == f"notice: facts.jsonl: {told}\n"


def test_without_a_list_everyone_with_a_fact_is_scored(files, run):
    """Who is not listed can only be said where there is a list."""
    more_facts(files, ("M-33", "2024-03-01"))

    code, out, err = run(*SCORE)

    assert (code, err) == (0, "")
    assert "M-33" in out


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (["2023-12-31"], "1 fact lies outside 2024 and is not scored here: 2023-12-31"),
        (
            ["2025-01-01", "2014-05-01"],
            "2 facts lie outside 2024 and are not scored here: 2014-05-01, 2025-01-01",
        ),
        (["2024-01-01", "2024-12-31"], ""),
    ],
)
def test_facts_outside_the_period_are_counted(files, run, days, told):
    """The first and last day belong to the period; the day before and the day after do not."""
    more_facts(files, *(("M-1", day) for day in days))

    code, _, err = run(*SCORE)

    assert (code, err) == (0, f"notice: facts.jsonl: {told}\n" if told else "")


def test_older_facts_that_a_rule_looks_back_at_are_not_told(files, run):
    """Where a rule reads a kind over a longer time, its older facts have a part; later ones have none."""
    change_rules(files, ("cap = 5\n", "cap = 5\nwindow = { months = 24 }\n"))
    more_facts(files, ("M-1", "2023-06-01"))

    assert run(*SCORE)[2] == ""

    more_facts(files, ("M-1", "2025-06-01"))
    told = "1 fact lies outside 2024 and is not scored here: 2025-06-01"
    assert run(*SCORE)[2] == f"notice: facts.jsonl: {told}\n"


def test_a_veto_that_lasts_looks_back(files, run):
    """A fact of last year whose veto still runs is no fact that was dropped."""
    change_rules(files, ('effect = "zero"\n', 'effect = "zero"\nlasts = { months = 24 }\n'))
    with (files / "facts.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"subject": "M-1", "kind": "offence", "on": "2023-06-01"}\n')

    assert run(*SCORE)[2] == ""


def test_a_reversal_works_on_any_day(files, run):
    """A fact that takes another back after the period is over has done its work."""
    with (files / "facts.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"subject": "M-1", "kind": "visit", "on": "2025-01-05", "reverses": "F-1"}\n')

    assert run(*SCORE)[2] == ""


def test_subjects_of_a_kind_that_is_not_scored_are_counted(files, run):
    """A misspelt kind is told with the nearest one that is scored, and one unlike any without a guess."""
    more_subjects(files, "membr", "organisation", "organisation")

    code, _, err = run(*LISTED)

    assert code == 0
    not_scored = "which rule set 'borough/points' does not score"
    assert err.splitlines() == [
        f"notice: subjects.csv: 1 subject of kind 'membr', {not_scored} (did you mean 'member'?)",
        f"notice: subjects.csv: 2 subjects of kind 'organisation', {not_scored}",
    ]


def test_members_an_organisation_is_scored_by_are_not_told(files, run):
    """Where a rule reads an organisation's members, they have a part in its result without a card."""
    change_rules(
        files,
        ('subject = "member"', 'subject = "team"'),
        ('on = "visit"\npoints', 'on = "visit"\nof = "members"\npoints'),
    )
    text = (files / "rules.toml").read_text("utf-8").partition("[[case]]")[0]
    (files / "rules.toml").write_text(text, "utf-8")
    lines = "id,kind,organisation\nT-1,team,\nM-1,member,T-1\nM-2,member,T-1\nM-3,member,T-1\n"
    (files / "subjects.csv").write_text(lines, "utf-8")

    assert run(*LISTED)[2] == ""


def test_of_many_kinds_three_are_named(files, run):
    """The rest of the kinds are counted together."""
    more_subjects(files, "ka", "kb", "kc", "kd", "ke")

    *named, last = run(*LISTED)[2].splitlines()

    assert len(named) == 3
    assert last == (
        "notice: subjects.csv: 2 subjects of 2 more kinds, which rule set 'borough/points' does not score"
    )


def test_compare_tells_once_what_both_rule_sets_pass_over(files, run):
    """A comparison passes over the same facts as a score, and says so once."""
    more_facts(files, ("M-33", "2023-03-01"))

    code, _, err = run("compare", "rules.toml", *LISTED[1:])

    assert code == 0
    assert err.splitlines() == [
        "notice: facts.jsonl: 1 fact of 1 subject that is not listed: 'M-33' (did you mean 'M-3'?)",
        "notice: facts.jsonl: 1 fact lies outside 2024 and is not scored here: 2023-03-01",
    ]


def test_a_golden_case_that_fails_is_a_warning(files, run):
    """Results are given, with a warning for the case: two visits of 2.5 on a base of 60 are 65, not 66."""
    change_rules(files, ("expect = { total = 65,", "expect = { total = 66,"))

    code, out, err = run(*SCORE)

    assert (code, bool(out)) == (0, True)
    assert err == (
        "warning: golden case 'two visits' of rule set 'borough/points' does not hold: total: "
        "expected 66, found 65.00; results may not be what the rules promise\n"
    )


def test_of_many_failing_cases_ten_are_named(files, run):
    """The rest is counted; the command check tells all."""
    case = '[[case]]\ntitle = "case {}"\nperiod = "2024"\nexpect = {{ total = 1 }}\n'
    change_rules(files, ("[[case]]", "".join(case.format(number) for number in range(12)) + "[[case]]"))

    *named, last = run(*SCORE)[2].splitlines()

    assert [f"golden case 'case {number}'" in line for number, line in enumerate(named)] == [True] * 10
    assert last == (
        "warning: 2 more golden cases of rule set 'borough/points' failed; 'serviceorg check' tells all"
    )
