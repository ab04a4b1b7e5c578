"""What the kinds of problem mean that only ledger files and journals have, in English and Chinese.

Those that ledger files share with rule files are in ``CODES``.
"""

from ..basics import Label


def _said(en: str, zh: str) -> Label:
    return Label(zh=zh, en=en)


#: Code of a problem of a ledger file -> its meaning.
LEDGER_CODES: dict[str, Label] = {
    "unknown-name": _said("nothing of that kind has this id", "没有这个编号的资产、账户、处所或事项"),
    "bounds": _said("nothing lies in the range", "范围之内没有任何数或日期"),
    "account-asset": _said("the two sides are not of one asset", "两侧账户所存资产不同"),
    "account-place": _said(
        "a place stands where an owner's account belongs, or the other way round", "处所与所有人账户混用"
    ),
    "account-unfed": _said("nothing comes into this kind of account", "没有任何事项记入该类账户"),
    "expiry-twice": _said("two rules say when the same amounts end", "同一账户有两条清零规则"),
    "version-gap": _said("two versions do not touch", "两个版本之间有间隔"),
}

#: Code of a problem of a journal, of its file or of what does not fit together in it -> its meaning.
JOURNAL_CODES: dict[str, Label] = {
    # lines
    "json": _said("a line cannot be read as JSON", "某一行不符合 JSON 写法"),
    "too-long": _said("a line is too long", "行过长"),
    "too-many": _said("there are too many problems to read on", "问题过多，未读完"),
    "unknown-key": _said("nothing reads this key", "未知的键"),
    "missing-key": _said("a key that must be there is missing", "缺少必填的键"),
    "type": _said("the value is not what the key takes", "值的类型不对"),
    "encoding": _said("a text is no well-formed Unicode", "文字编码有误"),
    "date": _said("this is no date", "不是日期"),
    "amount": _said("this is no amount as a journal writes it", "不是规范写法的数额"),
    "head": _said("this is no head of a journal", "不是账簿封签"),
    # the chain
    "changed": _said("the content is not that of the hash", "内容与散列值不符，曾被改动"),
    "gap": _said("entries are missing", "缺少分录"),
    "order": _said("an entry stands where another belongs", "分录被插入或移位"),
    "chain": _said("an entry does not continue the one before", "与上一笔分录衔接不上"),
    "truncated": _said("the end was cut off", "末尾被截去"),
    "rewritten": _said("it is not the entry the head was made of", "与留存的封签不符，曾被重写"),
    "days": _said("a day goes back", "日期倒退"),
    "double-id": _said("an id is used twice", "编号重复"),
    # the rules
    "reverses": _said("a reversal is not that of an entry before", "冲正有误"),
    "double-reversal": _said("an entry is reversed for the second time", "同一分录被冲正两次"),
    "replaces": _said("an entry stands in the place of one that was not taken back", "替代分录有误"),
    "unbalanced": _said("the legs do not add up to nothing", "分录不平"),
    "unknown-move": _said("the rules know no such move", "规则中没有这一事项"),
    "unknown-account": _said("the rules know no such account", "规则中没有这一账户"),
    "asset": _said("an account does not hold this asset", "账户不存这种资产"),
    "below-least": _said("an account falls below its least", "账户低于下限"),
    "above-most": _said("an account rises above its most", "账户高于上限"),
}
