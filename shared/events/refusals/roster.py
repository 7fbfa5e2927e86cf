"""Why the roster says no."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

ROSTER: Mapping[str, Sentences] = {
    "already-stationed": (
        "{organisation}已进驻该大厅（分厅），无须重复办理进驻。",
        "{organisation} is already stationed in that hall; nothing is left to do.",
    ),
    "attendance-already-recorded": (
        "本单位参加党课“{title}”的人数已登记，不得重复登记。",
        "This organisation's attendance at lesson {lesson} is already recorded.",
    ),
    "certificate-already-issued": (
        "该证书编号已经发放，请核对证书编号。",
        "Certificate number {number} was already issued; check the number.",
    ),
    "day-named-twice": (
        "{day}在放假安排中出现了两次（放假时段重叠、上班日重复，或者既放假又上班），请对照通知原文改正。",
        "{day} is named twice: holidays overlap, or it is both off and worked; compare it with the printed notice.",
    ),
    "day-outside-the-year": (
        "{day}不属于{year}年的放假安排，请核对年份和日期（通知可以涉及上一年12月25日以后的日期）。",
        "{day} does not belong to the notice for {year}, which reaches back to 25 December of the year before at most.",
    ),
    "days-off-backwards": (
        "“{name}”的放假末日{last}早于首日{day}，请对照通知原文改正。",
        "“{name}” ends on {last}, before it begins on {day}; compare it with the printed notice.",
    ),
    "days-off-too-long": (
        "“{name}”连续放假不得超过{most}天，请核对首日和末日。",
        "“{name}” may not last longer than {most} days; check its first and its last day.",
    ),
    "county-stays": (
        "{code}是县本级，不能撤销。",
        "{code} is the county itself and does not end.",
    ),
    "issue-already-raised": (
        "议题“{title}”已经提出，请勿重复提出；确属新议题的，请另行提出。",
        "Issue {issue} was already raised; give a new issue another name.",
    ),
    "issue-of-several": (
        "有多个单位提出过同名议题（{raised_by}），请写明是哪个单位提出的。",
        "Several raised an issue {issue} ({raised_by}); say in raised_by whose is meant.",
    ),
    "issue-already-resolved": (
        "议题“{title}”已由联席会议议定；需要再议的，请另行提出议题。",
        "A joint meeting has already resolved issue {issue}; raise a new issue to take it up again.",
    ),
    "issue-already-studied": (
        "议题“{title}”已经联合党委研究，请提交联席会议讨论。",
        "The committee has already studied issue {issue}; table it at a joint meeting.",
    ),
    "issue-not-studied": (
        "议题“{title}”尚未经联合党委研究，请先研究形成方案，再提交联席会议。",
        "Issue {issue} has not been studied yet; let the committee study it before the joint meeting.",
    ),
    "code-taken": (
        "单位编号已经登记给“{title}”，请核对编号；要变更该单位的，在该单位的页面登记变更。",
        "The code {code} is {title}'s already; check it, or enter how that one changes.",
    ),
    "kind-mismatch": (
        "单位编号与单位类别“{kind}”不符，或者与报送对象不一致，请核对后再报一次。",
        "The code {code} does not fit the kind {kind}, or is not the organisation concerned; check both.",
    ),
    "lesson-already-scheduled": (
        "党课“{title}”已经安排，请勿重复安排；确属新课程的，请另行安排。",
        "Lesson {lesson} is already scheduled; give a new lesson another name.",
    ),
    "lesson-begun": (
        "党课已于{day}举行或者就在当日，安排不能再取消或者改动。",
        "The lesson was or is held on {day}; it is neither cancelled nor changed any more.",
    ),
    "lesson-cancelled": (
        "党课“{title}”已经取消，不能登记到课人数；请核对党课名称。",
        "Lesson {lesson} was cancelled; nobody attended it. Check its name.",
    ),
    "lesson-not-held-yet": (
        "党课“{title}”定于{day}举行，到课人数请在举行之后登记。",
        "Lesson {lesson} is held on {day}; record its attendance then.",
    ),
    "limit-in-force": (
        "该办理时限自{day}起已经施行，不能再撤回；需要改变的，请另行确定自以后日期起施行的办理时限。",
        "The limit is in force from {day} on and stays; set another from a later day.",
    ),
    "list-already-compiled": ("“{title}”已经编制，请勿重复编制。", "List {list} is already compiled."),
    "no-turn-due": ("{day}没有安排轮值，请核对轮值计划。", "No turn is planned for {day}; check the plan of turns."),
    "not-its-issuer": (
        "{organisation}不是该单位人员此类证书的发证单位，请由发证单位登记；确为发证单位的，请报请联合党委在单位登记中写明。",
        "{organisation} does not issue such certificates to them; the committee registers who holds that office.",
    ),
    "not-a-member": (
        "{organisation}不是联合党委成员党组织，不能牵头制定改革子方案。",
        "{organisation} is no member of the joint committee and cannot lead a sub-plan.",
    ),
    "not-dissolved": (
        "{organisation}没有登记过撤销，无须撤回。",
        "No end of {organisation} was entered; there is nothing to withdraw.",
    ),
    "not-stationable": (
        "{organisation}不在应当进驻大厅的部门之列；确需进驻的，请先变更其登记事项。",
        "{organisation} is not due in the hall; if it should be, change its registration first.",
    ),
    "not-your-turn": (
        "{organisation}不承担{turn}轮值（联值）任务，请由该期轮值单位报送。",
        "{organisation} does not hold turn {turn}; let a holder of that turn submit it.",
    ),
    "organisation-ends": (
        "{code}已登记撤销，最后一天是{last_day}。变更须在撤销之前生效的，请先撤回撤销，变更后再登记撤销。",
        "{code} ends with {last_day}; withdraw its end first, enter the change, then enter the end again.",
    ),
    "own-stationing": (
        "入驻大厅不能由{organisation}自行确认，请报请联合党委登记。",
        "{organisation} does not confirm its own stationing; ask the committee to submit it.",
    ),
    "outside-the-turn": (
        "{day}不在{turn}轮值任期之内，请核对轮值期次和发生时间。",
        "{day} lies outside the term of turn {turn}; check the turn and the time.",
    ),
    "registered-earlier": (
        "“{title}”在{valid_from}已有登记，变更只能自该日之后生效，请调整生效日期。",
        "{code} is already registered as of {valid_from}; changes are dated forward, choose a later day.",
    ),
    "statutory-day-missing": (
        "{day}是《全国年节及纪念日放假办法》规定的法定节假日，放假安排中没有这一天，请对照通知原文补上。",
        "{day} is a public holiday by the State Council's decree and is missing from the days off; add it.",
    ),
    "still-below": (
        "{code}撤销后，{below}没有上级单位。请填写承接单位，或者先将其登记到其他单位之下。",
        "Without {code}, {below} would have nobody above; name a successor, or register them below another first.",
    ),
    "turn-already-planned": (
        "{turn}轮值已经安排，请核对期次。",
        "Turn {turn} is already planned; check its number.",
    ),
    "turn-begun": (
        "该期轮值自{day}起已经开始，不能再取消或者改动；需要调整的，请从以后的期次起另行安排。",
        "The turn has begun on {day} and is neither cancelled nor changed; plan later turns otherwise.",
    ),
    "turn-overlaps": (
        "{turn}轮值与{other_turn}轮值任期重叠，请调整起止时间。",
        "Turn {turn} overlaps turn {other_turn}; choose another beginning or length.",
    ),
    "turn-not-on-the-first": (
        "{turn}轮值的起始日{day}不是每月1日。轮值以整月为期，请改为某月1日起始后再报一次。",
        "Turn {turn} would begin on {day}; turns begin with a month. Choose the first of a month, under a new id.",
    ),
    "unfit-successor": (
        "{successor}不能承接{code}：承接单位须是本县在{day}已登记的其他单位，且不是{code}的下级。",
        "{successor} cannot follow {code}: a successor is registered in the county on {day}, and not below {code}.",
    ),
    "unknown-holder": (
        "轮值单位{organisation}在轮值开始之日尚未登记，请核对单位。",
        "The holder {organisation} is not registered on the day the turn begins; check the code.",
    ),
    "unknown-issue": (
        "未查到该议题，请从列表中选择，或者先由小微联席会议提出议题。",
        "There is no issue {issue}; check its name, or raise it first.",
    ),
    "unknown-lesson": (
        "未查到该党课，请从列表中选择，或者报请联合党委先行安排。",
        "There is no lesson {lesson}; check its name, or have it scheduled first.",
    ),
    "unknown-parent": (
        "上级单位在生效之日尚未登记，或者就是该单位本身及其下级，请核对上级单位。",
        "The parent {parent} is not registered on that day; register it first.",
    ),
    "unknown-turn": (
        "未查到{turn}轮值，请核对期次，或者报请联合党委先行安排。",
        "There is no turn {turn}; check its number, or have it planned first.",
    ),
    "worked-day-no-weekend": (
        "{day}不是星期六或者星期日，本来就是工作日，不应列为调休上班日，请对照通知原文改正。",
        "{day} is no Saturday or Sunday and worked anyway; only weekends can be made working days.",
    ),
    "working-days-contradict": (
        "{year}年的放假安排对{day}的规定与{other}年的放假安排不一致，请核对两份通知。",
        "The notice for {year} contradicts the one for {other} about {day}; check both.",
    ),
    "working-days-newer": (
        "{year}年的放假安排已于{day}更新，本次报送的时间更早，不能取代更新的安排。",
        "A newer notice for {year} was published on {day}; an older one does not take its place.",
    ),
}
