"""What the demo says about the invented Zhucheng, in both languages."""

from ....basics import Label

CITY_WORDS = {
    "city-title": Label(
        en="An invented Zhucheng (seed {seed}) in the third quarter of 2024: {communities} communities, "
        "{linkers} linkers, {households} households, {facts} facts",
        zh="虚构的诸城市 2024 年第三季度（种子 {seed}）：{communities} 个城乡社区、{linkers} 名联户干部、"
        "{households} 户居民，{facts} 条事实",
    ),
    "city-invented": Label(
        en="Published are {communities} communities, over {linkers} linkers and {households} households. "
        "Units, people and facts are invented, and what the sources leave open is illustrative.",
        zh="公布的规模为 {communities} 个社区、{linkers} 余名联户干部、{households} 户。"
        "单位、人员和事实均为虚构，来源未载明之处仅为示例。",
    ),
    "city-written": Label(en="Written: {snapshot} and {visits}", zh="已写入：{snapshot} 和 {visits}"),
    "city-whole": Label(
        en="{records} records read from files and held against {structure}: {problems} problems",
        zh="从文件读入 {records} 条记录，按 {structure} 核对：{problems} 个问题",
    ),
    "city-flaws": Label(
        en="What a broken one looks like: a small city with {flaws} broken records, all problems at once",
        zh="出错时的样子：在一个小规模城市中放入 {flaws} 条错误记录，一次列出全部问题",
    ),
    "city-merged": Label(
        en="On {on} {before} became {after}; nothing was overwritten. Villages under it: "
        "{villages} the day before, {now} that day.",
        zh="{on} {before} 合并为 {after}，原记录未被改写。其下自然村：前一日 {villages} 个，当日 {now} 个。",
    ),
    "city-duties": Label(
        en="Duties of {book} as known on {on}: {count} obligations in {period}",
        zh="{on} 所知的履责情况（{book}，{period}）：{count} 项应办事项",
    ),
    "city-behind": Label(
        en="The {count} linkers with most that is overdue or missed",
        zh="逾期未办和漏办最多的 {count} 名联户干部",
    ),
    "city-why": Label(
        en="Why a visit to household {household} stands as it does, in both languages",
        zh="居户 {household} 一项走访的情况及理由（两种语言）",
    ),
    "city-coverage": Label(en="Coverage by {book} on {on}", zh="{on} 的覆盖检查（{book}）"),
    "city-circle": Label(
        en="Fifteen minutes on foot: {points} service points (the published number) and {homes} invented "
        "buildings",
        zh="15 分钟服务圈：{points} 个服务点（公布数）和 {homes} 栋虚构的建筑",
    ),
    "city-reached": Label(
        en="{minutes} minutes at {speed} metres a minute, along ways {detour} times the straight line: "
        "{residents} % of {people} residents, {buildings} % of the buildings",
        zh="步行 {minutes} 分钟、每分钟 {speed} 米、绕行系数 {detour}：覆盖居民 {people} 人的 {residents} %、"
        "建筑的 {buildings} %",
    ),
    "city-unreached": Label(
        en="Out of reach: {count} buildings; the nearest is {home}, {metres} m from {point}; the furthest "
        "{last}, {far} m from {last_point}",
        zh="未覆盖：{count} 栋；最近的是 {home}，距 {point} {metres} 米；"
        "最远的是 {last}，距 {last_point} {far} 米",
    ),
    "city-ledger": Label(
        en="Accounts by {rules}: hours of an invented volunteer",
        zh="账户（{rules}）：一名虚构志愿者的服务时间",
    ),
    "city-refused": Label(
        en="An entry that is refused says why, in both languages", zh="不予入账时说明理由（两种语言）"
    ),
    "city-tampered": Label(
        en="{entries} entries, head {head}…; one amount changed by hand, and the journal verified again:",
        zh="共 {entries} 笔分录，封签 {head}……；手工改动一笔数额后重新核验：",
    ),
    "city-kind": Label(en="unit", zh="单位"),
    "city-count": Label(en="on {on}", zh="{on} 在册"),
    "city-duty": Label(en="duty", zh="责任"),
    "city-all": Label(en="all", zh="合计"),
    "city-linker": Label(en="linker", zh="联户干部"),
    "city-origin": Label(en="from", zh="来源"),
    "city-open": Label(en="overdue or missed", zh="逾期或漏办"),
    "city-owed": Label(en="owed", zh="应办"),
    "city-check": Label(en="check", zh="检查"),
    "city-base": Label(en="looked at", zh="对象数"),
    "city-met": Label(en="met", zh="达标"),
    "city-mean": Label(en="mean", zh="平均"),
    "city-hard": Label(en="faults", zh="不达标"),
    "city-soft": Label(en="only told", zh="仅提示"),
    "done-status": Label(en="done", zh="已完成"),
    "excused": Label(en="excused", zh="免除"),
    "late": Label(en="late", zh="逾期完成"),
    "overdue": Label(en="overdue", zh="逾期未办"),
    "missed": Label(en="missed", zh="漏办"),
    "city-invent": Label(en="invent the city and its visits", zh="生成城市和走访记录"),
    "city-write": Label(en="write them as files", zh="写成文件"),
    "city-read": Label(en="read the organisation from files", zh="从文件读入组织"),
    "city-fit": Label(en="check that all fits together", zh="核对一致性"),
    "city-visits": Label(en="read the visits", zh="读入走访记录"),
    "city-owe": Label(en="check the duties", zh="核对履责情况"),
    "city-explain": Label(en="explain one household, in both languages", zh="说明一户的理由（两种语言）"),
    "city-cover": Label(en="check coverage", zh="检查覆盖"),
    "city-walk": Label(en="the circle of fifteen minutes", zh="15 分钟服务圈"),
    "city-accounts": Label(en="post to the accounts", zh="记账"),
    "snapshot-hint": Label(en="an organisation from a folder, checked:", zh="核对文件夹中的组织："),
    "duties-hint": Label(en="who owes what on a day:", zh="查看某日应办事项："),
    "coverage-hint": Label(en="who is left out:", zh="查看覆盖缺口："),
}
