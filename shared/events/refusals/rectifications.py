"""Why inspection says no to what is asked of a rectification."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

RECTIFICATIONS: Mapping[str, Sentences] = {
    "before-last-step": (
        "办理时间早于整改事项“{item}”的上一环节（{day}），请核对办理时间。",
        "It would happen before the last step of rectification {rectification} on {day}; check the time.",
    ),
    "finding-looked-at-again": (
        "该次巡查发现的“{item}”已在{day}复查，不能更正、撤回，请先更正、撤回该次复查。",
        "Finding {rectification} was looked at again on {day}; take that inspection back first.",
    ),
    "finding-worked-on": (
        "该次巡查发现的“{item}”已经报送整改结果，不能更正、撤回，请按整改流程核验或者退回；报送有误的，请先由报送单位撤回整改结果。",
        "Work on finding {rectification} was submitted; verify it or send it back, or let its submitter take it back.",
    ),
    "not-its-verifier": (
        "{submitter}不是整改事项“{item}”的核验单位，请由其上级单位办理；窗口的整改也可由政务服务大厅巡查单位办理。",
        "{submitter} may not judge rectification {rectification}; one above it, or a window's patrol office, may.",
    ),
    "not-the-documents-verifier": (
        "{submitter}不能办理“{item}”的核验、退回、延期或者恢复：反馈文件的整改意见由印发文件的上级单位办理。",
        "{submitter} may not judge rectification {rectification}: an opinion is judged above, where it was signed.",
    ),
    "opinion-withdrawn": (
        "“{item}”不再要求整改：{document}已经作废，或者更正时删去了这一条，无须再办理。",
        "{document} is void, or a correction left opinion {rectification} out: nothing more is to be done.",
    ),
    "own-hand": (
        "整改事项“{item}”的整改结果由您本人报送，不能由本人核验、退回、延期或者恢复，请由其他同志办理。",
        "Nobody judges what they reported themselves: rectification {rectification} is for another person.",
    ),
    "own-work": (
        "整改单位和报送整改结果的单位不得办理整改事项“{item}”的核验、退回、延期或者恢复，请由其他有权单位办理。",
        "Nobody judges their own work: rectification {rectification} is for another organisation entitled to do so.",
    ),
    "rectification-already-accepted": (
        "整改事项“{item}”已经领办，无须重复领办，请按期整改并报送结果。",
        "Rectification {rectification} is already taken on; put it right and submit the work.",
    ),
    "rectification-already-submitted": (
        "整改事项“{item}”已经报送整改结果，正在等待核验，请待核验后再办理。",
        "Rectification {rectification} is already submitted and waits for its verifier.",
    ),
    "rectification-already-verified": (
        "整改事项“{item}”已经通过核验，无须再次办理；问题再次出现的，请在核验后{days}日内恢复整改。",
        "Rectification {rectification} is already verified; if it did not last, reopen it within {days} days.",
    ),
    "rectification-not-submitted": (
        "整改事项“{item}”尚未报送整改结果，不能核验或者退回，请待整改单位报送后办理。",
        "Rectification {rectification} is not submitted yet; it can be judged when it is.",
    ),
    "rectification-not-verified": (
        "整改事项“{item}”尚未通过核验，无须恢复整改；整改不到位的，请在报送后退回。",
        "Rectification {rectification} is not verified, so it cannot be reopened; send it back once it is submitted.",
    ),
    "rectification-went-on": (
        "整改事项“{item}”在该次办理之后已有新的办理或者逾期标记，该次办理不能更正、撤回，请在当前环节继续办理。",
        "Rectification {rectification} went on after this, or was marked overdue; go on from where it stands now.",
    ),
    "rectification-withdrawn": (
        "整改事项“{item}”已经随原巡查记录撤销，无须整改，也不再办理。",
        "Rectification {rectification} was withdrawn together with its inspection: nothing more is to be done.",
    ),
    "reinspection-named": (
        "整改事项“{item}”的核验引用了该次复查，不能更正、撤回；需要改变的，请先恢复整改。",
        "The verification of rectification {rectification} names this re-inspection; reopen it first.",
    ),
    "reopen-too-late": (
        "整改事项“{item}”核验已满{days}日或者已经销号，不能恢复整改，请在巡查中作为新问题登记。",
        "Rectification {rectification} was verified more than {days} days ago or is closed; log it as a new finding.",
    ),
    "unfit-reinspection": (
        "所选巡查不是整改事项“{item}”报送之后、由其他单位进行且未再发现该问题的复查，请核对选择。",
        "{inspection} is no re-inspection of rectification {rectification} that passed after it was submitted.",
    ),
    "unknown-rectification": (
        "未查到本单位的该整改事项，请从列表中选择，或者待巡查记录受理后再报一次。",
        "There is no rectification {rectification} here; check it, or submit again when the inspection is accepted.",
    ),
}
