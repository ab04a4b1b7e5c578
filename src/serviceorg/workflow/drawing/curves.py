"""The ways of arrows between boxes: straight through layers, bent in the space between them alone."""

from .marks import TIP, number
from .place import Places, Segment

Point = tuple[float, float]


def way(
    pieces: tuple[Segment, ...], places: Places, layers: tuple[int, ...], ends: tuple[float, float]
) -> list[Point]:
    """Return the points of a link from above to below, two for each bend it passes.

    ``layers`` has the layer of each corner on the way, ``ends`` the lower edge of the upper box and the
    upper edge of the lower one. Between an odd and an even point (counted from 1) the way is a straight
    line down, else a curve: curves lie between layers, where no box and no text is.
    """
    first, last = pieces[0], pieces[-1]
    points = [(places.x[first.upper] + first.upper_port, ends[0])]
    points.append((points[0][0], places.bottom[layers[0]]))
    for piece, layer in zip(pieces[:-1], layers[1:-1], strict=True):
        x = places.x[piece.lower]
        points += [(x, places.top[layer]), (x, places.bottom[layer])]
    x = places.x[last.lower] + last.lower_port
    return [*points, (x, places.top[layers[-1]]), (x, ends[1])]


def drawn(points: list[Point], *, is_turned: bool) -> str:
    """Return the way as an SVG path, from the tail to where the tip begins; a turned one leads up."""
    back = TIP - 1.0
    points = list(points)
    if is_turned:
        points[0] = (points[0][0], points[0][1] + back)
        points[1] = (points[1][0], max(points[1][1], points[0][1]))
        points.reverse()
    else:
        points[-1] = (points[-1][0], points[-1][1] - back)
        points[-2] = (points[-2][0], min(points[-2][1], points[-1][1]))
    steps = [f"M{number(points[0][0])} {number(points[0][1])}"]
    steps += [_step(points[at - 1], points[at], is_curve=at % 2 == 0) for at in range(1, len(points))]
    return "".join(steps)


def _step(start: Point, end: Point, *, is_curve: bool) -> str:
    if not is_curve or abs(start[0] - end[0]) < 0.1:
        return "" if start == end else f"L{number(end[0])} {number(end[1])}"
    middle = number((start[1] + end[1]) / 2)
    return f"C{number(start[0])} {middle} {number(end[0])} {middle} {number(end[0])} {number(end[1])}"
