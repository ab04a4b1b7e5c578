import pickle

import pytest

from serviceorg.errors import (
    AmountError,
    FactProblems,
    NotInForceError,
    PeriodError,
    PluginFault,
    Problem,
    Problems,
    RuleSetProblems,
    ScoringError,
    ServiceOrgError,
    UnknownIdError,
    known_names,
)

ERRORS = [
    (AmountError("no"), ValueError, "amount"),
    (PeriodError("no"), ValueError, "period"),
    (UnknownIdError("rule set", "gaom", ["gaomi", "erqi"]), KeyError, "unknown-id"),
    (NotInForceError("no"), LookupError, "not-in-force"),
    (ScoringError("no"), ValueError, "scoring"),
    (Problems([]), ValueError, "problems"),
    (RuleSetProblems([Problem("bad-id", "item[0].id", "no")]), ValueError, "rule-set"),
    (FactProblems([Problem("fact-twice", "fact '1'", "no")]), ValueError, "facts"),
    (PluginFault("p", "dist", "hook", ValueError("no")), RuntimeError, "plugin-fault"),
]


@pytest.mark.parametrize(("error", "builtin", "code"), ERRORS, ids=[code for _, _, code in ERRORS])
def test_an_error_is_a_value_with_a_code(error, builtin, code):
    """Every error has a stable code, a builtin parent callers expect, and survives pickling with its text."""
    again = pickle.loads(pickle.dumps(error))

    assert isinstance(error, ServiceOrgError)
    assert isinstance(error, builtin)
    assert error.code == code
    assert (type(again), str(again)) == (type(error), str(error))


def test_an_error_can_be_sent_as_a_problem_object():
    """The type is a URN of the code, the title the class, the detail the text (RFC 9457)."""
    assert PeriodError("'x' is not a period").to_problem() == {
        "type": "urn:serviceorg:period",
        "title": "PeriodError",
        "detail": "'x' is not a period",
    }


def test_an_unknown_id_names_what_there_is():
    """The message has what was found, what is known, and the nearest guess."""
    error = UnknownIdError("rule set", "gaom", ["gaomi", "erqi"])

    assert str(error) == "there is no rule set 'gaom'; known are 'erqi', 'gaomi'. Did you mean 'gaomi'?"
    assert (error.kind, error.found, error.known) == ("rule set", "gaom", ("erqi", "gaomi"))


def test_a_plugin_fault_names_its_origin():
    """Plug-in, distribution, hook and cause are all in the text; a cause may be a sentence."""
    assert str(PluginFault("p", "dist 1.0", "measures", ValueError("no"))) == (
        "plugin 'p' of dist 1.0 failed in measures: ValueError: no"
    )
    assert str(PluginFault("p", "dist 1.0", "measures", "gave nothing")) == (
        "plugin 'p' of dist 1.0 failed in measures: gave nothing"
    )


def test_problems_are_told_all_at_once():
    """One line a problem, in order: file and place, message, code; a place may be missing."""
    error = Problems(
        [Problem("a", "line 7", "no", "x.toml"), Problem("b", "item[1]", "nor this"), Problem("c", "", "nor")]
    )

    assert str(error) == "x.toml, line 7: no [a]\nitem[1]: nor this [b]\nnor [c]"
    assert [problem.code for problem in error.problems] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("known", "text"),
    [
        ([], "none is known here"),
        (["sum"], "known are 'sum'"),
        (["sum", "count"], "known are 'count', 'sum'. Did you mean 'count'?"),
        (list("abcdefghij"), "known are 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', …"),
    ],
)
def test_known_names_end_with_the_nearest_guess(known, text):
    """Names are sorted, at most eight, with a guess only where one is near."""
    assert known_names("conut", known) == text
