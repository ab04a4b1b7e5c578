"""The floors of the house: a package may import only from floors below its own.

Packages on the same floor do not know each other. The names are the whole plan; some are not built yet.
A concern starts as one file and becomes a folder of the same name when it grows.
"""

FLOORS = (
    {"errors"},
    {"basics"},
    {"facts", "reasons"},
    {"model", "calendars"},
    {"scoring", "workflow", "duties", "ledger", "coverage", "matching", "commitments"},
    {"assessment", "settlement"},
    {"loading", "batch", "store", "report", "exchange"},
    {"plugins"},
    {"cli", "testing"},
)

#: These two see every floor, and no floor sees them.
FRONT = {"__init__", "__main__"}

#: A third-party package comes in by one door. One that is not named here may not come in at all.
DOORS = {
    "attrs": set().union(*FLOORS),
    "cattrs": {"loading"},
    "click": {"cli"},
    "dateutil": {"calendars"},
    "hypothesis": {"testing"},
    "icalendar": {"exchange"},
    "numpy": {"coverage", "matching"},
    "pluggy": {"plugins"},
    "pytest": {"testing"},
    "rich": {"cli"},
    "scipy": {"coverage", "matching"},
}

#: Names and modules that make a result depend on when, where or by what luck it is computed.
UNREPEATABLE_NAMES = {
    "cwd",
    "environ",
    "getcwd",
    "getenv",
    "now",
    "perf_counter",
    "today",
    "urandom",
    "utcnow",
    "uuid1",
    "uuid4",
}
UNREPEATABLE_MODULES = {"locale", "random", "secrets", "time"}

#: Package or file -> name -> why it is needed there.
EXCEPTIONS = {
    "cli": {
        "cwd": "the folder a person works in is where their files are meant to go",
        "environ": "terminals say by it whether they show colours",
        "now": "someone must look at the clock, and hands it on as an argument",
        "perf_counter": "the demo tells how long it took",
        "random": "the demo invents its members from a written seed",
        "time": "for perf_counter",
        "today": "the default of --on",
    },
    "plugins/discovery.py": {
        "environ": "SERVICEORG_PATH names folders of schemes",
    },
}

#: A rule set is data and the host does the talking: nothing here runs text, unpickles or opens a line.
DANGEROUS_NAMES = {"__import__", "eval", "exec"}
DANGEROUS_MODULES = {
    "ctypes",
    "dill",
    "ftplib",
    "http",
    "marshal",
    "pickle",
    "shelve",
    "smtplib",
    "socket",
    "ssl",
    "subprocess",
    "urllib",
}

#: The most lines a file may have; the wish is 250.
WALL = 400
WALL_OF_TESTS = 600
