from pathlib import Path

from tests.architecture import floors, house

CHECKOUT = Path(__file__).parents[2]
ROOT = CHECKOUT / "src" / "serviceorg"


def test_every_package_has_a_floor():
    """A new package must be given its place before it can be merged."""
    assert house.unplaced(ROOT) == []


def test_no_package_has_two_floors():
    """Each name stands once in the plan of the house."""
    names = [name for floor in floors.FLOORS for name in floor]

    assert len(names) == len(set(names))


def test_imports_point_down():
    """No module imports from its own floor's neighbours, from above, or from the front door."""
    assert house.climbing(ROOT) == []


def test_no_module_can_reach_itself():
    """No circle of imports, within a package either, lazy and type-only ones included."""
    assert house.circles(ROOT) == []


def test_third_parties_come_in_by_their_door():
    """Only the package named in DOORS may import a third-party package."""
    assert house.strangers(ROOT) == []


def test_nothing_depends_on_the_clock_or_on_chance():
    """Moments, ids and seeds are arguments; what else must look around is declared with its reason."""
    assert house.unrepeatable(ROOT) == []


def test_nothing_runs_text_or_opens_a_line():
    """No file of the library evaluates text, unpickles, or talks to another program or machine."""
    assert house.dangerous(ROOT) == []


def test_modules_stay_small():
    """One concept a file: 400 lines is the wall, 250 the wish."""
    assert house.over_the_wall(ROOT, floors.WALL) == []


def test_tests_and_benchmarks_stay_small():
    """A file of tests or benchmarks may be longer than a module, but not a book."""
    for folder in ("tests", "benchmarks"):
        assert house.over_the_wall(CHECKOUT / folder, floors.WALL_OF_TESTS) == []
