"""What is said of the rows of a plan, and of a plan as a whole."""

from __future__ import annotations

from caopan.units.message import Message, Text

_TEXTS: dict[str, tuple[Text, Text]] = {
    "unknown_host": (
        Text(zh="没有主播“{value}”的任何记录", en="nothing is known of the host “{value}”"),
        Text(zh="核对编号；新主播先导入 streamers 表，或在这一行写明已知的 merchant_id",
             en="check the id; import a new host with the streamers table first, or name a known "
                "merchant_id in the row")),
    "stranger_host": (
        Text(zh="没有主播“{value}”的任何记录：商品的需求按别的主播卖过的排，流量按通用曲线",
             en="nothing is known of the host “{value}”: demand is told from what others sold, "
                "traffic from the usual curve"),
        Text(zh="编号写错了就改正；导入这位主播的场次后会更准",
             en="correct the id if it is a slip; it is told better once sessions of the host are "
                "imported")),
    "new_host": (
        Text(zh="主播“{value}”还没有历史，按同类主播预估",
             en="the host “{value}” has no history: told from hosts alike"),
        Text(zh="编号写错了就改正；是新主播就不用管",
             en="correct the id if it is a slip; a new host needs nothing")),
    "plan_in_past": (
        Text(zh="开播 {value} 不晚于已知的最近一场（{last}），不能再预估",
             en="the start {value} is not after the last known session ({last}): there is "
                "nothing to foresee"),
        Text(zh="改成之后的时间，或从排期里删掉这一行",
             en="write a later start, or take the row out of the plan")),
    "plan_before_now": (
        Text(zh="开播 {value} 已经过去，只按已导入的历史预估",
             en="the start {value} lies in the past: told from the history that was imported"),
        Text(zh="场次已经播完就导入它的结果", en="import the session's result once it is over")),
    "plan_done": (
        Text(zh="场次“{value}”已经在历史里", en="the session “{value}” is history already"),
        Text(zh="从排期里删掉这一行，或换一个场次编号",
             en="take the row out of the plan, or give it another session_id")),
    "planned_twice": (
        Text(zh="“{value}”在排期里出现了两次，只用第一行",
             en="“{value}” stands in the plan twice: the first row counts"),
        Text(zh="删掉重复的行", en="take the repeated row out")),
    "no_length": (
        Text(zh="计划时长 {value} 分钟不是时长，当作没写",
             en="a planned length of {value} minutes is none: taken as not said"),
        Text(zh="写大于 0 的分钟数", en="write minutes above 0")),
    "too_long": (
        Text(zh="计划时长 {value} 分钟超过 {hours} 小时，不是一场直播",
             en="a planned length of {value} minutes is more than {hours} hours: no session"),
        Text(zh="核对单位：这一列是分钟；真要连播就拆成几场",
             en="check the unit: this column is in minutes; split what really runs on")),
    "plan_far": (
        Text(zh="开播 {value} 在一年以后", en="the start {value} is more than a year ahead"),
        Text(zh="核对年份；没写错也能算，但那时的情况现在看不出来",
             en="check the year; if it is right it is told, but by what is known today")),
    "plan_other_currency": (
        Text(zh="这一行是 {value}，主播的历史是 {known}：金额不换算，这一场没有历史可参考",
             en="the row is in {value}, the host's history in {known}: amounts are not converted, "
                "so this session has no history"),
        Text(zh="币种写错了就改成 {known}；真要用 {value}，先导入这个币种的场次",
             en="write {known} if it is a slip; else import sessions in {value} first")),
    "no_planned_session": (
        Text(zh="排期里没有场次“{value}”（或那一行没能用上）",
             en="the plan has no session “{value}” (or its row could not be used)"),
        Text(zh="先改好 planned_sessions 里的那一行，或核对场次编号",
             en="mend that row of planned_sessions first, or check the session_id")),
}


def said(key: str, **values: object) -> Message:
    """Return one of the messages about a row of a plan.

    >>> said("planned_twice", value="s1").say("en")
    '“s1” stands in the plan twice: the first row counts'
    """
    text, hint = _TEXTS[key]
    return Message(key=key, text=text, hint=hint, values=values)


NO_PLAN_ROWS = Message(
    key="no_plan_rows",
    text=Text(zh="排期里没有一行能用", en="no row of the plan can be used"),
    hint=Text(zh="改好上面逐行列出的问题；需要 planned_sessions 表，列有 session_id、"
                 "streamer_id、started_at（开播时刻）、planned_minutes（计划时长）",
              en="mend what is listed by row; a planned_sessions table is needed, with session_id, "
                 "streamer_id, started_at and planned_minutes"))
NO_PLAN_KEPT = Message(
    key="no_plan_kept",
    text=Text(zh="没有给 --plan，工作区里也没有还没开播的排期",
              en="no --plan was given, and the workspace holds no plan that is still to come"),
    hint=Text(zh="用 --plan 写明 planned_sessions 文件（或文件夹），或先 caopan import 排期",
              en="name a planned_sessions file (or folder) with --plan, or import the plan first"))
