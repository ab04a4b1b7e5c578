"""The Chinese of what the library itself says in English alone.

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
    "a time zone like 'Asia/Shanghai'": "形如 'Asia/Shanghai' 的时区",
    "true or false": "true 或 false",
    'a number of points, or "none"': '分值，或 "none"',
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
    "a moment with its zone, like 2024-09-27T09:00:00+08:00": "带时区的时刻，如 2024-09-27T09:00:00+08:00",
    # several sorts of books
    'a date, or "none"': '日期，或 "none"',
    'a number, or "none"': '数，或 "none"',
    "a table of units": "单位表",
    "a table of people": "人员表",
    "a table of traits": "属性表",
    "a table of traits and their values": "属性与取值对照表",
    'a table of traits, like { care = "poor" }': '属性表，如 { care = "poor" }',
    'a table of traits, like { care = "poor" }; "" is without any': (
        '属性表，如 { care = "poor" }；"" 表示没有该属性'
    ),
    "a table of attributes and their values": "属性与取值对照表",
    "a table of attributes and what fills them": "属性与填入内容对照表",
    # structure
    "a list of ids, or a table of ids and titles": "编号的列表，或编号与名称对照表",
    "a table of values and effects": "取值与效力对照表",
    # coverage
    'an id, or "" for the check as a whole': '编号；"" 指整项检查',
    "degrees": "度数",
    'a number, or a part like "20%"': '数，或比例，如 "20%"',
    "a table of amounts by name": "各名称的金额表",
    "a table of checks": "检查项表",
    "a table of roles and people": "角色与人员对照表",
    "a table of trees and units": "树与单位对照表",
    'an exact number, a text like "7/8" or "50%", or "none"': '精确的数，或文字，如 "7/8"、"50%"，或 "none"',
    # duties
    'a table like { every = "month", day = 5 }': '表，如 { every = "month", day = 5 }',
    "a number, or 'shortage'": "数，或 'shortage'",
    "a table of statuses and facts": "状态与事实对照表",
    # ledger
    "an account kind like 'points', or a place like 'pool:donation'": (
        "账户种类，如 'points'；或处所，如 'pool:donation'"
    ),
    "the name of a place, of letters, digits, '_' and '-'": "处所名，由字母、数字、'_'、'-' 组成",
    'a table like { "points:A" = 5 }': '表，如 { "points:A" = 5 }',
    "a table like { month = 20 }": "表，如 { month = 20 }",
    "a table like { quarter = 1 }": "表，如 { quarter = 1 }",
    "a table of owners and days": "账户所有人与日期对照表",
    # matching
    "hours like '18:00-07:00'": "钟点，如 '18:00-07:00'",
    "hours like '18:00-07:00', or a table": "钟点，如 '18:00-07:00'，或一张表",
    "a table of aims": "目标与数值对照表",
    "a table of claims": "认领表",
    "a table of listings": "需求、资源与余量对照表",
    "a table of needs": "需求表",
    "a table of needs and offers": "需求与资源对照表",
    "a table of offers": "资源表",
    "a table of offers and numbers": "资源与数目对照表",
    # commitments
    "a number from 0 to 1000000000, or 'done'": "0 至 1000000000 的数，或 'done'",
    "a table of commitments and their progress": "承诺事项与进度对照表",
    "a table of parts and words": "分项与状态对照表",
}

#: A default that is said in words -> Chinese.
DEFAULTS_ZH = {
    "a count": "计数",
    '0, for places "none"': '0；处所为 "none"',
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
    "StructureProblems": "组织架构文件的全部问题",
    "SnapshotProblems": "组织快照中单位、人员与成员关系的全部问题",
    "DutyProblems": "责任文件的全部问题",
    "CoverageProblems": "名额与覆盖检查文件的全部问题",
    "LedgerProblems": "账户规则文件或日记账的全部问题",
    "MatchingProblems": "匹配规则文件的全部问题，或需求与资源的全部问题",
    "CommitmentProblems": "承诺清单文件的全部问题",
    "EntryRefused": "分录未予入账；日记账保持原样",
    "ClaimRefused": "认领未获受理，reasons 说明原因，并尽可能给出办法",
    "Refused": "动作未予执行；工单保持原样",
    "LogProblems": "事件日志或其对照文件的全部问题",
    "TicketError": "工单与流程、时刻或版本号不符",
    "PluginFault": "插件在登记时或计量时出错，注明插件、挂钩和发行包",
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
    "unit": {
        "id": "编号，隶属关系、成员关系与属性用它指明单位。",
        "kind": "单位类别，由组织架构声明。",
        "name": "名称。",
        "since": "第一日；不写时为一向如此。",
        "until": "最后一日（含）；不写时为持续至今。",
        "latitude": "北纬度数，最多七位小数：数，或写成文字的数；与经度同写。",
        "longitude": "东经度数。",
        "size": "人数、间数或平方米，依单位类别而定；最多四位小数。",
    },
    "person": {
        "id": "不透露身份的编号，成员关系与属性用它指明人员。",
        "name": "姓名；展示时隐去。",
        "born": "出生日。",
        "since": "第一日；不写时为一向如此。",
        "until": "最后一日（含）；不写时为持续至今。",
    },
    "placement": {
        "tree": "树，由组织架构声明。",
        "unit": "单位的编号。",
        "parent": "上级单位的编号；不写时在最上层。",
        "since": "第一日；不写时为一向如此。",
        "until": "最后一日（含）；不写时为持续至今。",
    },
    "membership": {
        "person": "人员的编号。",
        "unit": "单位的编号。",
        "role": "角色，由组织架构声明。",
        "affiliation": "隶属方式，由组织架构声明；不写时为一般职务。",
        "since": "第一日；不写时为一向如此。",
        "until": "最后一日（含）；不写时为持续至今。",
    },
    "trait": {
        "of": "单位或人员的编号。",
        "name": "属性，由组织架构声明。",
        "value": "取值。",
        "since": "第一日；不写时为一向如此。",
        "until": "最后一日（含）；不写时为持续至今。",
    },
    "change": {
        "id": "本条变更的编号。",
        "kind": "merge（合并）、split（分设）、rename（更名）或 dissolve（撤销）。",
        "on": "新状态的第一日。",
        "before": "变更后不再存在的单位的编号。",
        "after": "变更后成立的单位的编号。",
        "tickets": "承接在途工单的单位的编号；不写时为 after 中的第一个。",
        "points": "单位积分的去向：sum（随之转入）或 stay（不动）；不写时为 sum。",
        "shares": "分设时如何分配，按 after 的次序；不写时均分。",
        "basis": "所依据的决定。",
    },
}

#: Key of a line of a journal -> English, Chinese.
ENTRY_FIELDS = {
    "by": ("Who booked it.", "记账人。"),
    "evidence": ("What proves it: a number of a file, an address.", "凭证：文号、网址。"),
    "fact": ("Id of the fact it rests on.", "所依据的事实的编号。"),
    "hash": (
        "SHA-256 of the canonical form of the line without this key, in 64 small hexadecimal digits.",
        "本行除此键外的规范写法的 SHA-256 散列值，64 位小写十六进制数。",
    ),
    "id": ("Own id of the entry.", "本笔分录的编号。"),
    "legs": (
        "What moves: a list of [account, asset, amount]; for each asset the amounts add up to 0.",
        "各笔增减：[账户, 资产, 数额] 的列表；每种资产的数额合计为 0。",
    ),
    "memo": ("A remark for people.", "备注。"),
    "move": ("The move or expiry of the rules.", "规则中的事项或到期清零。"),
    "number": ("1 for the first entry, then one more each.", "首笔为 1，逐笔加一。"),
    "occurred_on": ("The day it happened; when absent, the day it is booked.", "业务日期；不写时即入账日。"),
    "on": ("The day it is booked; never before that of the entry above.", "入账日；不早于上一笔的入账日。"),
    "previous": ("The hash of the entry before; of the first, 64 zeros.", "上一笔的散列值；首笔为 64 个 0。"),
    "replaces": (
        "Id of the entry taken back in whose place it stands: what it brings is as old as that.",
        "被本笔替代的、已冲正的分录的编号；期限自其起算。",
    ),
    "reverses": ("Id of the entry it takes back.", "被本笔冲正的分录的编号。"),
}

#: Key of a line of kept heads -> English, Chinese.
HEAD_FIELDS = {
    "number": ("The number of the last entry.", "末笔分录的序号。"),
    "hash": ("Its hash.", "其散列值。"),
    "on": ("Its day.", "其入账日。"),
}
