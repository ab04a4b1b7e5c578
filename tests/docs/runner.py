"""Runs the blocks of one page in order, in one folder and one namespace."""

import doctest
import io
import re
import shlex
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from serviceorg.cli.app import main
from serviceorg.errors import Problems
from serviceorg.loading.files import from_path
from serviceorg.loading.sorts import SORTS, STRUCTURES, Sort
from tests.docs.golden import failures
from tests.docs.pages import Block, Page

_WRITTEN = ("csv", "json", "jsonl", "text", "toml")
_UNFINISHED = ("start of file", "more of file")


class Run:
    """One run of a page, with the working directory as its folder."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.head = ""
        self.namespace: dict[str, Any] = {"__name__": "__page__"}
        self.exit_code = 0
        self.printed = ""

    def block(self, block: Block) -> None:
        """Do what a block says, and compare what it shows."""
        if block.mark == "not run":
            assert block.name, f"{self.where(block)}: a reason is missing"
        elif block.language in _WRITTEN:
            self._text(block)
        elif block.language == "python":
            self._python(block)
        elif block.language == "console":
            self._console(block)
        else:
            raise AssertionError(f"{self.where(block)}: no way to run {block.language!r}; mark it 'not run'")

    def where(self, block: Block) -> str:
        """Return file and line, as an editor takes them."""
        return f"{self.page.path}:{block.line}"

    def _text(self, block: Block) -> None:
        if block.mark in ("file", "broken file", "append", *_UNFINISHED):
            self._write(block)
        elif block.mark == "head":
            self.head = block.text
        elif block.mark == "output":
            assert _agrees(block.text, self.printed), f"{self.where(block)}: found\n{self.printed}"
        elif block.language == "toml":
            has_head = any(f"[{sort.head}]" in block.text for sort in SORTS)
            assert has_head or self.head, f"{self.where(block)}: no head to stand below"
            self._rules(block, block.text if has_head else self.head + block.text)
        else:
            raise AssertionError(f"{self.where(block)}: it needs a mark that names its file")

    def _write(self, block: Block) -> None:
        file = Path(block.name)
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.read_text(encoding="utf-8") + "\n" if block.mark in ("append", "more of file") else ""
        file.write_text(before + block.text, encoding="utf-8")
        if file.suffix == ".toml" and block.mark not in _UNFINISHED:
            if block.mark == "broken file":
                assert _codes(file)
            elif file.name != "facts.toml":
                self._check_cases(block, _sort(file.read_text(encoding="utf-8")), _read(file))

    def _rules(self, block: Block, text: str) -> None:
        if block.mark == "refused":
            file = Path("refused.toml")
            file.write_text(text, encoding="utf-8")
            codes = _codes(file)
            assert block.name in codes, f"{self.where(block)}: found {codes}"
            return
        sort = _sort(text)
        rules = sort.read(text, file=self.where(block), kinds={})
        has_case = sort is STRUCTURES or rules.cases
        assert has_case, f"{self.where(block)}: an example without a case proves nothing"
        self._check_cases(block, sort, rules)

    def _check_cases(self, block: Block, sort: Sort, rules: Any) -> None:
        """Compare what golden cases promise."""
        found = failures(sort, rules)
        assert not found, f"{self.where(block)}: " + "; ".join(map(str, found))

    def _python(self, block: Block) -> None:
        if ">>> " not in block.text:
            printed = io.StringIO()
            with redirect_stdout(printed):
                exec(compile("\n" * (block.line - 1) + block.text, self.page.path, "exec"), self.namespace)
            self.printed = printed.getvalue()
            return
        example = doctest.DocTestParser().get_doctest(
            block.text, self.namespace, self.page.path, self.page.path, block.line - 1
        )
        said = io.StringIO()
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False)
        results = runner.run(example, out=said.write, clear_globs=False)
        self.namespace.update(example.globs)
        assert not results.failed, said.getvalue()

    def _console(self, block: Block) -> None:
        commands = re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]
        assert commands, f"{self.where(block)}: no line begins with '$ '"
        for command in commands:
            line, _, expected = command.replace("\\\n", " ").partition("\n")
            found = self._shell(line)
            assert _agrees(expected, found), f"{self.where(block)}: $ {line}\n{found}"

    def _shell(self, line: str) -> str:
        """Return what a command writes; known are serviceorg (also into a file), cat and echo $?."""
        words = shlex.split(line)
        if words == ["echo", "$?"]:
            return f"{self.exit_code}\n"
        if words[0] == "cat" and len(words) == 2:
            return Path(words[1]).read_text(encoding="utf-8")
        assert words[0] == "serviceorg", line
        into = words.index(">") if ">" in words else len(words)
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err if into < len(words) else out):
            self.exit_code = main(words[1:into])
        if into == len(words):
            return out.getvalue()
        Path(words[into + 1]).write_text(out.getvalue(), encoding="utf-8")
        return err.getvalue()


def _read(file: Path) -> Any:
    """Return what a file holds."""
    return from_path(_sort(file.read_text(encoding="utf-8")), file)


def _sort(text: str) -> Sort:
    """Return the sort of a text, by the head it has."""
    return next(sort for sort in SORTS if f"[{sort.head}]" in text)


def _codes(file: Path) -> list[str]:
    """Return the codes of all problems of a file that must be refused."""
    with pytest.raises(Problems) as refusal:
        _read(file)
    return [problem.code for problem in refusal.value.problems]


def _agrees(expected: str, found: str) -> bool:
    """Compare line by line without blanks at line ends; "…" stands for anything."""
    pattern = ".*".join(map(re.escape, _plain(expected).split("…")))
    return re.fullmatch(pattern, _plain(found), flags=re.DOTALL) is not None


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())
