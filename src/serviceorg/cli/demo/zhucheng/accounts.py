"""A journal of four entries for the demo: what flows over, is refused, is taken back, is found out."""

from datetime import date
from decimal import Decimal

import attrs

from ....basics import Year
from ....errors import EntryRefused, Problem
from ....ledger import AccountRules, Draft, Head, Journal, Statement, post, reverse, statement, verify
from ....loading.books import account_rules_from_path
from ....plugins.discovery import bundled_schemes

RULES = ("published", "ledgers", "nanjing-time-bank.toml")
OWNER, ACCOUNT = "A", "time:A"


@attrs.frozen(eq=False)
class Accounts:
    """The rules, the journal and its head, a statement, a refusal, and what is found in a changed copy."""

    rules: AccountRules
    journal: Journal
    head: Head
    statement: Statement
    refusal: EntryRefused
    found: tuple[Problem, ...]


def accounts() -> Accounts:
    """Return the story of the accounts, always the same."""
    rules = account_rules_from_path(bundled_schemes().joinpath(*RULES))
    journal = Journal()
    # 1,498 and 5 are 3 more than may be stored: these go to the pool (M6).
    for number, (day, hours) in enumerate(((1, "1498"), (2, "5")), 1):
        journal = post(journal, rules, _earned(number, day, hours))
    refusal = _refused(journal, rules)
    journal = reverse(journal, "E-2", id="E-3", on=date(2024, 3, 5), memo="entered twice")
    journal = post(journal, rules, _earned(4, 6, "2.5"))
    head, entries = journal.head(), list(journal)
    account, asset, units = entries[0].raw[1]
    entries[0] = attrs.evolve(entries[0], raw=(entries[0].raw[0], (account, asset, units + 10_000)))
    found = verify(entries, heads=[head])
    return Accounts(rules, journal, head, statement(journal, ACCOUNT, Year(2024)), refusal, found)


def _earned(number: int, day: int, hours: str) -> Draft:
    return Draft(
        id=f"E-{number}",
        move="earn",
        owner=OWNER,
        on=date(2024, 3, day),
        amount=Decimal(hours),
        evidence=f"record {number}",
    )


def _refused(journal: Journal, rules: AccountRules) -> EntryRefused:
    """Return why somebody of whom no right to it is known may not take out hours."""
    draft = Draft(id="E-3", move="withdraw", owner=OWNER, on=date(2024, 3, 4), amount=Decimal(2))
    try:
        post(journal, rules, draft)
    except EntryRefused as error:
        return error
    raise AssertionError("withdraw was to be refused")  # the rules' own golden case says so too
