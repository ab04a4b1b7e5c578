"""A rule file with facts and subjects, and the command line as a function."""

import pytest

RULES = """
[rule_set]
id = "borough/points"
title = { zh = "社区积分办法", en = "Points of members" }
subject = "member"
period = "year"
effective = 2024-01-01
basis = "council decision of 5 December 2023"
source = "notice board"
base = 60

[fact.visit]
title = "Visit"

[fact.service]
title = "Service"
amount = { unit = "h", most = 24 }

[fact.offence]
title = "Offence"

[[category]]
id = "work"
title = "Work"

[[item]]
id = "A1"
category = "work"
title = "Visits"
on = "visit"
points = 2.5
cap = 5

[[item]]
id = "A2"
category = "work"
title = "Hours"
on = "service"
per = "amount"
points = 1

[[veto]]
id = "V1"
title = "Offence"
on = "offence"
effect = "zero"

[[grade]]
id = "good"
title = "Good"
from = 65

[[grade]]
id = "fair"
title = "Fair"

[[case]]
title = "two visits"
period = "2024"
facts = [{ kind = "visit", on = 2024-03-01 }, { kind = "visit", on = 2024-03-02 }]
expect = { total = 65, grade = "good", "item.A1" = 5 }
"""

FACTS = """\
{"id": "F-1", "subject": "M-1", "kind": "visit", "on": "2024-03-01"}
{"id": "F-2", "subject": "M-1", "kind": "visit", "on": "2024-03-02"}
{"id": "F-3", "subject": "M-1", "kind": "visit", "on": "2024-03-03"}
{"id": "F-4", "subject": "M-2", "kind": "service", "on": "2024-03-01", "amount": 1.5}
{"id": "F-5", "subject": "M-3", "kind": "visit", "on": "2024-03-01"}
{"id": "F-6", "subject": "M-3", "kind": "offence", "on": "2024-03-02"}
"""

SUBJECTS = "id,name\nM-1,张三\nM-2,欧阳小红\nM-3,=cmd()\n"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch):
    """What the developer's own shell says about plugins and colours means nothing in tests."""
    for name in ("SERVICEORG_PATH", "SERVICEORG_PLUGINS_DISABLE", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SERVICEORG_PLUGINS", "off")


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Work in a folder with rules.toml, facts.jsonl and subjects.csv."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("rules.toml", RULES), ("facts.jsonl", FACTS), ("subjects.csv", SUBJECTS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(capsys):
    """Run the command line; return exit code, output and what was told on the error channel."""
    from serviceorg.cli.app import main

    def run_it(*arguments):
        code = main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_it
