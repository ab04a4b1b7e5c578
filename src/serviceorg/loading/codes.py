"""What every kind of problem of a rule or workflow file means, in English and Chinese.

Files of other sorts share the first catalogue, and have one of their own in a module beside this one.

A code is stable: a host may show its own help for it, and the documentation has a line for each.
"""

from ..basics import Label


def _said(en: str, zh: str) -> Label:
    return Label(zh=zh, en=en)


#: Code of a problem -> its meaning.
CODES: dict[str, Label] = {
    # the file
    "no-file": _said("the file or folder does not exist", "文件或文件夹不存在"),
    "unreadable": _said("the file cannot be read from the disk", "文件无法从磁盘读取"),
    "too-big": _said("the file is longer than a rule file may be", "文件超出规则文件的长度上限"),
    "encoding": _said("the file is not written in UTF-8", "文件不是 UTF-8 编码"),
    "syntax": _said("a line cannot be read as TOML", "某一行不符合 TOML 写法"),
    "double-key": _said("the same key is written twice", "同一个键写了两次"),
    "nesting": _said("lists or tables lie too deep inside one another", "列表或表格嵌套过深"),
    "key-parts": _said("a key has too many parts", "键的层级过多"),
    "too-long": _said("a text, key or number is too long", "文字、键或数字过长"),
    "too-many": _said("a list has too many entries", "列表条目过多"),
    "more": _said("there are further problems that are not shown", "还有更多问题未列出"),
    # keys and values
    "unknown-key": _said("nothing reads this key", "未知的键，没有任何规则读取它"),
    "missing-key": _said("a key that must be there is missing", "缺少必填的键"),
    "wrong-type": _said("the value is of another type than the key takes", "值的类型不对"),
    "unknown-word": _said("the word is none of those allowed here", "此处不允许这个词"),
    "bad-id": _said("this is not a well-formed id", "编号的写法不对"),
    "bad-number": _said("the number is not finite, too large or too fine", "数字不是有限数、过大或过细"),
    "out-of-range": _said("the number lies outside its bounds", "数字超出允许范围"),
    "decimals": _said("the number has more decimals than the rule set's scale", "小数位数超过本办法的精度"),
    "bad-date": _said("this is no date, or one outside 1900 to 2200", "不是日期，或不在 1900 至 2200 年之间"),
    "bad-label": _said("a title says nothing in either language", "标题中英文皆为空"),
    "empty": _said("a text, list or table must not be empty here", "此处不能为空"),
    "one-of": _said("exactly one (or at most one) of several keys is allowed", "几个键中只能写一个"),
    # names
    "double-id": _said("an id is used twice", "编号重复"),
    "unknown-category": _said("no category has this id", "没有这个大项"),
    "unknown-item": _said("no item has this id", "没有这个小项"),
    "unknown-grade": _said("no grade has this id", "没有这个等次"),
    "unknown-scope": _said(
        "this names neither the total nor a category or an item", "既不是总分，也不是大项或小项"
    ),
    "unknown-kind": _said("no fact kind is declared under this id", "没有声明这一事实类别"),
    "unknown-attribute": _said("the fact kind has no such attribute", "该事实类别没有这个属性"),
    "attribute-type": _said(
        "the attribute is of another type than is needed here", "属性的类型不符合此处需要"
    ),
    "unknown-value": _said("the attribute cannot have this value", "属性不可能取这个值"),
    "missing-value": _said("a value the attribute may have is not named", "属性可能的取值没有列出"),
    "no-amount": _said("facts of this kind carry no amount", "该事实类别没有数量"),
    "kind-clash": _said("a fact kind is declared again, differently", "同一事实类别的声明前后不一"),
    # clauses
    "misplaced-key": _said("the key belongs somewhere else", "键写错了位置"),
    "pay": _said("an item must say exactly once what it pays", "小项必须且只能写一种计分方式"),
    "measure": _said("an item measures in one way only", "小项只能有一种计量方式"),
    "pay-fit": _said("this way of paying does not fit what is measured", "计分方式与计量方式不配"),
    "key-fit": _said("a key does not go with the others that are written", "该键与所写的其他键不相配"),
    "missing-rule": _said("it is not said what a missing answer means", "没有写明缺数据时如何计"),
    "missing-fit": _said("a missing answer cannot occur here", "此处不会缺数据，不应写 missing"),
    "never-fed": _said("no fact can ever feed this", "没有任何事实能计入此项"),
    "counted-twice": _said("one fact would be counted twice", "同一事实会被重复计分"),
    "order": _said("rungs or slices do not stand in ascending order", "分档没有从低到高排列"),
    "unreachable-rung": _said("a rung can never be reached", "该档永远达不到"),
    "span": _said("the span is longer than the period of the rule set", "时段长于考核周期"),
    "weights": _said("the weights cannot be used", "权重无法使用"),
    "overflow": _said("amounts could become too large to be computed exactly", "数值可能过大，无法精确计算"),
    # results
    "band-order": _said("grades do not stand highest first", "等次没有从高到低排列"),
    "band-gap": _said("a total between two grades has no grade", "两个等次之间有空档"),
    "band-overlap": _said("two grades claim the same total", "两个等次有重叠"),
    "band-unreachable": _said(
        "a grade or star lies above every attainable total", "等次高于可能得到的最高分"
    ),
    "band-open": _said("totals below the last grade have no grade", "最低等次以下的分数没有等次"),
    "condition": _said("a condition compares nothing, or can never hold", "条件没有比较内容，或永远不成立"),
    "share": _said(
        "a quota must be more than nothing and at most everything", "名额比例必须大于零且不超过全部"
    ),
    "promise": _said("the rule set does not have as many parts as it promises", "实际数目与承诺的数目不符"),
    "roll-up": _said("parts of the period do not make up the longer period", "汇总周期不成立"),
    # amendments
    "amend-path": _said("an amendment changes something that is not there", "修订所指的内容不存在"),
    "amend-order": _said("amendments do not follow one another in time", "修订没有按时间先后排列"),
    "amend-fixed": _said("this holds for all versions and cannot be amended", "此项适用于全部版本，不能修订"),
    # golden cases
    "case-title": _said("two golden cases have the same title", "两个算例标题相同"),
    "case-fact": _said("a fact of a golden case does not fit its kind", "算例中的事实与其类别不符"),
    "case-expect": _said("a golden case expects something no score says", "算例的期望结果无法核对"),
    "case-period": _said("the period of a golden case cannot be read", "算例的周期无法识别"),
    "case-subject": _said("a golden case speaks of a subject it does not name", "算例提到了未列出的对象"),
}

#: Code of a problem that only workflow files have -> its meaning. A "promise" there is more than a number.
FLOW_CODES: dict[str, Label] = {
    # names
    "unknown-name": _said("nothing of that kind has this id", "没有这个编号的状态、动作、字段等"),
    "reserved-id": _said("the id is a word with a meaning of its own", "编号是有专门含义的词"),
    "name-clash": _said(
        "two things that one list may name have the same id", "同一列表可能提到的两项编号相同"
    ),
    # what fits
    "field-type": _said("a field is of another type than is needed", "字段的类型不对"),
    "slot-kind": _said(
        "a slot holds people where units are needed, or the reverse", "责任位填的是人而需要单位，或相反"
    ),
    "bounds": _said("nothing lies in the range", "范围之内没有任何数"),
    "table-keys": _said(
        "a table names texts that never come, or leaves some out", "对照表有不会出现的文字，或有遗漏"
    ),
    "moment": _said("a moment has no zone or no time of day", "时刻没有时区或钟点"),
    "unknown-need": _said("a need has no key that names its kind", "条件中没有表明种类的键"),
    "need-fit": _said("a need asks what cannot be answered here", "此处无法回答这一条件"),
    "routes": _said("routes may all fail, or one can never be taken", "可能没有去向可走，或某去向永远走不到"),
    "part-form": _said("the form does not say which piece is complete", "表单没有写明完成的是哪一件"),
    "clock-move": _said("a clock cannot make this move", "计时不能做这个动作"),
    # what is said
    "notice-text": _said(
        "a text names a field or slot that is not there", "告知内容提到了没有的字段或责任位"
    ),
    "confidential": _said(
        "a notice or fact tells what only some roles may see", "告知或事实会说出只有部分角色可见的内容"
    ),
    "field-never-filled": _said("a field that is read stands in no form", "用到的字段不在任何表单中"),
    "fact-attribute": _said("a fact lacks an attribute its kind must have", "事实缺少其类别必备的属性"),
    "counts": _said("the workflow does not have as many parts as it promises", "实际数目与承诺的数目不符"),
    # amendments and golden cases
    "in-flight": _said("tickets of a state that is gone have nowhere to go", "已取消状态的在途工单没有去处"),
    "field-in-flight": _said(
        "a field cannot hold any more what tickets moved over have in it", "字段容不下在途工单已填的内容"
    ),
    "promise-in-flight": _said(
        "tickets moved over to a new version may break a promise", "转入新版本的在途工单可能违背承诺"
    ),
    "case-unit": _said("a unit lies under one that is not in the tree", "上级单位不在组织树中"),
    "case-actor": _said("a golden case lets someone act whom it does not name", "算例中的操作人未列出"),
    "case-step": _said("a step of a golden case cannot be made as written", "算例的某一步无法照做"),
    # the definition as a whole
    "unreachable": _said("no ticket ever comes to this state", "没有工单能到达该状态"),
    "dead-end": _said("no move leads out of a state that is not final", "非终结状态没有出路"),
    "no-end": _said("no final state can be reached from here", "由此到不了任何终结状态"),
    "livelock": _said("tickets go round in a circle that nobody can leave", "工单在一圈状态里循环，无法离开"),
    "stuck": _said("a life of a ticket ends where nothing can be done any more", "工单会停在无事可做之处"),
    "never-made": _said("the move can never be made", "动作永远做不了"),
    "never-taken": _said("the route can never be taken", "去向永远走不到"),
    "nobody-may": _said("nobody can ever make this move", "没有人能做这个动作"),
    "clock-never-starts": _said("the clock can never start", "计时永远不会开始"),
    "clock-never-stops": _said("the clock can never stop", "计时永远不会结束"),
    "clock-left-running": _said("the clock goes on running in a final state", "终结后计时仍在进行"),
    "tier-never": _said("the tier can never act", "该档永远不会触发"),
    "notice-nobody": _said("there is never anybody to tell", "永远没有可告知的人"),
    "fact-nobody": _said("there is never anybody the fact could be about", "事实永远没有对象"),
    "matter-never-settled": _said("a matter is opened that nothing settles", "事项提出后无法了结"),
    "matter-never-opened": _said("a matter is settled that nothing opens", "了结的事项从未提出"),
    "part-never-complete": _said("a part is needed that nothing completes", "需要的分项无法完成"),
    "promise": _said("a promise is not kept: a story breaks it", "承诺不成立，有反例"),
    "promise-empty": _said("a promise is true by its own words and says nothing", "承诺自身恒真，等于没说"),
    "promise-unknown": _said("it could not be shown that a promise is kept", "无法证明承诺成立"),
}
