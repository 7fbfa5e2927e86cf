"""Help of the annual package to the organisation department."""

from __future__ import annotations

from collections.abc import Mapping

from shared.help.written import Help, OftenAsked

PACKAGES: Mapping[str, Help] = {
    "packages": Help(
        "每年的考核结果，在印发年度反馈的当日报送组织部门。联合党委报送，组织部门签收、退回或者采用，各单位可以查看本单位的。",
        (
            "年度反馈全部签发以后，由书记、副书记选择年度，输入登录密码，点“报送”。",
            "组织部门从“待办”打开，下载材料核对，点“签收”；不齐全的，写明理由退回。",
            "考核结果用于绩效考核以后，由组织部门登记采用日期和方式。",
        ),
        (
            OftenAsked("报送以后又更正了年度反馈怎么办？", "“待办”会提醒重新报送，并写明补报理由。原报送的仍可查看。"),
            OftenAsked("报送错了怎么办？", "组织部门签收以前，可以从报送记录撤回。文号不再使用。"),
            OftenAsked("不能选择年度？", "该年度还有反馈没有签发，先到“反馈文稿”签发。"),
        ),
    ),
    "package": Help(
        "一个年度报送的材料：办理到哪一步，报送函和附表，各单位的考核结果。",
        (
            "打开报送函核对，或者下载全部材料。",
            "组织部门在本页签收、退回、登记采用。",
            "点得分，查看每项指标怎样计分。",
        ),
        (
            OftenAsked("怎样确认材料没有被改动？", "点“材料”下面的“校验压缩包”，选择下载的压缩包。"),
            OftenAsked("党员考核评议表在哪里看？", "评议表不随函附送，由组织部门在“窗口党员考核评议”中阅看。"),
        ),
        name="一个年度的考核材料",
        path="packages/{package}",
        of="packages",
    ),
    "package-check": Help(
        "核对下载的考核材料压缩包：是不是本系统生成的，各文件有没有被改动。",
        (
            "选择从考核材料页面下载的压缩包，点“校验”。",
            "校验通过的，表示签名有效，各文件与清单一致。",
            "不通过的，按列出的文件核对，重新下载后再校验。",
        ),
        (
            OftenAsked("签名无效是什么原因？", "清单被改动，或者系统更换过密钥。更换密钥以前下载的，请重新下载。"),
            OftenAsked("校验会保存文件吗？", "不会，只核对，不保存。"),
        ),
        name="校验压缩包",
        path="packages/check",
        of="packages",
    ),
}
