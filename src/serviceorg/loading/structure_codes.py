"""What the kinds of problem mean that only structure files and folders of snapshots have, in two languages.

Those they share with rule files are in ``CODES``; what does not fit together in a snapshot is told by
``check_snapshot``, with codes of its own.
"""

from ..basics import Label


def _said(en: str, zh: str) -> Label:
    return Label(zh=zh, en=en)


#: Code of a problem of a structure file -> its meaning.
STRUCTURE_CODES: dict[str, Label] = {
    "unknown-name": _said("nothing of that sort has this id", "没有这个编号的类别、角色、属性或树"),
    "reserved-id": _said("the id is a word with a meaning of its own", "编号是有专门含义的词"),
    "bounds": _said("nothing lies in the range", "范围之内没有任何数"),
    "counts": _said("there are not as many parts as are promised", "实际数目与承诺的数目不符"),
    "unreachable-category": _said("nobody ever comes to this category", "没有人会归入这一类别"),
}

#: Code of a problem of form in a folder of a snapshot -> its meaning.
SNAPSHOT_CODES: dict[str, Label] = {
    # the folder
    "no-file": _said("the folder is not there or holds no snapshot", "文件夹不存在，或其中没有快照文件"),
    "unknown-file": _said("a file does not belong to a snapshot", "文件夹中有不属于快照的文件"),
    "double-file": _said("two files hold the same sort of records", "同一类记录有两个文件"),
    "unreadable": _said("a file or folder cannot be read from the disk", "文件或文件夹无法读取"),
    "format": _said("this is no file that can be read", "这不是可以读取的文件"),
    "more": _said("there are further problems that are not shown", "还有更多问题未列出"),
    "too-many": _said("one file has too many problems to be read on", "一个文件的问题过多，未读完"),
    # lines
    "encoding": _said("a text is not UTF-8", "文字不是 UTF-8 编码"),
    "too-long": _said("a line or text is too long", "行或文字过长"),
    "csv": _said("a line cannot be read as CSV", "某一行不符合 CSV 写法"),
    "json": _said("a line cannot be read as JSON", "某一行不符合 JSON 写法"),
    # records
    "unknown": _said("nothing reads this column or key", "未知的列或键"),
    "missing": _said("a column or key that must be there is missing", "缺少必填的列或键"),
    "duplicate": _said("an id or column stands twice", "编号或列重复"),
    "id": _said("this is not a well-formed id", "编号的写法不对"),
    "text": _said("a text holds a sign no file can hold", "文字中有无法写入文件的符号"),
    "type": _said("the value is of another type than the key takes", "值的类型不对"),
    "value": _said("the word is none of those allowed here", "此处不允许这个词"),
    "date": _said("this is no date, or one outside 1900 to 2200", "不是日期，或不在 1900 至 2200 年之间"),
    "number": _said("this is no number, or one out of bounds", "不是数字，或超出允许范围"),
    # writing
    "not-empty": _said("the folder holds something already", "文件夹不是空的"),
    "unwritable": _said("a record or folder cannot be written", "记录或文件夹无法写入"),
    "unknown-word": _said("the word is none of those allowed here", "此处不允许这个词"),
}
