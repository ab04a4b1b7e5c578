import csv
import io
import json
import os
from datetime import date
from decimal import Decimal

import pytest

from serviceorg.ledger import Draft, Journal, post, reverse
from serviceorg.loading.journals.files import head_line, journal_lines
from serviceorg.plugins import load

RULES = "published/nanjing-time-bank"
STATEMENT = ("ledger", "statement", "book.jsonl", "--account", "time:M-1")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Work in a folder with a journal, its head, and an empty journal.

    M-1 stores 1,498 hours and 5 more, of which 3 flow over (M6); M-2 stores 2.5, which is taken back.
    """
    monkeypatch.chdir(tmp_path)
    rules = load(discover=False).get("ledger", RULES)
    journal = Journal()
    for number, owner, hours, month, memo in (
        (1, "M-1", "1498", 3, "=1+1"),
        (2, "M-1", "5", 4, ""),
        (3, "M-2", "2.5", 5, ""),
    ):
        draft = Draft(
            id=f"E-{number}",
            move="earn",
            owner=owner,
            amount=Decimal(hours),
            on=date(2024, month, 1),
            evidence=f"S-{number}",
            memo=memo,
        )
        journal = post(journal, rules, draft)
    journal = reverse(journal, "E-3", id="R-3", on=date(2024, 6, 1), by="clerk")
    (tmp_path / "book.jsonl").write_text("".join(journal_lines(journal)), encoding="utf-8")
    (tmp_path / "head.json").write_text(head_line(journal.head()), encoding="utf-8")
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    return tmp_path


def test_a_statement_runs_from_the_opening_to_the_closing_balance(run):
    """1,498 and what still fits of 5 make the 1,500 that one may store (M6)."""
    code, out, err = run(*STATEMENT)

    lines = [line.split() for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert lines == [
        ["time:M-1", "2024-03-01", "to", "2024-06-01"],
        ["number", "on", "move", "amount", "balance", "memo", "reversed", "by"],
        ["opening", "0"],
        ["1", "2024-03-01", "earn", "1498", "1498", "'=1+1"],
        ["2", "2024-04-01", "earn", "2", "1500"],
        ["closing", "1500"],
    ]


def test_a_table_speaks_chinese(run):
    """Headings, opening and closing are Chinese with --lang zh."""
    _, out, _ = run(*STATEMENT, "--lang", "zh")
    _, all_of_them, _ = run("ledger", "balances", "book.jsonl", "--lang", "zh")

    lines = [line.split() for line in out.splitlines()]
    assert lines[0] == ["time:M-1", "2024-03-01", "至", "2024-06-01"]
    assert lines[1] == ["号", "日期", "事项", "发生额", "余额", "摘要", "冲销分录"]
    assert (lines[2], lines[-1]) == (["期初", "0"], ["期末", "1500"])
    assert all_of_them.split()[:2] == ["账户", "余额"]


def test_moves_have_their_titles_where_the_rules_are_given(run):
    """With --rules a statement speaks the language of who reads it; CSV and JSON keep the ids."""
    ask = (*STATEMENT, "--rules", RULES)
    rules = load(discover=False).get("ledger", RULES)
    title = rules.move("earn", on=date(2024, 3, 1)).title

    _, table, err = run(*ask)
    _, chinese, _ = run(*ask, "--lang", "zh", "--explain")
    _, rows, _ = run(*ask, "--lang", "zh", "--format", "csv")
    _, plain, _ = run(*ask, "--lang", "zh", "--format", "json")

    assert err == ""
    assert title.en in table
    assert f"2024-03-01 {title.zh}：1498" in chinese
    assert "earn" not in table + chinese
    assert rows.splitlines()[1].startswith("1,2024-03-01,earn,")
    assert [(one["move"], one["title"]) for one in json.loads(plain)["lines"]] == [("earn", title.zh)] * 2


def test_what_was_taken_back_has_the_title_of_what_it_takes_back(run):
    """A reversal is told as that of its move, by the title."""
    _, out, _ = run(*STATEMENT[:4], "time:M-2", "--rules", RULES, "--lang", "zh", "--explain")

    title = load(discover=False).get("ledger", RULES).move("earn", on=date(2024, 6, 1)).title
    assert f"2024-06-01 {title.zh}冲正：-2.5" in out


def test_a_move_the_rules_do_not_know_keeps_its_id(run):
    """Titles of other rules are no help: what has none there is called by its id."""
    code, out, _ = run(*STATEMENT, "--rules", "erqi/party-funds")

    assert code == 0
    assert " earn " in out


def test_csv_escapes_memos_and_keeps_numbers(run):
    """A memo that is a formula is made harmless; a negative amount stays a number."""
    _, own, _ = run(*STATEMENT, "--format", "csv")
    _, other, _ = run(*STATEMENT[:4], "time:M-2", "--format", "csv")

    assert own.splitlines()[0] == "number,on,move,amount,balance,memo,reversed_by"
    assert next(csv.DictReader(io.StringIO(own)))["memo"] == "'=1+1"
    assert other.splitlines()[1:] == ["3,2024-05-01,earn,2.5,2.5,,4", "4,2024-06-01,earn,-2.5,0,,"]


def test_json_has_amounts_as_texts_and_nothing_as_null(run):
    """A period has its opening and closing balance; who was not reversed says null."""
    _, out, _ = run(*STATEMENT, "--period", "2024-04", "--format", "json")

    assert json.loads(out) == {
        "account": "time:M-1",
        "since": "2024-04-01",
        "until": "2024-04-30",
        "opening": "1498",
        "closing": "1500",
        "lines": [
            {
                "number": 2,
                "on": "2024-04-01",
                "move": "earn",
                "amount": "2",
                "balance": "1500",
                "memo": "",
                "reversed_by": None,
            }
        ],
    }


def test_reasons_come_in_two_languages(run):
    """--explain says of each line where it came from and what flowed over."""
    code, english, _ = run(*STATEMENT, "--explain")
    _, chinese, _ = run(*STATEMENT, "--explain", "--lang", "zh")

    assert code == 0
    assert "pool:donation" in english
    assert "3超出上限，转入pool:donation" in chinese


def test_a_period_without_entries_keeps_the_balance(run):
    """Nothing happened in 2025, which is told; what was stored is still there."""
    code, out, err = run(*STATEMENT, "--period", "2025", "--format", "json")

    found = json.loads(out)
    assert (code, err) == (0, "notice: time:M-1 has no entry in 2025\n")
    assert (found["opening"], found["closing"], found["lines"]) == ("1500", "1500", [])


def test_balances_are_those_of_the_end_of_a_day(run):
    """Every account of a kind stands with what it holds; the issuer's is negative and a number."""
    _, out, _ = run("ledger", "balances", "book.jsonl", "--format", "csv")
    _, march, _ = run(
        "ledger", "balances", "book.jsonl", "--kind", "time", "--on", "2024-03-31", "--format", "json"
    )

    assert out == "account,balance\npool:donation,3\nservice:given,-1503\ntime:M-1,1500\ntime:M-2,0\n"
    assert json.loads(march) == {"time:M-1": "1498", "time:M-2": "0"}


def test_balances_before_the_first_entry_are_told(run):
    """Where nothing was booked yet every balance is 0, and the first day is named."""
    code, out, err = run("ledger", "balances", "book.jsonl", "--on", "2024-02-29", "--format", "csv")

    assert (code, err) == (0, "notice: book.jsonl has no entry by 2024-02-29; the first is of 2024-03-01\n")
    assert [line.split(",")[1] for line in out.splitlines()[1:]] == ["0"] * 4


def test_a_journal_is_verified_against_heads_and_rules(run, folder):
    """What is sound is told in a line that ends with the hash to keep."""
    digest = json.loads((folder / "head.json").read_text("utf-8"))["hash"]

    plain = run("ledger", "verify", "book.jsonl")
    full = run("ledger", "verify", "book.jsonl", "--head", "head.json", "--rules", RULES)

    assert plain == (0, f"ok    book.jsonl: 4 entries, {digest}\n", "")
    assert full == (0, f"ok    book.jsonl: 4 entries, 1 head kept, as {RULES} allows, {digest}\n", "")


def test_a_head_is_written_as_it_is_read(run, folder):
    """The head of a journal is the line that verify takes."""
    assert run("ledger", "head", "book.jsonl") == (0, (folder / "head.json").read_text("utf-8"), "")


def test_what_was_cut_off_shows_against_a_head(run, folder):
    """Without a head a shorter journal is sound; with one the missing end is told."""
    lines = (folder / "book.jsonl").read_text("utf-8").splitlines(keepends=True)
    (folder / "cut.jsonl").write_text("".join(lines[:2]), encoding="utf-8")

    alone, _, _ = run("ledger", "verify", "cut.jsonl")
    code, out, err = run("ledger", "verify", "cut.jsonl", "--head", "head.json")
    nothing, _, said = run("ledger", "verify", "empty.jsonl", "--head", "head.json")

    assert (alone, code, nothing, out) == (0, 1, 1, "")
    assert err == (
        "cut.jsonl, entry 4: a head of 4 entries was kept, but 2 are there: the end was cut off [truncated]\n"
    )
    assert "empty.jsonl, entry 4: a head of 4 entries was kept, but 0 are there" in said


@pytest.mark.parametrize("command", ["verify", "head", "balances", "statement"])
def test_a_changed_entry_is_found_by_every_command(run, folder, command):
    """No answer is given from a journal that somebody changed."""
    text = (folder / "book.jsonl").read_text("utf-8")
    (folder / "book.jsonl").write_text(text.replace("1498", "1499"), encoding="utf-8")
    account = ("--account", "time:M-1") if command == "statement" else ()

    code, out, err = run("ledger", command, "book.jsonl", *account)

    assert (code, out) == (1, "")
    assert err.startswith("book.jsonl, entry 1: its content gives ")
    assert err.endswith("it was changed [changed]\n")


def test_rules_of_another_bank_are_told_entry_by_entry(run):
    """Against rules without such moves every entry is a problem, with file and number."""
    code, out, err = run("ledger", "verify", "book.jsonl", "--rules", "published/hailin-points")

    assert (code, out) == (1, "")
    assert err.startswith(
        "book.jsonl, entry 1: there is no move or expiry 'earn' in these rules [unknown-move]"
    )
    assert all(line.startswith("book.jsonl, entry ") for line in err.splitlines())


def test_an_empty_journal_is_sound_and_told(run):
    """Nothing in it is wrong, and nothing is in it."""
    told = "notice: empty.jsonl holds no entries\n"

    code, out, err = run("ledger", "verify", "empty.jsonl")
    balances = run("ledger", "balances", "empty.jsonl", "--format", "csv")
    head, line, _ = run("ledger", "head", "empty.jsonl")
    statement, _, said = run("ledger", "statement", "empty.jsonl", "--account", "time:M-1")

    assert (code, out, err) == (0, f"ok    empty.jsonl: 0 entries, {'0' * 64}\n", told)
    assert balances == (0, "account,balance\n", told)
    assert (head, json.loads(line)["number"]) == (0, 0)
    assert statement == 2
    assert said == f"{told}Error: there is no account in empty.jsonl: 'time:M-1'; none is known here\n"


def test_an_account_nobody_has_is_answered_with_the_nearest(run):
    """A misspelt account is guessed; one without its kind is told with it."""
    code, out, err = run(*STATEMENT[:4], "time:M-11")
    _, _, bare = run(*STATEMENT[:4], "M-1")

    assert (code, out) == (2, "")
    assert err.endswith("'time:M-1', 'time:M-2'. Did you mean 'time:M-1'?\n")
    assert bare == "Error: there is no account in book.jsonl: 'M-1'; known are 'time:M-1'\n"


@pytest.mark.parametrize(
    ("arguments", "code", "text"),
    [
        (("verify", "nowhere"), 1, "nowhere: No such file or directory [unreadable]"),
        (("verify", "."), 1, ".: this is a folder; name one file in it [unreadable]"),
        (("verify", "a\0b"), 1, "a\\x00b: this is no name of a file [unreadable]"),
        (("verify", "x" * 5_000), 1, ": File name too long [unreadable]"),
        (("verify", ""), 2, "the file of a journal or of heads has no name"),
        (("verify", "/dev/null"), 1, "/dev/null: this is a pipe or a device; save the journal in a file"),
        (
            ("verify", "book.jsonl", "--head", "empty.jsonl"),
            1,
            "empty.jsonl: the file holds no head; 'serviceorg",
        ),
        (
            ("verify", "book.jsonl", "--head", "book.jsonl"),
            2,
            "--head names the journal itself: 'book.jsonl'",
        ),
        (("verify", "book.jsonl", "--head", "nowhere"), 1, "nowhere: No such file or directory [unreadable]"),
        (
            ("verify", "book.jsonl", "--rules", "zunyi/need"),
            2,
            "'zunyi/need' is a workflow, not a set of account",
        ),
        (("verify", "book.jsonl", "--rules", "nanjing"), 2, "there is no set of account rules 'nanjing'"),
        (("verify", "book.jsonl", "--rules", ""), 2, "a set of account rules has no name"),
        (
            ("balances", "book.jsonl", "--kind", "tim"),
            2,
            "there is no kind of account 'tim'; known are 'pool', ",
        ),
        (("balances", "book.jsonl", "--on", "1.3.2024"), 2, "'1.3.2024' is not a date"),
        (("statement", "book.jsonl"), 2, "Missing option '--account'"),
        ((*STATEMENT[1:], "--period", "24"), 2, "'24' is not a period"),
        ((*STATEMENT[1:], "--explain", "--format", "csv"), 2, "--explain is text; leave out '--format csv'"),
        (("statment", "book.jsonl"), 2, "Did you mean 'statement'?"),
    ],
)
def test_mistakes_are_told_in_a_sentence(run, arguments, code, text):
    """What was asked for wrongly ends with 2, what is wrong with a file with 1, and nothing is written."""
    found, out, err = run("ledger", *arguments)

    assert (found, out) == (code, "")
    assert text in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"nonsense\n", "book.jsonl, line 1: this is not JSON"),
        (b"[1]\n", "book.jsonl, line 1: a line is one JSON object; found a list [json]"),
        ('{"memo": "张"}\n'.encode("gbk"), "book.jsonl, line 1: byte b'\\xd5' is not UTF-8"),
        (b'{"amount": 1e999999}\n', "book.jsonl, line 1: this is not JSON"),
        (b"[" * 20_000, "book.jsonl, line 1: this is not JSON: the JSON is nested too deeply"),
        (b"\x00\n", "book.jsonl, line 1: this is not JSON"),
    ],
    ids=["no-json", "list", "gbk", "huge-number", "deep", "nul"],
)
def test_a_journal_of_nonsense_is_told_with_its_line(run, folder, content, text):
    """Whatever the file holds, the answer is its line and a reason."""
    (folder / "book.jsonl").write_bytes(content)

    for command in ("verify", "head", "balances"):
        code, out, err = run("ledger", command, "book.jsonl")

        assert (code, out) == (1, "")
        assert err.startswith(text)
        assert "Traceback" not in err


def test_heads_of_nonsense_are_told_line_by_line(run, folder):
    """Each line that is no head is a problem of its own."""
    good = (folder / "head.json").read_text("utf-8")
    (folder / "head.json").write_text(f'{good}nonsense\n{{"number": -1}}\n', encoding="utf-8")

    code, out, err = run("ledger", "verify", "book.jsonl", "--head", "head.json")

    assert (code, out) == (1, "")
    assert [line.partition(": ")[0] for line in err.splitlines()] == [
        "head.json, line 2",
        "head.json, line 3",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_nobody_waits_for_a_pipe(run, folder):
    """A pipe that nobody writes into is refused; opening it would wait for ever."""
    os.mkfifo(folder / "pipe")

    code, _, err = run("ledger", "verify", "pipe")
    heads, _, said = run("ledger", "verify", "book.jsonl", "--head", "pipe")

    assert (code, heads) == (1, 1)
    assert (
        err
        == said
        == "pipe: this is a pipe or a device; save the journal in a file and name that [unreadable]\n"
    )


def test_a_file_with_a_mark_at_its_beginning_is_read(run, folder):
    """A byte order mark, as some editors write it, changes nothing."""
    content = (folder / "book.jsonl").read_bytes()
    (folder / "book.jsonl").write_bytes(b"\xef\xbb\xbf" + content)

    code, _, err = run("ledger", "verify", "book.jsonl", "--head", "head.json")

    assert (code, err) == (0, "")


def test_of_many_accounts_the_nearest_is_found_soon(run, folder):
    """Among thousands of accounts a misspelt one is compared with its neighbours, not with all."""
    rules = load(discover=False).get("ledger", RULES)
    journal = Journal()
    for number in range(3_000):
        draft = Draft(
            id=f"E-{number}",
            move="earn",
            owner=f"M-{number:05}" if number else "Wang-7",
            amount=Decimal(1),
            on=date(2024, 3, 1),
            evidence="S",
        )
        journal = post(journal, rules, draft)
    (folder / "many.jsonl").write_text("".join(journal_lines(journal)), encoding="utf-8")

    code, _, err = run("ledger", "statement", "many.jsonl", "--account", "time:Wang-77")

    assert code == 2
    assert err.endswith("Did you mean 'time:Wang-7'?\n")
    assert len(err) < 500
