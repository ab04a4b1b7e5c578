"""The words over tables about organisations, duties and accounts, in both languages."""

from collections.abc import Sequence

from ..basics import Label

WORDS = {
    "duty": Label(en="duty", zh="责任事项"),
    "title": Label(en="title", zh="名称"),
    "all": Label(en="all", zh="合计"),
    "who": Label(en="who", zh="责任人"),
    "unit": Label(en="unit", zh="单位"),
    "towards": Label(en="towards", zh="对象"),
    "period": Label(en="period", zh="时段"),
    "due": Label(en="due", zh="截止日期"),
    "done": Label(en="done", zh="已完成"),
    "needed": Label(en="needed", zh="应完成"),
    "status": Label(en="status", zh="状态"),
    "check": Label(en="check", zh="检查项"),
    "base": Label(en="base", zh="基数"),
    "met": Label(en="met", zh="达标"),
    "share": Label(en="share", zh="比例"),
    "mean": Label(en="mean", zh="平均"),
    "hard": Label(en="hard", zh="缺口"),
    "soft": Label(en="soft", zh="提示"),
    "holds": Label(en="holds", zh="是否达标"),
    "of": Label(en="of", zh="对象"),
    "missed": Label(en="missed", zh="未达标项"),
    "found": Label(en="found", zh="现有"),
    "wanted": Label(en="wanted", zh="要求"),
    "deviation": Label(en="deviation", zh="偏差"),
    "names": Label(en="names", zh="具体"),
    "exactly": Label(en="exactly", zh="恰好"),
    "at_least": Label(en="at_least", zh="不少于"),
    "at_most": Label(en="at_most", zh="不多于"),
    "above": Label(en="above", zh="超过"),
    "below": Label(en="below", zh="少于"),
    "about": Label(en="about", zh="左右"),
    "untold": Label(en="untold", zh="未登记"),
    "no-place": Label(en="no-place", zh="无位置"),
    "same": Label(en="same", zh="与他人相同"),
    "priority": Label(en="priority", zh="优先对象未先安排"),
    "what": Label(en="what", zh="类别"),
    "id": Label(en="id", zh="编号"),
    "count": Label(en="count", zh="数量"),
    "role": Label(en="role", zh="角色"),
    "sort": Label(en="sort", zh="类别"),
    "illustrative": Label(en="illustrative", zh="示例"),
    "source": Label(en="source", zh="来源"),
    "number": Label(en="number", zh="号"),
    "on": Label(en="on", zh="日期"),
    "move": Label(en="move", zh="事项"),
    "amount": Label(en="amount", zh="发生额"),
    "balance": Label(en="balance", zh="余额"),
    "memo": Label(en="memo", zh="摘要"),
    "reversed_by": Label(en="reversed by", zh="冲销分录"),
    "account": Label(en="account", zh="账户"),
    "opening": Label(en="opening", zh="期初"),
    "closing": Label(en="closing", zh="期末"),
    "to": Label(en="to", zh="至"),
    "yes": Label(en="yes", zh="是"),
    "no": Label(en="no", zh="否"),
    "no base": Label(en="no base", zh="无基数"),
    "more": Label(en="… {0:,} more; --format csv writes all", zh="……另有 {0:,} 条，--format csv 输出全部"),
    "share-of": Label(en="{0} ({1})", zh="{0}（{1}）"),
    # The sorts of books.
    "structure": Label(en="structure", zh="组织架构"),
    "duties": Label(en="duty book", zh="责任清单"),
    "coverage": Label(en="coverage book", zh="覆盖检查"),
    "ledger": Label(en="account rules", zh="账户规则"),
    "matching": Label(en="matching rules", zh="匹配规则"),
    "commitments": Label(en="commitment book", zh="承诺清单"),
    "rule_set": Label(en="rule set", zh="积分办法"),
    "workflow": Label(en="workflow", zh="流程"),
}


def word(key: str, lang: str) -> str:
    """Return a word in "en" or "zh"; what is no word of ours stays as it is."""
    found = WORDS.get(key)
    return key if found is None else found.in_(lang)


def headings(columns: Sequence[str], lang: str) -> list[str]:
    """Return what stands over the columns of a table; CSV and JSON keep one name in every language."""
    return [word(column, lang) for column in columns]
