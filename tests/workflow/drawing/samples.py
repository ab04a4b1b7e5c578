"""Workflows to draw, built by hand."""

from datetime import date

from serviceorg.basics import Label
from serviceorg.calendars import WorkingDays
from serviceorg.workflow.rules import (
    Clock,
    Field,
    Limit,
    Move,
    Opening,
    Permit,
    Role,
    Route,
    Slot,
    State,
    Tier,
    Version,
)

START = date(2024, 1, 1)


def state(name, zh, en, kind="active", outcome=""):
    """Return a state, closed to the public if it is final."""
    return State(
        id=name,
        title=Label(zh, en),
        kind=kind,
        public="closed" if kind == "final" else "open",
        outcome=outcome,
    )


def move(name, zh, en, sources, to, by="", *, clock=False, when=()):
    """Return a move; ``to`` is a state, or several for routes; ``by`` is a role, "" everybody."""
    targets = [to] if isinstance(to, str) else to
    permit = Permit(clock=True) if clock else Permit(role=by) if by else Permit(anyone=True)
    return Move(
        id=name,
        title=Label(zh, en),
        sources=tuple(sources.split()) if isinstance(sources, str) else tuple(sources),
        routes=tuple(Route(to=target, when=when) for target in targets),
        permits=(permit,),
    )


def opening(name, zh, en, to, by=""):
    """Return an opening by a role, "" for everybody."""
    permit = Permit(role=by) if by else Permit(anyone=True)
    return Opening(
        id=name,
        title=Label(zh, en),
        routes=tuple(Route(to=target) for target in to.split()),
        permits=(permit,),
    )


ROLES = (
    Role(id="clerk", title=Label("受理员", "Clerk")),
    Role(id="officer", title=Label("经办人", "Officer")),
    Role(id="chief", title=Label("负责人", "Head of unit")),
    Role(id="city", title=Label("市中心", "City centre")),
)

VISIT = Version(
    effective=START,
    basis="-",
    digest="visit",
    roles=ROLES,
    states=(
        state("planned", "已安排", "Planned", "initial"),
        state("under-way", "走访中", "Under way"),
        state("done", "已完成", "Done", "final"),
    ),
    openings=(opening("plan", "安排走访", "Plan a visit", "planned", "clerk"),),
    moves=(
        move("go", "出发", "Set out", "planned", "under-way", "officer"),
        move("note", "补记", "Add a note", "under-way", "", "officer"),
        move("finish", "提交记录", "Hand in the record", "under-way", "done", "officer"),
        move("postpone", "改期", "Put off", "under-way", "planned", "officer"),
    ),
)

APPEAL = Version(
    effective=START,
    basis="-",
    digest="appeal",
    roles=ROLES,
    slots=(Slot(id="requester", title=Label("诉求人", "Requester")),),
    fields=(Field(id="opinion", title=Label("意见", "Opinion")),),
    states=(
        state("reported", "已上报", "Reported", "initial"),
        state("accepted", "已受理", "Accepted"),
        state("assigned", "已派单", "Assigned to a unit"),
        state("handling", "办理中", "Being handled"),
        state("supplement", "待补充材料", "Waiting for papers of the requester", "waiting"),
        state("ruling", "待裁定", "Waiting for a ruling", "waiting"),
        state("replied", "已答复", "Replied", "waiting"),
        state("verifying", "回访核查", "Call-back and check"),
        state("closed", "办结销号", "Closed, solved", "final", "solved"),
        state("rejected", "不予受理", "Not accepted", "final", "rejected"),
        state("withdrawn", "撤回", "Withdrawn", "final", "withdrawn"),
    ),
    openings=(
        opening("report", "网格员上报", "Reported by a grid worker", "reported"),
        opening("hotline", "热线来电", "Call on the hotline", "reported", "clerk"),
        opening("forward", "上级交办", "Sent down by the city", "assigned", "city"),
    ),
    moves=(
        move("accept", "受理", "Accept", "reported", "accepted", "clerk"),
        move("reject", "不予受理", "Do not accept", "reported", "rejected", "clerk"),
        move("assign", "派单", "Assign", "accepted", "assigned", "clerk"),
        move("return", "退单", "Send back", "assigned", "accepted", "officer"),
        move("dispute", "提请裁定", "Ask for a ruling", "assigned", "ruling", "officer"),
        move("rule", "裁定", "Rule", "ruling", "assigned", "city"),
        move("take", "签收", "Take on", "assigned", "handling", "officer"),
        move("ask", "要求补充", "Ask for papers", "handling", "supplement", "officer"),
        move("supply", "补充", "Hand in papers", "supplement", "handling"),
        move("lapse", "逾期未补", "Papers not handed in", "supplement", "withdrawn", clock=True),
        move("extend", "延期", "Extend", "handling", "", "chief"),
        move("urge", "催办", "Urge", "accepted assigned handling supplement", "", "city"),
        move("reply", "答复", "Reply", "handling", "replied", "officer"),
        move("check", "回访", "Call back", "replied", "verifying", "clerk"),
        move("confirm", "确认满意", "Confirm", "verifying", "closed", "clerk"),
        move("redo", "不满意重办", "Not content: do it again", "verifying", "handling", "clerk"),
        move(
            "withdraw",
            "撤回诉求",
            "Withdraw",
            "reported accepted assigned handling supplement ruling replied verifying",
            "withdrawn",
        ),
        move("reopen", "重新打开", "Open again", "closed", "handling", "city"),
    ),
    clocks=(
        Clock(
            id="resolve",
            title=Label("办结时限", "Resolve"),
            start=("accepted", "forward"),
            stop=("replied",),
            pause=("supplement", "ruling"),
            limit=Limit(duration=WorkingDays(5)),
        ),
        Clock(
            id="papers",
            title=Label("补充时限", "Papers"),
            start=("supplement",),
            stop=("supply",),
            limit=Limit(duration=WorkingDays(10)),
            tiers=(Tier(id="over", after=WorkingDays(1), move="lapse"),),
        ),
    ),
)

DECISION = Version(
    effective=START,
    basis="-",
    digest="decision",
    roles=ROLES,
    states=(
        state("proposed", "支部提议", "Proposed by the branch", "initial"),
        state("consulted", "两委会商议", "Talked over by both committees"),
        state("reviewed", "党员大会审议", "Reviewed by the members' meeting"),
        state("voting", "村民代表表决", "Before the villagers' representatives"),
        state("published", "决议公开", "Decision published", "waiting"),
        state("objection", "异议处理", "Objection being answered"),
        state("carried-out", "实施中", "Being carried out"),
        state("result", "结果公开", "Result published", "waiting"),
        state("archived", "归档", "Archived", "final", "done"),
        state("dropped", "终止", "Dropped", "final", "dropped"),
    ),
    openings=(opening("propose", "提议", "Propose", "proposed", "chief"),),
    moves=(
        move("consult", "商议通过", "Agree", "proposed", "consulted", "chief"),
        move("review", "审议", "Vote", "consulted", ["reviewed", "proposed", "dropped"], "chief"),
        move("submit", "提交表决", "Put to the vote", "reviewed", "voting", "clerk"),
        move("vote", "表决", "Count the ballots", "voting", ["published", "dropped"], "clerk"),
        move("object", "提出异议", "Object", "published result", "objection"),
        move("answer", "答复异议", "Answer", "objection", ["published", "result", "dropped"], "chief"),
        move("start", "公示期满", "Publication over", "published", "carried-out", clock=True),
        move("finish", "验收", "Accept the work", "carried-out", "result", "city"),
        move("archive", "归档", "File", "result", "archived", "clerk"),
        move("remind", "提醒", "Remind", "carried-out", "", clock=True),
        move("amend", "变更", "Change the plan", "carried-out", "consulted", "chief"),
    ),
    clocks=(
        Clock(
            id="publication",
            title=Label("公示期", "Publication"),
            start=("published",),
            pause=("objection",),
            limit=Limit(duration=WorkingDays(7)),
            tiers=(Tier(id="over", at_due=True, move="start"),),
        ),
    ),
)

SAMPLES = {"visit": VISIT, "appeal": APPEAL, "decision": DECISION}
TITLES = {
    "visit": Label("走访", "Visit"),
    "appeal": Label("群众诉求办理", "Handling of requests"),
    "decision": Label("四议两公开", "Decision of a village"),
}


def busy(states=25, moves=50):
    """A large workflow without any order to speak of, always the same."""
    kinds = ("initial", *("active", "waiting") * (states // 2))
    places = [
        state(f"s{n}", f"第{n}个状态", f"State number {n}", "final" if n > states - 4 else kinds[n])
        for n in range(states)
    ]
    steps = [
        move(
            f"m{n}",
            f"动作{n}",
            f"Move number {n}",
            f"s{(n * 7) % (states - 3)}",
            f"s{(n * 7 + 1 + n * n % 5) % states}",
            "clerk",
        )
        for n in range(moves)
    ]
    return Version(
        effective=START,
        basis="-",
        digest="busy",
        roles=ROLES,
        states=tuple(places),
        openings=(opening("begin", "开始", "Begin", "s0"),),
        moves=tuple(steps),
    )
