import pickle
from datetime import date

from serviceorg.model import Dated, Exemption, Subject


def test_a_category_holds_from_its_day_until_the_next():
    """Category A before 1 July, B on it and after (trap 28); the order they are given in does not matter."""
    changes = (Dated(date(2024, 7, 1), "B"), Dated(date(2020, 1, 1), "A"))
    member = Subject(id="S", category=changes)

    assert [member.category_on(date(2024, 6, 30)), member.category_on(date(2024, 7, 1))] == ["A", "B"]
    assert member.category_on(date(2019, 12, 31)) == ""


def test_one_text_holds_always():
    """A category or organisation given as one text was always so; an empty one is none."""
    member = Subject(id="S", category="A", organisation="O")

    assert (member.category_on(date.min), member.organisation_on(date.max)) == ("A", "O")
    assert Subject(id="S").category == ()
    assert Subject(id="S").organisation_on(date(2024, 1, 1)) == ""


def test_belonging_includes_the_first_and_the_last_day():
    """From the day of joining to the day of leaving, both included; without them, always."""
    member = Subject(id="S", joined=date(2024, 3, 1), left=date(2024, 9, 30))

    assert [member.belongs_on(date(2024, 2, 29)), member.belongs_on(date(2024, 3, 1))] == [False, True]
    assert [member.belongs_on(date(2024, 9, 30)), member.belongs_on(date(2024, 10, 1))] == [True, False]
    assert Subject(id="S").belongs_on(date.min)


def test_an_exemption_covers_its_last_day():
    """An exemption holds from its first to its last day; an open one has no end."""
    closed = Exemption(effect="not_assessed", since=date(2024, 1, 1), until=date(2024, 6, 30))
    still = Exemption(effect="not_graded", since=date(2024, 1, 1))

    assert [closed.covers(date(2024, 6, 30)), closed.covers(date(2024, 7, 1))] == [True, False]
    assert [still.covers(date(2023, 12, 31)), still.covers(date(2199, 1, 1))] == [False, True]


def test_not_assessed_wins_over_not_graded():
    """Where two exemptions hold, the one without any score rules, whatever their order."""
    graded = Exemption(effect="not_graded", since=date(2024, 1, 1))
    assessed = Exemption(effect="not_assessed", since=date(2024, 5, 1), until=date(2024, 5, 31))
    member = Subject(id="S", exemptions=(graded, assessed))

    assert member.exemption_on(date(2024, 5, 15)) == assessed
    assert member.exemption_on(date(2024, 6, 1)) == graded
    assert member.exemption_on(date(2023, 6, 1)) is None


def test_subjects_are_values():
    """Subjects with the same history are equal, hash alike and survive pickling."""
    one, other = (
        Subject(id="S", category="A", exemptions=(Exemption(effect="not_graded", since=date(2024, 1, 1)),))
        for _ in range(2)
    )

    assert one == other
    assert hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == one
