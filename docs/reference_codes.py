"""What codes mean that the library raises outside the loader's catalogues, in English and Chinese.

Read by ``reference.py``; a test holds each table against the source, so nothing can be forgotten here.
"""

#: Code of a problem in files of facts and subjects -> English, Chinese.
RECORD_CODES = {
    "csv": ("the row or header is not CSV as RFC 4180 has it", "行或表头不是合格的 CSV（RFC 4180）"),
    "date": ("this is no date, or one outside 1900 to 2200", "不是日期，或不在 1900 至 2200 年之间"),
    "duplicate": ("an id, column or first day stands twice", "编号、列名或起始日重复"),
    "encoding": ("a line is not written in UTF-8", "某一行不是 UTF-8 编码"),
    "format": (
        "the file is neither JSON Lines nor CSV by its name",
        "从文件名看，既不是 JSON Lines 也不是 CSV",
    ),
    "id": (
        "this cannot be an id: empty, too long, or with invisible signs",
        "不能作编号：为空、过长或含不可见字符",
    ),
    "json": ("a line is not one JSON object", "某一行不是一个 JSON 对象"),
    "missing": ("a value that must be there is missing", "缺少必填的值"),
    "number": (
        "this is no exact number, or one out of bounds",
        "不是精确的数，或超出范围",
    ),
    "order": ("a last day lies before its first day", "截止日早于起始日"),
    "reversal": ("a reversal of a fact that this file does not have", "冲销的事实不在本文件中"),
    "too-long": ("a line or text is too long", "行或文字过长"),
    "too-many": ("so many problems that reading was stopped", "问题过多，已停止读取"),
    "type": ("the value is of another type than is needed", "值的类型不对"),
    "unknown": ("an unknown column, key or attribute", "未知的列、键或属性"),
    "unreadable": ("the file cannot be read from the disk", "文件无法从磁盘读取"),
    "value": ("the attribute cannot have this value", "属性不可能取这个值"),
}

#: Code of a problem of facts found while computing -> English, Chinese.
SCORING_CODES = {
    "amount-negative": ("a fact carries an amount below 0", "事实的数量小于 0"),
    "fact-number": ("a fact lacks the number a rule pays for", "事实缺少计分所需的数"),
    "fact-twice": ("two facts have the same id", "两条事实编号相同"),
    "fact-value": (
        "the value of an attribute is in no row of points_by or deduct_by",
        "属性的取值不在分值表内",
    ),
    "mark-scale": ("a mark lies outside 0 to the full mark", "评分超出 0 至满分的范围"),
    "mark-unknown": ("a ballot has a word that is no mark", "票上的等次没有对应的分数"),
    "times": ("the times of day are none, or end before they begin", "钟点有误，或先于开始即结束"),
    "passed-twice": (
        "a fact that was passed on to an heir would be passed on again",
        "已转移给承接单位的事实将再次转移",
    ),
    "reverses-itself": (
        "reversals that, one taking back the next, come back to themselves",
        "冲销一条接一条，最终冲销了自己",
    ),
    "reverses-nothing": (
        "a fact reverses one that is not there, or is another subject's",
        "冲销的事实不存在，或属于别的对象",
    ),
}

#: Code of a problem of what does not fit together in a snapshot, or cannot be changed -> English, Chinese.
INTEGRITY_CODES = {
    # each record by itself
    "backwards": ("it ends before it begins", "结束日早于开始日"),
    "double-id": ("a person and a unit have the same id", "人员与单位编号相同"),
    "double-unit": ("two units have the same id", "两个单位编号相同"),
    "double-person": ("two people have the same id", "两名人员编号相同"),
    "double-change": ("two changes have the same id", "两条变更编号相同"),
    "unknown-kind": ("the structure has no such kind of unit", "组织架构中没有这一单位类别"),
    "unknown-tree": ("the structure has no such tree", "组织架构中没有这棵树"),
    "unknown-role": ("the structure has no such role", "组织架构中没有这一角色"),
    "unknown-affiliation": ("the structure has no such affiliation", "组织架构中没有这一隶属方式"),
    "unknown-trait": ("the structure has no such trait", "组织架构中没有这一属性"),
    "unknown-value": ("the trait never has this value", "该属性没有这一取值"),
    "unknown-unit": ("there is no such unit", "没有这个单位"),
    "unknown-parent": ("there is no such unit above", "没有这个上级单位"),
    "unknown-person": ("there is no such person", "没有这名人员"),
    "unknown-owner": ("there is no unit or person of this id", "没有这个编号的单位或人员"),
    "no-end": ("a temporary unit does not say when it ends", "临时单位没有写明最后一日"),
    "unborn": ("it begins before the person was born", "开始日早于出生日"),
    "too-old": ("a person would be older than anybody was", "年龄超出人所能及"),
    "misplaced-role": ("the role is not held at units of this kind", "该角色不设于这一类别的单位"),
    "misplaced-trait": ("the trait is not one of units of this kind, or of people", "该属性不适用于此对象"),
    "unlisted": ("the catalogue has no such item", "清单中没有这一项"),
    # with one another
    "outside-life": (
        "it holds on a day on which its unit or person is not there",
        "所涉单位或人员当日不存在",
    ),
    "parent-gone": ("the unit above is not there on a day", "上级单位当日不存在"),
    "double-placement": ("a unit is at two places of one tree", "单位在同一棵树中有两个位置"),
    "level": ("the kind of unit does not belong below that above", "单位类别与树的层级不符"),
    "circle": ("units lie below one another in a circle", "上下级关系成环"),
    "no-place": ("a unit has no place in a tree that wants one", "单位在必须列入的树中没有位置"),
    "double-bond": (
        "a person has two bonds of which one is allowed, or one bond twice",
        "只能有一处的成员关系有了两处，或同一关系重复",
    ),
    "double-trait": (
        "a trait has two values at a time, or one value twice",
        "属性同时有两个取值，或同一取值重复",
    ),
    "too-few": ("too few people hold the role at a unit", "该单位任此角色的人过少"),
    "too-many": ("too many people hold the role at a unit", "该单位任此角色的人过多"),
    "not-offered": ("a unit does not offer what it must", "单位没有提供必备事项"),
    # changes of units
    "unknown-change": ("there is no such kind of change", "没有这一变更种类"),
    "arity": ("too few or too many units before or after it", "变更前后的单位数目不对"),
    "twice": ("a unit stands twice on one side", "同一侧写了两次同一单位"),
    "heir": (
        "open tickets pass to a unit that is not after it, or away from one that lives on",
        "承接在途工单的单位不在变更之后，或原单位仍存续",
    ),
    "points": ("the word is none of those allowed here", "此处不允许这个词"),
    "shares": ("the shares do not divide the whole", "比例不能恰好分完"),
    "same-day": ("a unit is in two changes of one day", "同一单位同日有两条变更"),
    "ids": ("units of a change are no list of ids", "变更所涉单位不是编号列表"),
    "not-there": ("a unit or person is not there on that day", "单位或人员当日不存在"),
    "not-ended": ("a unit that ended goes on", "应当结束的单位仍在"),
    "not-begun": ("a unit that came to be is not there", "应当成立的单位不存在"),
    # moves that were asked for
    "planned-later": ("something later is written already", "之后的安排已经写下"),
    "no-bond": ("there is no bond to end or to move", "没有可结束或变动的成员关系"),
    "several-bonds": ("several bonds could be meant", "可能所指的成员关系不止一处"),
    "no-cutoff": ("nobody says who assesses after a move", "没有规定年中调动由谁考核"),
}

#: Head of a sort of file -> code of a problem that only computing by it finds -> English, Chinese.
ENGINE_CODES = {
    "structure": {},
    "duties": {
        "unknown-value": ("the trait never has this value", "该属性没有这一取值"),
        "never-held": ("the role or trait never occurs there", "该角色或属性不会出现在此处"),
    },
    "coverage": {
        "unknown-word": ("the structure declares no such word", "组织架构中没有声明这个词"),
        "unknown-amounts": ("no check reads these amounts", "没有检查项读取这些金额"),
        "no-amount": ("a fact lacks the number that is added up", "事实缺少要合计的数"),
        "no-place": ("a unit has no latitude and longitude", "单位没有经纬度"),
    },
    "ledger": {},
    "matching": {
        "unknown-id": ("there is no such need, offer or claim", "没有这个编号的需求、资源或认领"),
        "distance": ("a distance is no whole number from 0 on", "距离不是大于等于 0 的整数"),
        "too-big": ("there is too much for the optimal solver", "规模超出求最优解的上限"),
        "solver": ("the optimal solver found no answer", "求解程序没有得出结果"),
    },
    "commitments": {
        "no-quantity": ("a fact lacks the number that progress is measured by", "事实缺少衡量进度的数"),
    },
}

#: Code of a reason for which an entry is not posted (``EntryRefused``) -> English, Chinese.
ENTRY_CODES = {
    "unknown-move": ("the rules have no such move", "规则中没有这一事项"),
    "not-in-force": ("no version of the move or account is in force", "当日没有施行中的规定"),
    "unknown-owner": ("nobody has this id", "没有这个编号的账户所有人"),
    "other-missing": ("the other party is not named", "没有写明对方"),
    "other-surplus": ("the move has no other party", "该事项没有对方，却写了对方"),
    "same-account": ("an account would give to itself", "账户记入其自身"),
    "before-last": ("the day lies before that of the last entry", "入账日早于末笔分录"),
    "occurs-later": ("it would happen after it is booked", "业务日期晚于入账日"),
    "same-id": ("the id is that of an entry that says something else", "编号已属于另一笔不同的分录"),
    "amount-missing": ("no amount is given", "没有写明数额"),
    "amount-fixed": ("the move always moves another amount", "该事项数额固定，所写不符"),
    "amount-all": ("the move takes all there is; no amount is given", "该事项取全部余额，不写数额"),
    "amount-zero": ("an amount is above 0", "数额应大于零"),
    "amount-least": ("less than the least of one entry", "少于每笔的最低数额"),
    "amount-most": ("more than the most of one entry", "多于每笔的最高数额"),
    "amount-multiple": ("no whole multiple of what the move says", "不是规定数额的整倍数"),
    "amount-scale": ("more decimals than the asset has", "小数位数多于该资产所允许"),
    "amount-large": ("more than a balance can hold exactly", "超出可精确记账的范围"),
    "limit-least": ("the account would hold less than it must", "账户将低于下限"),
    "limit-most": ("the account would hold more than it may", "账户将高于上限"),
    "nothing-left": ("there is nothing to take", "已无可取"),
    "only": ("the move may not take from this account", "该事项不能从此账户支出"),
    "times": ("as often as the move allows already", "次数已满"),
    "total": ("more in all than the move allows", "累计超出规定"),
    "need": ("the owner does not have what is asked for before", "账户所有人未达到前提"),
    "standing-missing": ("the move is for others only", "该事项不适用于此账户所有人"),
    "standing-bars": ("the move is deferred for the time being", "该事项暂缓"),
    "standing-unknown": ("no move asks for this standing", "各事项均不问这种情形"),
    "evidence-missing": ("the evidence is not named", "没有写明凭证"),
    "expire-first": ("what has ended is not booked out yet", "到期的数额尚未清零"),
    "unknown-entry": ("there is no entry of this id", "没有这个编号的分录"),
    "reversed-already": ("the entry was reversed before", "该分录已经冲正"),
    "reversal-of-reversal": ("a reversal is not reversed", "冲正分录不能再冲正"),
    "replaces-unknown": ("the entry in whose place it would stand is not there", "所替代的分录不存在"),
    "replaces-standing": ("the entry in whose place it would stand still stands", "所替代的分录尚未冲正"),
    "replaced-already": ("another entry stands in that place already", "所替代的分录已另有替代"),
}

#: Code of a reason for which a claim or response is not taken (``ClaimRefused``) -> English, Chinese.
CLAIM_CODES = {
    "not-listed": ("the need or offer is not on the list that day", "需求或资源当日不在清单上"),
    "own-need": ("somebody would answer their own need", "认领自己的需求"),
    "other-kind": ("the offer is of another kind", "资源类别与需求不同"),
    "area-not-covered": ("the offer is not for this area", "资源不面向该区域"),
    "hours-too-short": ("the hours both have are too short", "共同时段过短"),
    "no-common-hours": ("there are no hours both have", "没有共同时段"),
    "says-nothing": ("an attribute is not said that must be known", "没有写明必须写明的属性"),
    "nothing-shared": ("the attribute has no value in common", "属性没有共同的取值"),
    "lacks": ("the offer lacks a value the need has", "资源缺少所需的属性值"),
    "same-on-both": ("the attribute is the same on both sides", "双方属性相同，须回避"),
    "not-one-of": ("the attribute is none of the values allowed", "属性不在允许的取值之内"),
    "quota-full": ("the offer serves as many needs as its quota lets it", "资源所承担的已达定额上限"),
    "used-up": ("the offer has not so much left at that time", "资源该时段余量不足"),
    "booked-twice": ("somebody is bound at that time already", "该时段已有安排"),
    "not-yours": ("the listing belongs to somebody else", "需求或资源属于他人"),
    "listing-withdrawn": ("the need or offer was withdrawn", "需求或资源已撤回"),
    "need-taken": ("not so much of the need is open", "需求所余不足"),
    "hours-outside": ("the hours asked for are not those both have", "所求时段不在共有时段之内"),
    "entered-late": ("something later was recorded before it", "未按先后登记"),
    "no-longer": ("what was claimed or listed stands otherwise now", "所回应的事项状态已变"),
    "not-for-you": ("it is for somebody else to answer so", "无权作此回应"),
    "only-withdraw": (
        "a need or offer can only be withdrawn, and once",
        "需求或资源只能撤回，且只能撤回一次",
    ),
}
