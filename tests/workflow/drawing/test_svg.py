import xml.etree.ElementTree as ET

import attrs
import pytest
from hypothesis import given

from serviceorg.basics import Label
from serviceorg.workflow.drawing import draw
from serviceorg.workflow.drawing.measure import width
from tests.workflow.drawing.samples import APPEAL, DECISION, SAMPLES, TITLES, VISIT, move, state
from tests.workflow.drawing.strategies import versions

SVG = "{http://www.w3.org/2000/svg}"
SIZES = {"so-head": 17, "so-name": 13, "so-text": 12, "so-note": 11, "so-small": 10, "so-count": 10}
PATH = (
    ("report", "reported"),
    ("accept", "accepted"),
    ("assign", "assigned"),
    ("return", "accepted"),
    ("urge", "accepted"),
    ("assign", "assigned"),
    ("withdraw", "withdrawn"),
)


def tree(version, **options):
    """Return a picture, read as XML."""
    options = {"title": Label("标题", "Title")} | options
    return ET.fromstring(draw(version, **options).svg)


def marked(root, attribute):
    """Return the elements that have an attribute, by its value."""
    return {node.get(attribute): node for node in root.iter() if node.get(attribute) is not None}


def words(node):
    """Return the texts below an element."""
    return " ".join(text.text for text in node.iter(f"{SVG}text"))


def of_class(root, name):
    """Return the elements of a class."""
    return [node for node in root.iter() if name in (node.get("class") or "").split()]


@given(versions())
def test_every_state_and_move_is_there(version):
    """Any workflow becomes well-formed XML with each state once and each move at least once."""
    root = tree(version)

    states = [node.get("data-state") for node in root.iter() if node.get("data-state") is not None]
    moves = set(marked(root, "data-move"))

    assert sorted(states) == sorted(state.id for state in version.states)
    assert moves == {"begin", *(move.id for move in version.moves)}


@given(versions())
def test_texts_stay_within_the_picture(version):
    """No text reaches beyond the edge of the picture, wherever it stands."""
    root = tree(version)
    _, _, wide, high = map(float, root.get("viewBox").split())

    outside = []
    for node in root.iter(f"{SVG}text"):
        size = SIZES[node.get("class")]
        room = width(node.text or "", size)
        x = float(node.get("x")) - (0 if node.get("class") in ("so-head", "so-note") else room / 2)
        if not (x >= 0 and x + room <= wide + 1 and 0 <= float(node.get("y")) <= high):
            outside.append(node.text)

    assert outside == []


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_titles_are_shown_in_the_language(name, lang):
    """Every title of a state stands in its box, in the language asked for."""
    version = SAMPLES[name]

    boxes = marked(tree(version, lang=lang, title=TITLES[name]), "data-state")

    shown = {name: words(node).replace(" ", "") for name, node in boxes.items()}
    assert all(state.title.in_(lang).replace(" ", "") in shown[state.id] for state in version.states)


def test_missing_title_falls_back():
    """A title in the other language is better than none, and the id better than nothing."""
    version = attrs.evolve(
        VISIT,
        states=(*VISIT.states[:2], state("done", "", "", "final")),
        moves=(*VISIT.moves[:3], move("postpone", "改期", "", "under-way", "planned")),
    )

    root = tree(version, lang="en")

    assert words(marked(root, "data-state")["done"]) == "done"
    assert words(marked(root, "data-move")["postpone"]) == "改期 anyone"


def test_signs_of_xml_are_escaped():
    """Titles with signs of XML, forbidden signs and line ends are shown, not obeyed."""
    nasty = """<b>&"'</b>]]>\x00\x0b\ud800 end"""
    version = attrs.evolve(
        VISIT,
        states=(state("planned", nasty, nasty, "initial"), *VISIT.states[1:]),
        moves=(move("go", nasty, nasty, "planned", "under-way"), *VISIT.moves[1:]),
    )

    root = tree(version, title=Label(nasty, nasty))

    assert not list(root.iter(f"{SVG}b"))
    assert root.find(f"{SVG}title").text == "<b>&\"'</b>]]>\ufffd\ufffd\ufffd end"
    assert words(marked(root, "data-state")["planned"]).startswith("<b>&\"'</b>]]>")


def test_same_input_gives_the_same_bytes():
    """A picture drawn twice is the same to the byte."""
    first = draw(APPEAL, title=TITLES["appeal"], path=PATH, here="withdrawn")
    second = draw(APPEAL, title=TITLES["appeal"], path=PATH, here="withdrawn")

    assert (first.svg, first.mermaid, first.caption) == (second.svg, second.mermaid, second.caption)


def test_picture_can_be_heard():
    """Readers of screens get a title and a description with every arrow in words."""
    root = tree(VISIT, title=Label("走访", "Visit"))

    about = root.find(f"{SVG}desc")

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == root.find(f"{SVG}title").get("id")
    assert root.get("aria-describedby") == about.get("id")
    assert about.text.splitlines() == [
        "3 states, 4 moves, in force from 2024-01-01",
        "begin → Planned: Plan a visit",
        "Planned → Under way: Set out",
        "Under way → Planned: Put off",
        "Under way → Under way: Add a note",
        "Under way → Done: Hand in the record",
    ]


def test_who_may_is_written_below_the_move():
    """The roles of a move stand below its title, the moment of a clock with a clock before it."""
    moves = marked(tree(APPEAL), "data-move")

    assert words(moves["accept"]) == "Accept Clerk"
    assert words(moves["lapse"]) == "Papers not handed in Papers: 1 working day after due"
    assert of_class(moves["lapse"], "so-clock")
    assert not of_class(moves["accept"], "so-clock")


def test_clocks_are_marked_at_their_states():
    """A state says which clocks it pauses, starts and stops, with a clock before each line."""
    states = marked(tree(APPEAL), "data-state")

    waiting = states["supplement"]

    assert words(waiting).endswith("pauses: Resolve starts: Papers")
    assert len(of_class(waiting, "so-clock")) == 2
    assert not of_class(states["reported"], "so-clock")


def test_tooltip_says_the_rest():
    """A move's tooltip has who, and the clocks it stops."""
    supply = marked(tree(APPEAL), "data-move")["supply"]

    assert supply.find(f"{SVG}title").text == "Hand in papers\nwho: anyone\nstops: Papers"


def test_kinds_differ_in_shape():
    """Without any colour the four kinds differ: round ends, plain, six corners, a second frame."""
    states = marked(tree(APPEAL), "data-state")
    initial, active, waiting, final = (states[name] for name in ("reported", "handling", "replied", "closed"))

    radius = [node.find(f"{SVG}rect").get("rx") for node in (initial, active, final)]

    assert radius == ["19", "7", "3"]
    assert len(waiting.find(f"{SVG}polygon").get("points").split()) == 6
    assert len(final.findall(f"{SVG}rect")) == 2


def test_moves_between_the_same_states_share_an_arrow():
    """Report and hotline both lead to the first state: one arrow with two titles."""
    root = tree(APPEAL)

    lines = of_class(root, "so-arrow")

    # From the start 2 (report and hotline are one) and from the group of "withdraw" 1. Between states:
    # reported 2, accepted 1, assigned 3, ruling 1, handling 2, supplement 2, replied 1, verifying 2,
    # closed 1.
    assert len(lines) == 2 + 1 + 15


def test_move_from_many_states_is_drawn_once():
    """A move out of eight states leaves one box that names them all."""
    root = tree(APPEAL)

    groups = {words(node): node for node in of_class(root, "so-group")}

    assert "Any unfinished state" in groups
    about = groups["Any unfinished state"].find(f"{SVG}title").text
    assert about.split(", ") == [state.title.in_("en") for state in APPEAL.states if state.kind != "final"]
    assert sum(node.get("data-move") == "withdraw" for node in root.iter()) == 1


def test_group_with_exceptions_names_them():
    """A group that lacks one state of a kind is named by the kind and the exception."""
    version = attrs.evolve(
        DECISION,
        moves=(
            *DECISION.moves,
            move("stop", "终止", "Stop", "consulted reviewed voting carried-out", "dropped"),
        ),
    )

    english, chinese = (
        [words(node) for node in of_class(tree(version, lang=lang), "so-group")] for lang in ("en", "zh")
    )

    assert english == ["Any active state but Objection being answered"]
    assert chinese == ["任一办理状态（异议处理除外）"]


def test_path_is_numbered_and_marked():
    """The states of a path carry the numbers of their visits, its moves stand out, the present state most."""
    root = tree(APPEAL, path=PATH, here="withdrawn")
    states = marked(root, "data-state")

    counts = {
        name: text.text
        for name, node in states.items()
        for text in node.iter(f"{SVG}text")
        if text.get("class") == "so-count"
    }
    walked = {node.get("data-move") for node in of_class(root, "so-walked") if node.get("data-move")}

    # urge stays in "accepted" and is no new visit
    assert counts == {"reported": "1", "accepted": "2, 4", "assigned": "3, 5", "withdrawn": "6"}
    assert walked == {"report", "accept", "assign", "return", "urge", "withdraw"}
    assert [node.get("data-state") for node in of_class(root, "so-here")[:1]] == ["withdrawn"]


def test_many_visits_are_cut_short():
    """A state visited often shows the first four numbers; its tooltip has all."""
    path = [("plan", "planned"), *[("go", "under-way"), ("postpone", "planned")] * 5]

    planned = marked(tree(VISIT, path=path), "data-state")["planned"]

    assert words(planned).endswith("1, 3, 5, 7, …")
    assert "path of the ticket: 1, 3, 5, 7, 9, 11" in planned.find(f"{SVG}title").text


def test_path_of_another_version_is_left_out():
    """What the version does not know is no reason to fail: old states and moves leave no mark."""
    root = tree(VISIT, path=[("imported", "old"), ("clock.tier", "old")], here="old")

    assert of_class(root, "so-walked") == []
    assert of_class(root, "so-here") == []


def test_picture_knows_dark_pages():
    """Colours for dark pages travel with the picture, bound to its own class."""
    style = tree(VISIT).find(f"{SVG}style").text

    rules = [line for line in style.splitlines() if "{" in line and not line.startswith("@media")]
    assert "@media (prefers-color-scheme:dark){" in style
    assert all(rule.startswith(".so-flow ") for rule in rules)
    assert "url(" not in style


def test_two_pictures_share_no_id():
    """Two pictures on one page do not clash: their ids differ."""
    one, other = tree(VISIT), tree(APPEAL)

    assert not set(marked(one, "id")) & set(marked(other, "id"))


def test_notebook_shows_figure_with_caption():
    """A notebook gets the SVG itself, or a figure whose caption says what it is, escaped."""
    drawing = draw(VISIT, title=Label("走访", "Visits & more"))

    html = drawing._repr_html_()

    assert drawing._repr_svg_() == drawing.svg
    assert html.startswith("<figure>\n<svg ")
    assert "<figcaption>Visits &amp; more: 3 states, 4 moves, in force from 2024-01-01</figcaption>" in html


def test_legend_names_what_occurs():
    """The legend has the kinds that occur, and the path only where one is shown."""
    plain, walked = tree(VISIT, lang="zh"), tree(VISIT, lang="zh", path=[("plan", "planned")], here="planned")

    legends = [words(of_class(root, "so-legend")[0]) for root in (plain, walked)]

    assert legends == ["起始状态 办理中 终态", "起始状态 办理中 终态 走过的路 当前状态"]
