import json

import pytest

from serviceorg.commitments import board, result_facts
from serviceorg.errors import UnknownIdError
from tests.commitments.given import HUNDRED, LIMIT, book, day, done

PERSON = HUNDRED.replace('by = "u-1"', 'by = ["p-1", "p-2"]\npromiser = "person"')


def results(facts, on, *, text=HUNDRED, issued=()):
    """Return what became of promises, as (id, subject, day, outcome, what it reverses)."""
    return [
        (f.id, f.subject, f.on, f.attributes["outcome"], f.reverses)
        for f in result_facts(book(text), facts, on=day(on), issued=issued)
    ]


def test_a_board_is_plain_text_and_numbers_as_text():
    """What is published is JSON without binary floats: who, what, how much, by when, proof (row 32)."""
    facts = [done(1, "02-01", "33.3", evidence="photo-2"), done(2, "02-02", 1, evidence="photo-1")]

    shown = board(book(), facts, on=day("02-03"), names={"u-1": "Street office"})

    row = shown["commitments"][0]
    assert json.loads(json.dumps(shown)) == shown
    assert (row["who"], row["what"], row["target"], row["actual"], row["percent"]) == (
        "Street office",
        "A hundred trees",
        "100",
        "34.3",
        "34.30",
    )
    assert (row["due"], row["status"], row["status_word"], row["proof"]) == (
        "2025-04-10",
        "on-track",
        "on track",
        ["photo-1", "photo-2"],
    )
    assert shown["counts"]["on-track"] == 1


def test_people_are_shown_masked_and_without_an_id():
    """A person appears by surname and a star, one without a name as a star; no id of theirs is published."""
    shown = board(book(PERSON), [], on=day("02-03"), lang="zh", names={"p-1": "欧阳小红"})

    assert [row["who"] for row in shown["commitments"]] == ["欧阳*", "*"]
    assert "p-1" not in json.dumps(shown)
    assert "p-2" not in json.dumps(shown)


def test_a_board_in_another_language_is_refused():
    """There are two languages."""
    with pytest.raises(UnknownIdError, match="there is no language 'fr'"):
        board(book(), [], on=day("02-03"), lang="fr")


@pytest.mark.parametrize(
    ("facts", "on", "found"),
    [
        pytest.param([done(1, "02-01", 5)], "02-02", [], id="not-over-yet"),
        pytest.param(
            [done(1, "02-01", 100)],
            "03-01",
            [("t/book:c:kept:2025-03-01", "u-1", day("02-01"), "kept", None)],
            id="kept-on-its-day",
        ),
        pytest.param(
            [done(1, "02-01", 3), done(2, "02-07", 1), done(3, "02-09", 1)],
            "03-01",
            [("t/book:c:broken:2025-03-01", "u-1", day("02-07"), "broken", None)],
            id="a-limit-on-the-day-it-was-passed",
        ),
        pytest.param(
            [],
            "05-01",
            [("t/book:c:broken:2025-05-01", "u-1", day("04-10"), "broken", None)],
            id="broken-on-the-due-day",
        ),
    ],
)
def test_what_became_of_a_promise_is_a_fact_of_its_day(facts, on, found):
    """A kept promise falls on the day it was kept, a broken one on its due day or when a limit was passed."""
    text = LIMIT.format(kind="done", measure="sum") if len(facts) == 3 else HUNDRED

    assert results(facts, on, text=text) == found


def test_what_was_issued_is_not_issued_again():
    """Asked again, nothing new is said."""
    issued = result_facts(book(), [done(1, "02-01", 100)], on=day("03-01"))

    assert result_facts(book(), [done(1, "02-01", 100)], on=day("03-02"), issued=issued) == ()


def test_what_no_longer_holds_is_reversed():
    """Progress that is taken back takes back the kept promise; kept late, it is said anew (W33)."""
    first = [done(1, "02-01", 100)]
    kept = result_facts(book(), first, on=day("03-01"))
    taken = [*first, done(2, "02-01", reverses="f1", recorded_on="03-05")]
    undone = result_facts(book(), taken, on=day("03-06"), issued=kept)
    late = [*taken, done(3, "04-12", 100)]

    again = results(late, "04-13", issued=[*kept, *undone])

    assert [(f.id, f.reverses) for f in undone] == [
        ("t/book:c:kept:2025-03-01:reversed:2025-03-06", "t/book:c:kept:2025-03-01")
    ]
    assert again == [("t/book:c:kept-late:2025-04-13", "u-1", day("04-12"), "kept-late", None)]


def test_a_result_that_comes_back_the_same_day_gets_an_id_of_its_own():
    """Ids are never used twice, even if a promise is kept, not kept and kept again within a day."""
    first = [done(1, "02-01", 100)]
    kept = result_facts(book(), first, on=day("03-01"))
    taken = [*first, done(2, "02-01", reverses="f1", recorded_on="03-01")]
    undone = result_facts(book(), taken, on=day("03-01"), issued=kept)
    back = [*taken, done(3, "02-01", reverses="f2", recorded_on="03-01")]

    again = result_facts(book(), back, on=day("03-01"), issued=[*kept, *undone])

    assert [f.id for f in again] == ["t/book:c:kept:2025-03-01:2"]
