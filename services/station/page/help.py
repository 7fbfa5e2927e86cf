"""The help of the local page, all of it on one page: it needs no line."""

from __future__ import annotations

from collections.abc import Mapping

from services.station.desk import EVERY
from shared.help.written import Help, OftenAsked
from shared.pages.chinese import AFTER_HOURS, MARKS, PERSONS_OF_ONE, PHOTOS

STATION: Mapping[str, Help] = {
    "home": Help(
        "本站今天要做的：当日自查、待整改的问题，以及报送情况和线路。没有线路也能用。",
        (
            "当日任务里点“填报”，做日自查。",
            "待整改的先点“领办”，整改完后点“报送结果”。",
            "其他的从“登记一件事”里选。",
        ),
        (
            OftenAsked("没有线路时填的会丢吗？", "不会。先存在本机，线路恢复后自动报送，不要再填一次。"),
            OftenAsked("刚交办的事项看不到？", f"任务每{EVERY / 60:.0f}分钟更新一次，着急的点“更新任务”。"),
            OftenAsked("提示本机时钟不对？", "先校准电脑的日期和时间，再填报。"),
        ),
        name="首页",
    ),
    "patrol": Help(
        "按检查表逐项检查本站，每个工作日一次，在当日任务写明的截止时间以前做。",
        (
            f"每项选{MARKS['100']}、{MARKS['50']}或者{MARKS['0']}，得分自动计算；没有检查表的直接填得分。",
            "有问题的，写明是什么问题、轻重和几个工作日内整改。",
            f"需要照片的附上，{PHOTOS}。点“保存并报送”。",
        ),
        (
            OftenAsked("昨天忘了做怎么办？", "昨天确已检查的，发生时间改成昨天再报；没有检查的，不要补填。"),
            OftenAsked("没有发现问题也要报吗？", "要报，问题一栏留空。"),
        ),
        name="日自查",
    ),
    "form": Help(
        "登记绿色通道服务、办件受理和办结、党课签到、整改。做一件登记一件，发生时间默认是现在。",
        (
            "从首页“登记一件事”选一项，逐项填写。",
            "核对发生时间，点“保存并报送”。",
            "看到“已保存”就行了，可以关掉页面。",
        ),
        (
            OftenAsked("人次怎么填？", PERSONS_OF_ONE),
            OftenAsked("什么算延时服务？", AFTER_HOURS),
            OftenAsked("办结时找不到办件？", "先在首页点“更新任务”；刚受理还没有送达的，等送达以后再办结。"),
        ),
        name="登记一件事",
    ),
    "sent": Help(
        "本机报送过的每一件和结果：待发送、已送达、已受理、退回更正。",
        (
            "按日期或者状态查找，点事项看报送了什么。",
            "“退回更正”的，看原因，点“更正”，改好再报。",
            "已受理的有错，当月内点“更正”或者“撤回”。",
        ),
        (
            OftenAsked("“待发送”一直不变？", "没有线路。线路恢复后自动送出；超过一天仍不变的，打电话给上级单位。"),
            OftenAsked("照片没有送达？", "点开那一件，看原因，重新拍一张补传。"),
            OftenAsked("上个月的报错了？", "请上级单位说明理由后更正、撤回。"),
        ),
        name="报送记录",
    ),
}


def helped_by(page: str) -> str:
    """Which of them a page has, by its key; a form that has none of its own has that of the others."""
    return page if page in STATION else "form"
