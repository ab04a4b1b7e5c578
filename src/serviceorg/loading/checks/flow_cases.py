"""Golden cases and amendments of workflows can be run and made as written. Cases are run elsewhere."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ..drafts import Draft
from ..report import Path
from ..shapes import Node
from ..shapes.flow_cases import FLOW_NOUNS
from ..shapes.flow_needs import NEED_KINDS
from .cases import ever
from .facts import kind_called, said

#: Codes a refusal may have: one for each kind of need, and those of the engine itself.
REFUSALS = frozenset(
    {
        *(name.replace("_", "-") for name in NEED_KINDS),
        *("not-from-here", "no-permission", "separation", "tick-first", "no-route", "no-parent"),
        *("nothing-open", "no-piece", "no-verdict", "no-extension", "children-untold", "never-since"),
        # What is no refusal by the rules but an error: a wrong form, a moment before the last one.
        *("form", "moment", "ticket", "unknown-id", "not-in-force"),
    }
)
_FIELD_TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "count": (int,),
    "number": (int, Decimal),
    "flag": (bool,),
    "date": (date,),
    "moment": (datetime,),
    "ids": (tuple,),
}


class Ever:
    """Whatever a name may stand for in any version of the workflow."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.report = draft, draft.report
        self.ids = {noun: ever(draft, noun) for noun in FLOW_NOUNS}
        added = [entry for one in draft.nodes("amend") for entry in one.get("move", ())]
        entries = [*draft.entries("move"), *added]
        opened = (entry.get("opens") for entry in entries if isinstance(entry, dict))
        self.matters = {name for name in opened if isinstance(name, str)}
        fields = {node["id"]: node.get("type", "text") for node in draft.nodes("field") if "id" in node}
        #: Types of fields that no amendment touches.
        self.types = {} if draft.nodes("amend") else fields

    def known(self, noun: str, name: str, path: Path) -> None:
        """Report a name that no version declares."""
        if name not in self.ids[noun]:
            self.report.unknown("unknown-name", path, what=noun, found=name, known=self.ids[noun])


def check_flow_cases(draft: Draft) -> None:
    """Report golden cases that cannot be run as written."""
    names = Ever(draft)
    titles: dict[str, Node] = {}
    for case in draft.nodes("case"):
        title = case.get("title", "")
        if title and title in titles:
            first = titles[title].path[-1]
            message = f"{title!r} is the title of case {int(first) + 1} too; give each case its own"
            draft.report.add("case-title", case.at("title"), message)
        titles.setdefault(title, case)
        _check_units(draft, case)
        _check_steps(names, case)


def _check_units(draft: Draft, case: Node) -> None:
    units = case.get("units", {})
    for name, above in units.items():
        if above and above not in units:
            draft.report.unknown("case-unit", case.at("units", name), what="unit", found=above, known=units)
    roles = ever(draft, "role")
    for name, actor in case.get("actors", {}).items():
        posts = actor.get("posts", ()) if isinstance(actor, Node) else actor
        # A unit that is not in the tree is a stranger's, and cases are told of strangers too.
        for post in (posts,) if isinstance(posts, str) else posts:
            role = post.partition("@")[0]
            if role and role not in roles:
                path = case.at("actors", name)
                draft.report.unknown("unknown-name", path, what="role", found=role, known=roles)


def _check_steps(names: Ever, case: Node) -> None:
    before: datetime | None = None
    begins = names.draft.head.get("effective")
    for number, step in enumerate(case.get("step", ())):
        if "do" in step:
            _check_do(names, step, is_first=number == 0)
        _check_actor(names, case, step)
        moment = step.get("at")
        if moment is not None and before is not None and moment < before:
            message = f"{moment.isoformat()} lies before the step above; steps stand in the order of time"
            names.report.add("case-step", step.at("at"), message)
        elif moment is not None and before is None and begins is not None and moment.date() < begins:
            message = f"{moment.date()} lies before {begins}, the first day of the workflow"
            names.report.add("case-step", step.at("at"), message)
        if "refused" not in step:
            before = moment or before
        for name, value in step.get("form", {}).items():
            _check_value(names, name, value, step.at("form", name), is_refused="refused" in step)
        _check_refused(names, step)
        _check_expected(names, step.get("expect", {}))


def _check_do(names: Ever, step: Node, *, is_first: bool) -> None:
    openings, moves = names.ids["opening"], names.ids["move"]
    done = step["do"]
    if done not in {*openings, *moves, "tick"}:
        what = "opening" if is_first else "move"
        known = openings if is_first else {*moves, "tick"}
        names.report.unknown("unknown-name", step.at("do"), what=what, found=done, known=known)
    elif is_first != (done in openings) and "refused" not in step:
        text = "a story begins with an opening" if is_first else "the ticket is open already"
        known = openings if is_first else {*moves, "tick"}
        names.report.guess("case-step", step.at("do"), f"{done!r}: {text}", found=done, known=known)


def _check_actor(names: Ever, case: Node, step: Node) -> None:
    actors = case.get("actors", {})
    if "by" in step:
        if step["by"] not in actors and "actors" in case:
            names.report.unknown("case-actor", step.at("by"), what="actor", found=step["by"], known=actors)
    elif step.get("do", "tick") != "tick" and "by" not in names.draft.written(step):
        names.report.add("missing-key", step.path, "the key 'by' is missing: the actor")


def _check_value(names: Ever, name: str, value: Any, path: Path, *, is_refused: bool) -> None:
    if is_refused:
        return  # what is refused may be refused for its form
    names.known("field", name, path)
    wanted = _FIELD_TYPES.get(names.types.get(name, ""))
    if wanted is None:
        return
    # A flag is an int to Python and a moment is a date, but a form knows better.
    if type(value) not in wanted:
        shown = said(value) if not isinstance(value, tuple) else "a list"
        message = f"the field {name!r} is of type {names.types[name]}; {shown} is not"
        names.report.add("field-type", path, message)


def _check_refused(names: Ever, step: Node) -> None:
    for position, code in enumerate(step.get("refused", ())):
        # A plugin's requirement is refused as "requirement".
        if code not in REFUSALS:
            path = step.at("refused", position)
            names.report.unknown("case-step", path, what="code of refusal", found=code, known=REFUSALS)


def _check_expected(names: Ever, expect: Mapping[str, Any]) -> None:
    if not isinstance(expect, Node):
        return
    if "state" in expect:
        names.known("state", expect["state"], expect.at("state"))
    for key, noun in (("slots", "slot"), ("due", "clock"), ("clocks", "clock"), ("fields", "field")):
        for name in expect.get(key, ()):
            names.known(noun, name, expect.at(key, name))
    for name, value in expect.get("fields", {}).items():
        if name in names.ids["field"]:
            _check_value(names, name, value, expect.at("fields", name), is_refused=False)
    for name in expect.get("open", ()):
        if name not in names.matters:
            known = names.matters
            names.report.unknown(
                "unknown-name", expect.at("open", name), what="matter", found=name, known=known
            )
    for key in ("count", "moves"):
        for position, name in enumerate(expect.get(key, ())):
            path = expect.at(key, name if key == "count" else position)
            if name not in names.ids["opening"] or key == "moves":
                names.known("move", name, path)
    _check_said(names, expect)


def _check_said(names: Ever, expect: Node) -> None:
    for position, text in enumerate(expect.get("facts", ())):
        path, parts = expect.at("facts", position), text.split(":")
        if len(parts) not in (2, 3):
            message = f"{text!r} is no fact; write it like 'kind:subject' or 'kind:subject:amount'"
            names.report.add("case-step", path, message)
        else:
            kind_called(names.draft, parts[0], path)
    for position, text in enumerate(expect.get("notices", ())):
        path, (notice, _, slot) = expect.at("notices", position), text.partition(":")
        names.known("notice", notice, path)
        if slot:
            names.known("slot", slot, path)
