"""Six small organisations, one for each place: invented units of every sort, whole by its structure."""

from datetime import date
from importlib.resources import files

from serviceorg.loading.structure_files import structure_from_text
from serviceorg.model.records import Change, Membership, Person, Placement, Trait, Unit
from serviceorg.model.snapshot import Snapshot

BEGIN = date(2013, 1, 1)


def structure_of(place):
    """Return the bundled structure of a place."""
    file = files("serviceorg") / "schemes" / place / "structure.toml"
    return structure_from_text(file.read_text(encoding="utf-8"), file=f"{place}/structure.toml")


def units(**kinds):
    """Return units of each kind, named in one text: ``town="t1 t2"``."""
    return [
        Unit(id=name, kind=kind.replace("_", "-"), since=BEGIN)
        for kind, names in kinds.items()
        for name in names.split()
    ]


def lying(tree, **below):
    """Return placements in a tree: ``lying("grid", t1="c1 c2")`` puts c1 and c2 under t1, "top" is none."""
    return [
        Placement(tree=tree, unit=unit, parent="" if parent == "top" else parent, since=BEGIN)
        for parent, names in below.items()
        for unit in names.split()
    ]


def bonds(*rows):
    """Return memberships of rows like ``"p1 c1 grid-head"``, with the affiliation last."""
    parts = [(*row.split(), "")[:4] for row in rows]
    return [
        Membership(person=person, unit=unit, role=role, affiliation=affiliation, since=BEGIN)
        for person, unit, role, affiliation in parts
    ]


def traits(*rows):
    """Return traits of rows like ``"h1 care poor"``."""
    return [Trait(of=of, name=name, value=value, since=BEGIN) for of, name, value in map(str.split, rows)]


def people(names):
    """Return people with these ids."""
    return [Person(id=name) for name in names.split()]


def erqi():
    """A town with a cell in two trees, a branch that ends with its project, a station with five windows."""
    branch = Unit(id="tb1", kind="temporary-branch", since=BEGIN, until=date(2013, 12, 31))
    until = date(2013, 12, 31)
    structure = structure_of("erqi")
    windows = structure.catalogues["station-windows"].mandatory
    return Snapshot.of(
        structure=structure,
        units=[
            branch,
            *units(district="d", town="t", community="c", sub_area="s", cell="g6", branch="b", project="p"),
            *units(agency="a", service_hall="hall", service_centre="centre", service_station="station"),
            *units(volunteer_station="vs", volunteer_studio="studio", clinic="clinic"),
        ],
        people=people("head secretary cadre neighbour doctor officer clerk"),
        placements=[
            *lying("grid", top="t", t="c", c="g6"),
            *lying("party", top="d", d="t p", t="c", c="s", s="g6", g6="b"),
            Placement(tree="party", unit="tb1", parent="p", since=BEGIN, until=until),
            *lying("service", top="d", d="hall t", t="centre vs c", c="station studio clinic"),
        ],
        memberships=[
            *bonds("head g6 grid-head", "secretary b branch-secretary", "cadre a cadre home"),
            *bonds("cadre g6 cadre secondment", "neighbour b member home", "neighbour c member residence"),
            *bonds("doctor c area-doctor", "officer p project-officer", "clerk station window-clerk"),
        ],
        traits=[
            *traits("cadre origin district-agency", "neighbour domain rural", "c four-ones echo-wall"),
            *traits(*(f"station window {name}" for name in windows), "station label model-post"),
        ],
    )


def zunyi():
    """A linking household that serves neighbours of another township, and four levels of centres."""
    return Snapshot.of(
        structure=structure_of("zunyi"),
        units=[
            *units(county="county", town="t1 t2", village="v1 v2", group="g1 g2", household="h1 h2"),
            *units(link_household="l1", county_centre="cc", town_centre="tc", village_station="vs"),
            *units(service_point="sp", firm="f"),
        ],
        people=people("linker keeper"),
        placements=[
            *lying(
                "admin", top="county", county="t1 t2", t1="v1", t2="v2", v1="g1", v2="g2", g1="h1", g2="h2"
            ),
            *lying("service", top="cc", cc="tc", tc="vs", vs="sp"),
            *lying("platform", top="county", county="t1", t1="v1", v1="g1", g1="l1"),
            *lying("links", top="l1", l1="h1 h2"),
        ],
        memberships=bonds("linker l1 link-household", "keeper vs ledger-keeper", "keeper vs station-head"),
        traits=traits("linker background retired-cadre", "linker background backbone-member"),
    )


def zhucheng():
    """A cell with its head, and three small grids: of a town, of an agency and of a city leader."""
    return Snapshot.of(
        structure=structure_of("zhucheng"),
        units=[
            *units(city="city", agency="a", town="t", community="c", village="v", cell="cell"),
            *units(small_grid="s1 s2 s3", household="h1 h2 h3"),
        ],
        people=people("head town-linker agency-linker leader"),
        placements=[
            *lying("admin", top="city", city="a t", t="c", c="v"),
            *lying("grid", top="c", c="v", v="cell", cell="h1 h2 h3"),
            *lying("links", top="city", city="a t s3", t="s1", a="s2", s1="h1", s2="h2", s3="h3"),
        ],
        memberships=[
            *bonds("head cell grid-head", "town-linker s1 linker", "agency-linker s2 linker"),
            *bonds("leader s3 linker", "leader city staff home", "head c community-head"),
        ],
        traits=[
            *traits("town-linker origin town", "agency-linker origin city-agency", "leader origin leader"),
            *traits("h1 care ordinary", "h2 care ordinary", "h3 care poor", "h3 priority old-member"),
            *traits("leader rank deputy-section-and-above"),
        ],
    )


def pingxiang():
    """A township with areas, branches and link areas, and a street whose departments were abolished."""
    on, eve = date(2013, 6, 1), date(2013, 5, 31)
    departments = ("civil-affairs", "labour")
    return Snapshot.of(
        structure=structure_of("pingxiang"),
        units=[
            *units(city="city", county="county", town="t", street="st", community="c", village="v"),
            *units(area="a", branch="b", link_area="l", household="h", project="p"),
            *units(city_coordination="ci", county_coordination="co", town_coordination="to"),
            *(Unit(id=name, kind="department", since=BEGIN, until=eve) for name in departments),
            Unit(id="cc", kind="community-centre", since=on),
        ],
        people=people("helper cadre officer"),
        placements=[
            *lying("admin", top="city", city="county", county="t st", st="c", t="v"),
            *lying("links", top="t", t="a", a="b", b="l", l="h p"),
            *lying("service", top="ci", ci="co", co="to st"),
            *(
                Placement(tree="service", unit=name, parent="st", since=BEGIN, until=eve)
                for name in departments
            ),
            Placement(tree="service", unit="cc", parent="st", since=on),
        ],
        memberships=[
            *bonds("helper h helper", "cadre st cadre home", "officer co coordinator"),
            Membership(person="cadre", unit="cc", role="cadre", affiliation="secondment", since=on),
        ],
        traits=traits("h care poor", "helper helped-by work-team"),
        changes=[Change(id="x1", kind="merge", on=on, before=departments, after=("cc",))],
    )


def qinling():
    """Two small communities that became one, with a branch moved under it and the posts of a cell."""
    on = date(2015, 3, 1)
    eve = date(2015, 2, 28)
    return Snapshot.of(
        structure=structure_of("qinling"),
        units=[
            *units(street="st", village="v", cell="g", firm_branch="f"),
            *units(forum="forum", volunteer_team="team", mobile_branch="m", grid_branch="gb"),
            Unit(id="c1", kind="community", since=BEGIN, until=eve),
            Unit(id="c2", kind="community", since=BEGIN, until=eve),
            Unit(id="c", kind="community", since=on),
        ],
        people=people("first officer head worker retired"),
        placements=[
            *lying("admin", top="st", st="v team", v="forum"),
            *lying("grid", top="st", st="g"),
            *lying("party", top="st"),
            Placement(tree="party", unit="gb", parent="g", since=BEGIN),
            *lying("party", st="g"),
            *(
                Placement(tree=tree, unit=unit, parent="st", since=BEGIN, until=eve)
                for tree in ("admin", "party")
                for unit in ("c1", "c2")
            ),
            *(Placement(tree=tree, unit="c", parent="st", since=on) for tree in ("admin", "party")),
            *(Placement(tree="party", unit=unit, parent="st", since=BEGIN, until=eve) for unit in ("f", "m")),
            *(Placement(tree="party", unit=unit, parent="c", since=on) for unit in ("f", "m")),
        ],
        memberships=[
            *bonds("officer g dispute-officer", "head g grid-head", "worker st staff home"),
            *(
                Membership(person="first", unit=unit, role="first-secretary", since=BEGIN, until=eve)
                for unit in ("c1", "c2")
            ),
            Membership(person="first", unit="c", role="first-secretary", since=on),
            Membership(person="worker", unit="c", role="staff", affiliation="secondment", since=on),
            *bonds("retired f member home"),
        ],
        traits=[
            *traits("retired employment retired"),
            Trait(of="c", name="speciality", value="七色彩虹", since=on),
        ],
        changes=[Change(id="x1", kind="merge", on=on, before=("c1", "c2"), after=("c",))],
    )


def gaomi():
    """A centre with seven services and one more, six counters, two full-time staff and an item."""
    structure = structure_of("gaomi")
    has = {
        name: structure.catalogues[name]
        for name in ("seven-plus-x", "counters", "six-uniform", "centre-standard", "eight-systems")
    }
    return Snapshot.of(
        structure=structure,
        units=[
            *units(city="city", street="st", community="c", neighbourhood="n", home="home"),
            *units(centre="centre", park_centre="park", station="station", branch="b", circle="circle"),
        ],
        people=people("one two three mobile"),
        placements=[
            *lying("admin", top="city", city="st", st="c", c="n", n="home"),
            *lying("service", top="city", city="park st", st="c", c="centre n", n="station"),
            *lying("party", top="city", city="st", st="c", c="b"),
        ],
        memberships=[
            *bonds("one centre full-time-staff", "two centre full-time-staff", "three n neighbourhood-cadre"),
            *bonds("mobile b member home", "three centre centre-head"),
        ],
        traits=[
            *(
                Trait(of="centre", name=catalogue.trait, value=item, since=BEGIN)
                for catalogue in has.values()
                for item in catalogue.mandatory
            ),
            *traits("centre service night-school", "centre item S48", "mobile standing mobile"),
            *traits("one team instructor", "one team administrator"),
        ],
    )


WORLDS = {
    "erqi": erqi,
    "zunyi": zunyi,
    "zhucheng": zhucheng,
    "pingxiang": pingxiang,
    "qinling": qinling,
    "gaomi": gaomi,
}
