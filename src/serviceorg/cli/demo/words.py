"""What the demo says, in both languages."""

from ...basics import Label
from .zhucheng.words import CITY_WORDS

WORDS = CITY_WORDS | {
    "title": Label(
        en="The year 2024 in an invented Erqi (seed {seed}): {organisations} organisations, "
        "{members} members, {facts} facts",
        zh="虚构的二七区 2024 年（种子 {seed}）："
        "{organisations} 个基层党组织，{members} 名党员，{facts} 条事实",
    ),
    "invented": Label(
        en="The published size is {organisations} organisations and {members} members. People and facts are "
        "invented, and the amounts of the rules are illustrative.",
        zh="公布的规模为 {organisations} 个基层党组织、{members} 名党员。"
        "人员和事实均为虚构，规则中的分值仅为示例。",
    ),
    "written": Label(en="Written: {facts} and {subjects}", zh="已写入：{facts} 和 {subjects}"),
    "grades": Label(en="Grades by {rules}", zh="等次分布（{rules}）"),
    "best": Label(
        en="The first {count} of the district, by total; places are drawn within each domain",
        zh="全区总分前 {count} 名；名次按领域排列",
    ),
    "middle": Label(
        en="Why the member in the middle has this result: {subject} {name}, shortened, in both languages",
        zh="居中党员 {subject} {name} 的评分理由（节选，两种语言）",
    ),
    "nobody": Label(en="No member of so few has a grade yet.", zh="人数太少，尚无人评定等次。"),
    "what-if": Label(en="What if this amendment had been in force", zh="如果当年已有以下修订"),
    "all": Label(en="All {count} members scored by both rules", zh="按新旧规则为全部 {count} 名党员计分"),
    "sample": Label(
        en="A sample, every {step}th member ({count}), scored by both rules",
        zh="抽样每 {step} 名取 1 名（共 {count} 名），按新旧规则计分",
    ),
    "differ": Label(
        en="{changes} of {count} results differ, {grades} of them in the grade; the largest differences:",
        zh="{count} 份结果中有 {changes} 份不同，其中 {grades} 份等次改变；变化最大的：",
    ),
    "tickets": Label(
        en="Tickets: {workflow}, {states} states, {moves} moves, "
        "{promises} promises proved of every possible life",
        zh="工单：{workflow}，{states} 个状态、{moves} 个动作，{promises} 项承诺已对一切可能的经过证明",
    ),
    "one-ticket": Label(
        en="One goes through; every line is a move somebody was allowed to make "
        "(people and texts are invented)",
        zh="一件办结的经过；每一行都是有权之人的一个动作（人员和内容均为虚构）",
    ),
    "one-refusal": Label(
        en="A move that is refused says why, and what would help (the actor is the clerk)",
        zh="被拒绝的动作会说明理由和补救办法（操作人为受理员）",
    ),
    "one-overdue": Label(
        en="Another is forgotten: nobody acts, so the clock does",
        zh="另一件无人办理：到时由系统处理",
    ),
    "one-clock": Label(
        en="Why the opinion on {ticket} was due when it was", zh="{ticket} 的征求意见期为何于此时届满"
    ),
    "one-notices": Label(en="messages to send: {notices}", zh="应发告知：{notices}"),
    "their-facts": Label(
        en="The facts that came out: dated statements about people, which rule sets can score",
        zh="由此产生的事实：注明日期、关于人员的陈述，可供评分办法计分",
    ),
    "replayed": Label(
        en="Replayed from their histories, {same} of {count} tickets are equal to what they were.",
        zh="按各自的流转记录重演，{count} 件工单中有 {same} 件与原件完全相同。",
    ),
    "moment": Label(en="moment", zh="时间"),
    "done": Label(en="what was done", zh="动作"),
    "by": Label(en="by", zh="操作人"),
    "state": Label(en="state reached", zh="到达状态"),
    "due": Label(en="due", zh="时限届满"),
    "fact": Label(en="fact", zh="事实"),
    "day": Label(en="on", zh="日期"),
    "about": Label(en="about", zh="关于"),
    "attributes": Label(en="says", zh="内容"),
    "walk": Label(en="walk the tickets", zh="办理工单"),
    "workflow-hint": Label(en="who may do what in a workflow, in words:", zh="用文字查看工作流："),
    "draw-hint": Label(en="the same as a picture:", zh="画成图："),
    "times": Label(en="How long it took", zh="用时"),
    "next": Label(en="What to try next", zh="接下来可以试试"),
    "domain": Label(en="domain", zh="领域"),
    "organisations": Label(en="organisations", zh="党组织"),
    "members": Label(en="members", zh="党员"),
    "facts": Label(en="facts", zh="事实"),
    "each": Label(en="facts each", zh="人均"),
    "together": Label(en="together", zh="合计"),
    "grade": Label(en="grade", zh="等次"),
    "count": Label(en="count", zh="人数"),
    "share": Label(en="share, %", zh="占比（%）"),
    "subject": Label(en="member", zh="编号"),
    "name": Label(en="name", zh="姓名"),
    "total": Label(en="total", zh="总分"),
    "place": Label(en="place", zh="名次"),
    "awards": Label(en="award", zh="称号"),
    "before": Label(en="before", zh="原"),
    "after": Label(en="after", zh="新"),
    "difference": Label(en="difference", zh="增减"),
    "because": Label(en="because of", zh="原因"),
    "step": Label(en="step", zh="步骤"),
    "seconds": Label(en="seconds", zh="秒"),
    "facts-per-second": Label(en="facts per second", zh="条/秒"),
    "no-grade": Label(en="no grade, by a veto", zh="因否决事项不定等次"),
    "pending": Label(en="pending: ballots are missing", zh="待定：票数不足"),
    "not_graded": Label(en="scored without a grade", zh="只计分、不定等次"),
    "not_assessed": Label(en="not assessed", zh="不参加考核"),
    "rural": Label(en="rural", zh="农村"),
    "community": Label(en="community", zh="社区"),
    "agency": Label(en="agency", zh="机关"),
    "non-public": Label(en="non-public", zh="两新组织"),
    "institution": Label(en="institution", zh="事业单位"),
    "load": Label(en="load and check the rules", zh="载入并检查规则"),
    "invent": Label(en="invent people and facts", zh="生成人员和事实"),
    "write": Label(en="write the files", zh="写文件"),
    "book": Label(en="enter the facts in a book", zh="建立事实簿"),
    "score": Label(en="score everybody", zh="为全体计分"),
    "explain": Label(en="explain one, in both languages", zh="说明一人的理由（两种语言）"),
    "compare": Label(en="compare with the amendment", zh="与修订后的规则比较"),
    "score-hint": Label(en="everybody's result:", zh="全体结果："),
    "explain-hint": Label(en="one result, explained in full:", zh="一人结果的完整理由："),
    "check-hint": Label(en="what the rules promise, checked:", zh="检查规则："),
    "out-hint": Label(en="the invented year as files, for these:", zh="先把虚构的一年写成文件，再用："),
}


def word(key: str, lang: str, **values: object) -> str:
    """Return a word or sentence in "en" or "zh"; whole numbers get their thousands parted."""
    shown = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
    return WORDS[key].in_(lang).format(**shown)
