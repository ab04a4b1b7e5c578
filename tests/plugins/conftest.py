"""Distributions that are not installed: folders with metadata, put on sys.path for one test."""

import sys

import pytest


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch):
    """What the developer's own shell says about plugins means nothing in tests."""
    for name in ("SERVICEORG_PATH", "SERVICEORG_PLUGINS", "SERVICEORG_PLUGINS_DISABLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def distribution(tmp_path, monkeypatch):
    """Make a distribution with its own folder on sys.path; files are texts by path, entries by group."""

    def make(name, version="1.0", *, entries, files=None, place=None, direct_url=None):
        site = tmp_path / (place or f"site-{name}-{version}")
        info = site / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        lines = [f"[serviceorg.{group}]\n{text}\n" for group, text in entries.items()]
        (info / "entry_points.txt").write_text("\n".join(lines))
        if direct_url:
            (info / "direct_url.json").write_text(direct_url)
        for path, text in (files or {}).items():
            target = site / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        monkeypatch.syspath_prepend(site)
        return site

    before = set(sys.modules)
    yield make
    for module in set(sys.modules) - before:
        if module.startswith(("acme", "borough")):
            del sys.modules[module]
