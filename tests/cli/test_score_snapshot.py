"""Subjects from an organisation: people by their bonds, units by their kind, also over a merger."""

import csv
import io
import json

import pytest

STRUCTURE = """
[structure]
id = "bay/structure"
title = { zh = "海湾街道", en = "Bay Street" }
source = "Notice board"

[[tree]]
id = "admin"
title = { zh = "行政", en = "Administrative" }
levels = ["street", "community"]

[[kind]]
id = "street"
title = { zh = "街道", en = "Street" }
[[kind]]
id = "community"
title = { zh = "社区", en = "Community" }

[[role]]
id = "member"
title = { zh = "党员", en = "Member" }
[[role]]
id = "clerk"
title = { zh = "网格员", en = "Clerk" }

[[affiliation]]
id = "home"
title = { zh = "组织关系", en = "Home" }
"""
#: East and west become harbour on 1 July 2024; north stays as it is.
SNAPSHOT = {
    "units.csv": "id,kind,since,until\nstreet,street,,\neast,community,,2024-06-30\n"
    "west,community,,2024-06-30\nharbour,community,2024-07-01,\nnorth,community,,\n",
    "people.csv": "id,name\nm-1,欧阳小红\nm-2,李国强\nm-3,王芳\nm-4,赵敏\n",
    "placements.csv": "tree,unit,parent,since,until\nadmin,east,street,,2024-06-30\n"
    "admin,west,street,,2024-06-30\nadmin,harbour,street,2024-07-01,\nadmin,north,street,,\n",
    "memberships.csv": "person,unit,role,affiliation,since,until\n"
    "m-1,east,member,home,,2024-06-30\nm-1,harbour,member,home,2024-07-01,\n"
    "m-2,west,member,home,,2024-06-30\nm-2,harbour,member,home,2024-07-01,\n"
    "m-3,north,member,home,,\nm-4,north,clerk,,,\n",
    "changes.csv": "id,kind,on,before,after,basis\nmerger,merge,2024-07-01,east;west,harbour,Decision 3\n",
}
HEAD = """
[rule_set]
id = "bay/{id}"
title = "Points of the bay"
subject = "{subject}"
period = "year"
effective = 2023-01-01
basis = "decision"
source = "notice board"

[fact.activities]
title = "Activities"
amount = {{ unit = "times", most = 100 }}

[[category]]
id = "work"
title = "Work"

[[item]]
id = "activities"
category = "work"
title = "5 an activity, 40 a year at most"
on = "activities"
points = 5
per = "amount"
cap = {{ period = 40 }}
"""
AWARD = """
[[award]]
id = "best"
title = "First of the community"
top = 1
within = "organisation"
ties = "in"
"""
FACTS = (
    "id,subject,kind,on,amount\n"
    "a1,east,activities,2024-03-31,4\na2,west,activities,2024-06-30,2\na3,harbour,activities,2024-10-31,3\n"
    "a4,north,activities,2024-09-30,5\na5,east,activities,2023-10-31,6\na6,west,activities,2023-11-30,3\n"
)
PERSONAL = (
    "id,subject,kind,on,amount\n"
    "s1,m-1,activities,2024-03-05,1\ns2,m-1,activities,2024-09-08,2\ns3,m-2,activities,2024-06-30,2\n"
    "s4,m-3,activities,2024-10-10,1\ns5,m-4,activities,2024-10-10,4\n"
)
COMMUNITIES = ("score", "communities.toml", "--facts", "facts.csv", "--snapshot", "bay", "--format", "csv")
MEMBERS = ("score", "members.toml", "--facts", "personal.csv", "--period", "2024", "--format", "json")


@pytest.fixture(autouse=True)
def bay(tmp_path, monkeypatch):
    """Work in a folder with the bay in ``bay``, rules for members and communities, and their facts."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "bay"
    place.mkdir()
    for name, text in (*SNAPSHOT.items(), ("structure.toml", STRUCTURE)):
        (place / name).write_text(text, encoding="utf-8")
    for name, text in (
        ("communities.toml", HEAD.format(id="communities", subject="community")),
        ("members.toml", HEAD.format(id="members", subject="member") + AWARD),
        ("clerks.toml", HEAD.format(id="clerks", subject="official")),
        ("facts.csv", FACTS),
        ("personal.csv", PERSONAL),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def totals(text):
    """Return the totals of a list of scorecards in CSV by subject."""
    return {row["subject"]: row["total"] for row in csv.DictReader(io.StringIO(text))}


def awarded(text):
    """Return who has an award, of scorecards in JSON."""
    return [card["subject"] for card in json.loads(text) if card["awards"]]


def test_a_merged_community_has_the_points_of_both_under_one_cap(run):
    """Harbour has (4 + 2 + 3) × 5 = 45, capped to 40; in 2023 the two stood alone with 6 × 5 and 3 × 5."""
    code, now, err = run(*COMMUNITIES, "--period", "2024")
    _, before, _ = run(*COMMUNITIES, "--period", "2023")

    assert code == 0
    assert totals(now) == {"harbour": "40.00", "north": "25.00"}
    assert totals(before) == {"east": "30.00", "north": "0.00", "west": "15.00"}
    assert "notice: facts.csv: 4 facts were passed on to what units have become\n" in err


def test_a_list_as_of_a_day_has_the_communities_of_that_day(run):
    """On 30 June Harbour was not there yet: east has 4 × 5, west 2 × 5; on 1 July it has both (W29)."""
    _, eve, err = run(*COMMUNITIES, "--period", "2024", "--as-of", "2024-06-30")
    _, first, _ = run(*COMMUNITIES, "--period", "2024", "--as-of", "2024-07-01")

    assert totals(eve) == {"east": "20.00", "north": "0.00", "west": "10.00"}
    assert totals(first) == {"harbour": "30.00", "north": "0.00"}
    assert "passed on" not in err


def test_facts_that_end_with_their_unit_are_told(run, bay):
    """Where a change says that points stay, Harbour has 3 × 5 alone, and what ended is named."""
    changes = (
        SNAPSHOT["changes.csv"].replace("basis", "basis,points").replace("Decision 3", "Decision 3,stay")
    )
    (bay / "bay" / "changes.csv").write_text(changes, encoding="utf-8")

    _, out, err = run(*COMMUNITIES, "--period", "2024")

    assert totals(out) == {"harbour": "15.00", "north": "25.00"}
    told = "4 facts ended with their unit and count for nobody: a1 (east), a2 (west), a5 (east), …"
    assert f"notice: facts.csv: {told}\n" in err


def test_kinds_that_are_not_divided_can_be_named(run, bay):
    """North splits in two: 5 activities are 2.5 each, or stay whole with the heir of its tickets."""
    (bay / "bay" / "units.csv").write_text(
        "id,kind,since,until\nnorth,community,,2024-12-01\n"
        "n-a,community,2024-12-02,\nn-b,community,2024-12-02,\n",
        encoding="utf-8",
    )
    for name in ("placements.csv", "memberships.csv", "people.csv"):
        (bay / "bay" / name).unlink()
    (bay / "bay" / "changes.csv").write_text(
        "id,kind,on,before,after,tickets\nsplit,split,2024-12-02,north,n-a;n-b,n-b\n", encoding="utf-8"
    )
    (bay / "facts.csv").write_text("\n".join(FACTS.splitlines()[i] for i in (0, 4)), encoding="utf-8")

    _, divided, _ = run(*COMMUNITIES, "--period", "2024")
    _, whole, _ = run(*COMMUNITIES, "--period", "2024", "--whole", "activities")

    assert totals(divided) == {"n-a": "12.50", "n-b": "12.50"}
    assert totals(whole) == {"n-a": "0.00", "n-b": "25.00"}


def test_members_are_compared_within_their_community(run):
    """m-1 has 15 and m-2 10 in one community, m-3 has 5 and is the first of its own."""
    code, out, err = run(*MEMBERS, "--snapshot", "bay")

    assert code == 0
    assert {card["subject"]: card["total"] for card in json.loads(out)} == {
        "m-1": "15.00",
        "m-2": "10.00",
        "m-3": "5.00",
    }
    assert awarded(out) == ["m-1", "m-3"]
    assert (
        err == "notice: personal.csv: 1 fact of 1 subject that is not listed: 'm-4' (did you mean 'm-3'?)\n"
    )


def test_a_comparison_within_organisations_needs_them(run, bay):
    """Without organisations all stand in one pool: the first of all is drawn, and that is told."""
    _, out, err = run(*MEMBERS)
    (bay / "some.csv").write_text("id,organisation\nm-1,harbour\nm-2,\nm-3,\nm-4,\n", encoding="utf-8")
    _, _, said = run(*MEMBERS, "--subjects", "some.csv")

    told = "notice: rule set 'bay/members' compares within the organisation, but "
    assert awarded(out) == ["m-4"]
    assert err == (
        f"{told}without --subjects or --snapshot nobody has one: all are compared with each other\n"
    )
    assert said == f"{told}3 subjects have none and are compared with others that have none\n"


def test_another_role_can_be_scored(run):
    """The only clerk has no affiliation, and is scored as what the rules score."""
    ask = ("score", "clerks.toml", "--facts", "personal.csv", "--period", "2024", "--format", "csv")

    code, out, _ = run(*ask, "--snapshot", "bay", "--role", "clerk", "--affiliation", "")

    assert (code, totals(out)) == (0, {"m-4": "20.00"})


def test_a_person_never_gets_the_points_of_a_unit(run, bay):
    """Where units and people are both scored, an id of both is refused before anybody is."""
    both = (bay / "members.toml").read_text(encoding="utf-8")
    both = both.replace('subject = "member"', 'subject = ["member", "community"]')
    (bay / "members.toml").write_text(both, encoding="utf-8")
    for name in ("people.csv", "memberships.csv"):
        text = SNAPSHOT[name].replace("m-3", "north")
        (bay / "bay" / name).write_text(text, encoding="utf-8")

    code, out, err = run(*MEMBERS, "--snapshot", "bay")

    assert (code, out) == (1, "")
    assert "subject 'north': a unit and a person have this id, and both are scored; give one of them" in err


def test_nobody_in_a_role_is_told(run):
    """The clerk is bound in no way that has a name: nobody is a clerk by home."""
    ask = ("score", "clerks.toml", "--facts", "personal.csv", "--period", "2024", "--format", "csv")

    code, out, err = run(*ask, "--snapshot", "bay", "--role", "clerk")

    assert (code, totals(out)) == (0, {})
    assert "notice: nobody in bay has the role 'clerk' with the affiliation 'home' in 2024\n" in err


def test_names_from_a_snapshot_are_masked(run):
    """A full name leaves the program only with --show-names."""
    ask = (*MEMBERS[:-1], "csv", "--snapshot", "bay")

    _, masked, _ = run(*ask)
    _, shown, _ = run(*ask, "--show-names")

    assert [row["name"] for row in csv.DictReader(io.StringIO(masked))] == ["欧阳*", "李*", "王*"]
    assert [row["name"] for row in csv.DictReader(io.StringIO(shown))] == ["欧阳小红", "李国强", "王芳"]


def test_rules_are_compared_over_an_organisation(run, bay):
    """With 6 instead of 5 an activity north has 30 instead of 25; Harbour is at the cap both ways."""
    text = (bay / "communities.toml").read_text(encoding="utf-8").replace("points = 5", "points = 6")
    (bay / "new.toml").write_text(text, encoding="utf-8")

    code, out, _ = run(
        "compare", "communities.toml", "new.toml", *COMMUNITIES[2:6], "--period", "2024", "--format", "json"
    )

    found = json.loads(out)
    assert (code, found["subjects"]) == (0, 2)
    assert [(one["subject"], one["before"], one["after"]) for one in found["changes"]] == [
        ("north", "25.00", "30.00")
    ]


@pytest.mark.parametrize(
    ("rules", "options", "text"),
    [
        ("members.toml", ("--snapshot", "bay", "--subjects", "x.csv"), "--snapshot and --subjects both say"),
        ("members.toml", ("--role", "member"), "--role is asked of a snapshot; name its folder with --snaps"),
        ("members.toml", ("--whole", "activities"), "--whole is asked of a snapshot"),
        ("members.toml", ("--snapshot", "bay", "--role", "membr"), "Did you mean 'member'?"),
        ("members.toml", ("--snapshot", "bay", "--whole", "activity"), "Did you mean 'activities'?"),
        ("communities.toml", ("--snapshot", "bay", "--tree", "adnim"), "Did you mean 'admin'?"),
        (
            "clerks.toml",
            ("--snapshot", "bay"),
            "and no kind of unit in bay is called so (known are 'community', 'street'); if people are meant",
        ),
    ],
    ids=["both", "role", "whole", "unknown-role", "unknown-fact", "unknown-tree", "unknown-kind"],
)
def test_mistakes_are_told_in_a_sentence(run, rules, options, text):
    """What cannot be asked of a snapshot, or names nothing in it, is wrong usage."""
    code, out, err = run("score", rules, "--facts", "personal.csv", "--period", "2024", *options)

    assert (code, out) == (2, "")
    assert text in err.replace("\n", " ")
    assert "Traceback" not in err
