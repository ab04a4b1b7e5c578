from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.workflow.drawing.layers import ranks, turned
from serviceorg.workflow.drawing.mesh import Extent, meshed
from serviceorg.workflow.drawing.order import ordered
from serviceorg.workflow.drawing.outline import outline
from serviceorg.workflow.drawing.paint import lay_out
from serviceorg.workflow.drawing.place import placed
from serviceorg.workflow.drawing.sketch import Walk
from tests.workflow.drawing.samples import APPEAL, SAMPLES
from tests.workflow.drawing.strategies import versions

NEAR = 0.01


def layout_of(version, lang="en"):
    """Return where everything stands."""
    return lay_out(outline(version, lang, Walk(), ""))


def frames(layout):
    """Return left, right, top and bottom of every box and of every text of an arrow."""
    corners = [*range(layout.mesh.boxes), *layout.mesh.texts]
    found = []
    for corner in corners:
        x, y = layout.middle(corner)
        extent = layout.mesh.extents[corner]
        found.append((x - extent.left, x + extent.right, y - extent.height / 2, y + extent.height / 2))
    return found


def overlap(one, other):
    """Return whether two frames share more than an edge."""
    return (
        min(one[1], other[1]) - max(one[0], other[0]) > NEAR
        and min(one[3], other[3]) - max(one[2], other[2]) > NEAR
    )


def graphs():
    """Return graphs as a number of boxes and the links between two different ones."""

    def links(count):
        link = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
        return st.tuples(
            st.just(count), st.lists(link.filter(lambda ends: ends[0] != ends[1]), unique=True, max_size=25)
        )

    return st.integers(2, 9).flatmap(links)


@given(versions())
def test_nothing_overlaps(version):
    """No box and no text of an arrow covers another, loops and their texts included."""
    found = frames(layout_of(version))

    assert not [pair for pair in combinations(found, 2) if overlap(*pair)]


@given(versions())
def test_arrows_pass_boxes_and_texts(version):
    """Where an arrow crosses a layer it runs straight down, outside of every box and text of others."""
    layout = layout_of(version)
    mesh, x = layout.mesh, layout.places.x

    inside = [
        (corner, other)
        for chain in mesh.chains
        for corner in chain[1:-1]
        for other in range(len(x))
        if other != corner
        and mesh.layer[other] == mesh.layer[corner]
        and x[other] - mesh.extents[other].left < x[corner] < x[other] + mesh.extents[other].right
    ]

    assert inside == []


@given(versions())
def test_layers_stand_below_one_another(version):
    """Every layer begins below the one above it, with room for the curves between them."""
    places = layout_of(version).places

    gaps = [top - bottom for bottom, top in zip(places.bottom, places.top[1:], strict=False)]

    assert all(gap >= 26 - NEAR for gap in gaps)


@given(graphs())
def test_turning_leaves_no_circle(graph):
    """With the links turned that run against the flow, every link leads down at least one layer."""
    count, links = graph

    against = turned(count, links)
    downward = [(b, a) if turn else (a, b) for (a, b), turn in zip(links, against, strict=True)]
    layer = ranks(count, downward)

    assert all(layer[lower] > layer[upper] for upper, lower in downward)


def test_nothing_is_turned_without_need():
    """A chain without circles keeps all its arrows, however its boxes are numbered."""
    assert turned(3, [(2, 1), (1, 0)]) == (False, False)
    assert turned(3, [(0, 1), (1, 2)]) == (False, False)


def test_the_way_back_is_turned():
    """Of a circle of two the arrow that leads back is turned, not the one that leads on."""
    assert turned(2, [(0, 1), (1, 0)]) == (False, True)


def test_crossing_is_undone():
    """Two links that would cross are drawn side by side: a-d and b-c of the layers (a, b) and (c, d)."""
    boxes = [Extent(10, 10, 10)] * 4
    mesh = meshed(boxes, [(0, 3), (1, 2)], [Extent(5, 5, 5)] * 2)

    layers = ordered(mesh)

    place = {corner: number for layer in layers for number, corner in enumerate(layer)}
    assert len(layers) == 3
    assert (place[0] < place[1]) == (place[3] < place[2]) == (place[mesh.texts[0]] < place[mesh.texts[1]])


def test_long_link_passes_every_layer():
    """A link past two boxes has a corner in each layer on its way: five between the first and the fourth."""
    boxes = [Extent(10, 10, 10)] * 4

    mesh = meshed(boxes, [(0, 1), (1, 2), (2, 3), (0, 3)], [Extent(5, 5, 5)] * 4)

    assert len(mesh.chains[3]) == 7
    assert [mesh.layer[corner] for corner in mesh.chains[3]] == list(range(7))


def test_long_link_is_straight_where_there_is_room():
    """The bends of a link that passes other boxes stand exactly below one another."""
    boxes = [Extent(40, 40, 30)] * 4
    sketch_links = [(0, 1), (1, 2), (2, 3), (0, 3)]
    mesh = meshed(boxes, sketch_links, [Extent(20, 20, 20)] * 4)

    places = placed(mesh, ordered(mesh), 20, 60)

    columns = [places.x[corner] for corner in mesh.chains[3][1:-1]]
    assert all(one == pytest.approx(other) for one, other in pairwise(columns))


def test_box_without_arrows_stands_beside_its_first_state():
    """The box of a group that only has loops takes the layer of the first of its states."""
    layout = layout_of(APPEAL)
    titles = [box.title for box in layout.sketch.boxes]

    group = titles.index(
        "One of: Accepted, Assigned to a unit, Being handled, Waiting for papers of the requester"
    )

    assert layout.mesh.layer[group] == layout.mesh.layer[titles.index("Accepted")]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_flow_runs_down(name, lang):
    """In a workflow as people write it, two thirds of the arrows lead down."""
    layout = layout_of(SAMPLES[name], lang)

    assert sum(layout.mesh.is_turned) * 3 <= len(layout.mesh.is_turned)
