"""
DuckDB: the rule set as rows, joined to the facts by one constant SQL text.

BIGINT amounts: `//` divides integers, and every amount is non-negative, so half-up is one addition. Narrow
columns for the facts save a third; packing the key into one integer, as polars likes it, saves nothing more
here.
"""

import duckdb
import pyarrow as pa

from .. import task

_SQL = """
with chosen as (select * from fact {where}),
month as (
    select member, number, month, sum((points * quantity + 50) // 100)::bigint as points
    from chosen join item using (number) group by member, number, month),
year as (
    select member, number, sum(least(month.points, month_cap))::bigint as points
    from month join item using (number) group by member, number),
part as (
    select member, category, sum(least(year.points, year_cap))::bigint as points
    from year join item using (number) group by member, category),
earned as (
    select member, sum(least(points, cap))::bigint as points
    from part join category using (category) group by member),
subject as (select member, bool_or(number >= {items}) as vetoed from chosen group by member)
select case when vetoed then 0 else {base} + coalesce(points, 0) end as total
from subject left join earned using (member) order by member
"""

_TYPES = task.Columns(pa.int32(), pa.int16(), pa.int8(), pa.int32())


class Tables:
    """Every member in one in-memory table."""

    def load(self, count: int) -> None:
        self.connection = duckdb.connect()
        columns = [pa.array(values, type_) for values, type_ in zip(task.columns(count), _TYPES, strict=True)]
        made = pa.table(columns, names=task.Columns._fields)
        self.connection.register("made", made)
        self.connection.execute("create table fact as select * from made")
        self.connection.unregister("made")

    def compile(self) -> None:
        rules, run = task.rules(), self.connection
        columns = ", ".join(f"{name} bigint" for name in ("number", *task.Item._fields[1:]))
        run.execute(f"create table item ({columns})")
        run.executemany(
            "insert into item values (?, ?, ?, ?, ?)",
            [(number, *item[1:]) for number, item in enumerate(rules.items)],
        )
        run.execute("create table category (category bigint, cap bigint)")
        run.executemany("insert into category values (?, ?)", list(enumerate(rules.category_caps)))
        self.all = _SQL.format(where="", items=len(rules.items), base=rules.base)
        self.one = _SQL.format(where="where member = ?", items=len(rules.items), base=rules.base)

    def score_all(self):
        return self.connection.execute(self.all).fetchnumpy()["total"]

    def totals(self, answer) -> list[int]:
        return answer.tolist()

    def score_one(self, member: int) -> int:
        return self.connection.execute(self.one, [member]).fetchone()[0]
