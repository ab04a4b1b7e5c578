"""The Chinese of what the library itself says in English alone, and the meaning of codes it only raises.

Read by ``reference.py``; a test holds both against the source, so nothing can be forgotten here.
"""

#: Words of a type in the loader -> Chinese. Ranges, choices and tables are translated by pattern.
TYPES_ZH = {
    "tables like [fact.shift]": "形如 [fact.shift] 的表",
    "an id like 'place/name'": "形如 'place/name' 的编号",
    'a text, or { zh = "…", en = "…" }': '文字，或 { zh = "…", en = "…" }',
    "an id": "编号",
    "a text": "文字",
    "a date like 2024-07-31": "形如 2024-07-31 的日期",
    "true or false": "true 或 false",
    'a number of points, or "none"': '分值，或 "none"',
    "a number above 0, at most 1000000": "大于 0、不超过 1000000 的数",
    "true, false or a table": "true、false 或一张表",
    "a table of attributes": "属性表",
    'a table of attributes, like { role = "lead" }': '属性表，如 { role = "lead" }',
    "'period', 'ever', or a length like { months = 12 }": "'period'、'ever'，或时长，如 { months = 12 }",
    "a word like 'count', or a plug-in's measure like 'plugin.name'": (
        "一个词，如 'count'；或插件的计量，如 'plugin.name'"
    ),
    "a table of options": "参数表",
    "a table like { level = { city = 2, province = 4 } }": "表，如 { level = { city = 2, province = 4 } }",
    "an attribute, or a table": "属性名，或一张表",
    "an attribute, or a table of attributes": "属性名，或属性表",
    "a whole number, or a table like { day = 1, month = 4 }": "整数，或表，如 { day = 1, month = 4 }",
    "a number of points, or a table like { month = 5, year = 40 }": "分值，或表，如 { month = 5, year = 40 }",
    'a number from 0 to 1000000, or a fraction in quotation marks like "1/3"': (
        '0 至 1000000 的数，或加引号的分数，如 "1/3"'
    ),
    "a table of words and marks": "词与分数对照表",
    'a number, or a share in quotation marks like "20%"': '数，或加引号的比例，如 "20%"',
    "'zero', 'no_grade', 'no_star', 'no_award' or { grade_at_most = \"…\" }": (
        "'zero'、'no_grade'、'no_star'、'no_award'，或 { grade_at_most = \"…\" }"
    ),
    "a table of values and lengths": "取值与时长对照表",
    'a part like 0.2, "20%" or "1/3"': '比例，如 0.2、"20%" 或 "1/3"',
    'a table like { "item.A01.points" = 0.6 }': '表，如 { "item.A01.points" = 0.6 }',
    'a table of results, like { total = 65, grade = "pass" }': '结果表，如 { total = 65, grade = "pass" }',
    "a table of subjects and results": "对象与结果对照表",
    'a text, or a list like [{ since = 2024-07-01, value = "…" }]': (
        '文字，或列表，如 [{ since = 2024-07-01, value = "…" }]'
    ),
    # workflow files
    "true": "true",
    "a role, 'anyone', 'clock', or a table like { slot = \"handler\" }": (
        "角色、'anyone'、'clock'，或表，如 { slot = \"handler\" }"
    ),
    "a state, or '@open', '@active', '@waiting', '@final'": (
        "状态，或 '@open'、'@active'、'@waiting'、'@final'"
    ),
    "a table of slots and values": "责任位与取值对照表",
    "a table of texts and ids": "文字与编号对照表",
    "a table of texts and values": "文字与取值对照表",
    "a table of texts and durations": "文字与时长对照表",
    "a table of attributes and values": "属性与取值对照表",
    'a text, a number, true, false, a date, or a table like { field = "x" }': (
        '文字、数、true、false、日期，或表，如 { field = "x" }'
    ),
    "a text, a number, true, false or a date": "文字、数、true、false 或日期",
    "a list of needs; an entry may be a list of needs that must hold together": (
        "条件的列表；一项也可以是须同时成立的几个条件的列表"
    ),
    "'all', 'any', a number of them, or a part like \"2/3\"": (
        "'all'（全部）、'any'（任一）、数目，或比例，如 \"2/3\""
    ),
    'a part like 0.5, "50%" or "1/2"': '比例，如 0.5、"50%" 或 "1/2"',
    'a table like { "clock.resolve.limit.working_days" = 10 }': (
        '表，如 { "clock.resolve.limit.working_days" = 10 }'
    ),
    "a table of old and new states": "新旧状态对照表",
    "a table of actors": "操作人表",
    "a table of units and those above": "单位与上级对照表",
    "a table of fields and values": "字段与值对照表",
    "a table of child tickets and states": "子工单与状态对照表",
    "a table of slots and ids": "责任位与编号对照表",
    "a table of clocks and moments": "计时与时刻对照表",
    "a table of clocks and verdicts": "计时与结论对照表",
    "a table of matters and numbers": "事项与数目对照表",
    "a table of moves and numbers": "动作与次数对照表",
    "a moment with its zone, like 2024-09-27T09:00:00+08:00": ("带时区的时刻，如 2024-09-27T09:00:00+08:00"),
}

#: Class of an error -> what it means in Chinese.
ERRORS_ZH = {
    "AmountError": "数字不精确（二进制浮点数、NaN），或超出范围",
    "PeriodError": "周期或日期无法识别，或与评分办法不符",
    "UnknownIdError": "没有登记过这个编号",
    "NotInForceError": "当日没有任何版本施行",
    "CalendarNotPublished": "这一天的日历尚未公布，或未收录",
    "MomentError": "时刻没有注明时区",
    "DurationError": "期限或其延长无法计算",
    "ScoringError": "所问的问题，这份办法无法回答",
    "Problems": "一份输入的全部问题，按先后排列",
    "RuleSetProblems": "规则文件或文件夹的全部问题",
    "FactProblems": "事实或对象的全部问题",
    "CalendarProblems": "日历年文件的全部问题，或互相矛盾的日子",
    "WorkflowProblems": "流程文件的全部问题",
    "FormProblems": "动作所填内容的全部问题；工单保持原样",
    "UnitProblems": "组织树的全部问题",
    "LogProblems": "事件日志或其对照文件的全部问题",
    "TicketError": "工单与流程、时刻或版本号不符",
    "PluginFault": "插件在登记时或计量时出错，注明插件、挂钩和发行包",
}

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

#: Code of a problem found while scoring -> English, Chinese.
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
    "reverses-itself": (
        "reversals that, one taking back the next, come back to themselves",
        "冲销一条接一条，最终冲销了自己",
    ),
    "reverses-nothing": (
        "a fact reverses one that is not there, or is another subject's",
        "冲销的事实不存在，或属于别的对象",
    ),
}

#: Table and key of a data file -> Chinese.
FIELDS_ZH = {
    "fact": {
        "id": "本条事实的编号；不写时为“L”加行号。",
        "subject": "关于谁，写对象的编号。",
        "kind": "事实类别，由评分办法声明。",
        "on": "发生日。",
        "amount": "数量，最多四位小数：数，或写成文字的数。只有已定案的评分结果（scorecard）的总分可以为负。",
        "recorded_on": "登记日；不写时即发生日。",
        "decided_on": "认定日。",
        "recorded_by": "登记人。",
        "evidence": "凭据：文号、网址。",
        "reverses": "同一文件中被本条冲销的事实的编号。",
        "attributes": "该事实类别声明的其他内容：文字、数、true 与 false、日期。",
    },
    "subject": {
        "id": "编号，事实用它指明对象。",
        "kind": "member、organisation、window 或办法所写的其他种类；不写时为 member。",
        "name": "姓名；展示时隐去，写了 --show-names 的除外。",
        "category": "对象类别，或注明日期的各类别。",
        "organisation": "所属单位，或注明日期的各单位。",
        "joined": "属于本单位的第一日。",
        "left": "属于本单位的最后一日。",
        "exemptions": "不与他人同等考核的时段（免考核、免定等次）。",
    },
}
