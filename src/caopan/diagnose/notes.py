"""What was set apart or assumed before anything was counted."""

from __future__ import annotations

import math
from datetime import date

import numpy as np

from caopan.diagnose.cleaning import WORDS, Apart
from caopan.diagnose.diagnosis import Change
from caopan.diagnose.facts import Scene
from caopan.diagnose.inputs import day_of, days_of
from caopan.diagnose.moneyless import without_amounts
from caopan.stats.arrays import Floats, Ints, grouped_sum
from caopan.units import number
from caopan.units.message import LANGUAGES, Message, Text

SWAP = 1.5
"""Units a view and price a unit that move apart by this factor each are a change of goods."""


def apart_counts(scene: Scene) -> tuple[Ints, Floats]:
    """Return how many rows of both periods were set apart, and the GMV they hold.

    Both of shape (s, reasons), by the value of ``Apart``.
    """
    reasons, subjects = len(Apart), scene.sides.subjects
    rows = scene.side >= 0
    place = scene.inputs.sessions.subject[rows] * reasons + scene.apart[rows]
    gmv = np.nan_to_num(scene.inputs.sessions.columns["gmv"][rows])
    size = subjects * reasons
    count = np.bincount(place, minlength=size).astype(np.int64)
    return count.reshape(-1, reasons), grouped_sum(gmv, place, size).reshape(-1, reasons)


def notes(
    scene: Scene, subject: int, *, counts: tuple[Ints, Floats], currency: str,
) -> tuple[Message, ...]:
    """Return the notes about one subject's rows and periods."""
    made = [_set_apart(reason, int(counts[0][subject, reason]),
                       round(float(counts[1][subject, reason])), currency)
            for reason in Apart if reason and counts[0][subject, reason]]
    windows = scene.windows
    if not scene.sides.measure.priced:
        made.insert(0, without_amounts())
    if windows.months[subject]:
        made.append(_months())
    elif _cuts_spread_days(scene, subject):
        made.append(_made_up_days())
    if windows.early[subject]:
        made.append(_early(day_of(int(windows.end[subject]) - 1)))
    if windows.silent[subject]:
        made.append(_silent(_last_day(scene, subject)))
    if windows.short[subject]:
        made.append(_short(int(windows.end[subject] - windows.start[subject])))
    return tuple(made)


def other_goods(*changes: Change) -> Message | None:
    """Return the note that other goods were sold: fewer units at far higher prices, or the reverse.

    None where units a view and price a unit did not both move by ``SWAP`` in opposite directions.

    >>> other_goods() is None
    True
    """
    steps = {factor.id: math.log(factor.after / factor.before)
             for change in changes for factor in change.factors
             if factor.id in {"units_per_view", "gmv_per_unit"} and factor.before and factor.after}
    sold, price = steps.get("units_per_view", 0.0), steps.get("gmv_per_unit", 0.0)
    if sold * price >= 0 or min(abs(sold), abs(price)) < math.log(SWAP):
        return None
    return Message(
        key="other_goods",
        text=Text(zh="件数率和件单价反向大动：多半是换了货，缺商品明细，没法拆品类",
                  en="units per view and price per item moved far in opposite directions: most "
                     "likely other goods were sold; without product rows the mix cannot be split"),
        values={"units_per_view": math.exp(sold), "gmv_per_unit": math.exp(price)},
        hint=Text(zh="导出每场的商品明细再导入，就能分清换货和真变化",
                  en="import the products of every session to tell goods from real change"))


def _set_apart(reason: Apart, rows: int, gmv: int, currency: str) -> Message:
    said = {language: number.money(gmv, currency=currency, language=language)
            for language in LANGUAGES}
    money = {"zh": f"，其中成交 {said['zh']}", "en": f", holding {said['en']}"} if gmv else {
        "zh": "", "en": ""}
    return Message(
        key=f"apart_{reason.name.lower()}",
        text=Text(zh="{rows} 行没算进来：{why_zh}{money_zh}",
                  en="{rows} rows were left out: {why_en}{money_en}"),
        values={"rows": rows, "why_zh": WORDS[reason].zh, "why_en": WORDS[reason].en,
                "money_zh": money["zh"], "money_en": money["en"], "gmv": gmv},
        hint=Text(zh="如果它们是正经的场次，请在导出里补上缺的数再导入",
                  en="if they are real sessions, fill in what is missing and import again"))


def _early(last: date) -> Message:
    return Message(
        key="data_end_early",
        text=Text(zh="数据停在 {day}，比别的主播早，时间段按这一天往前算",
                  en="the data end on {day}, earlier than for others; the period ends there"),
        values={"day": last.isoformat()},
        hint=Text(zh="导入后面的场次，就能和大家用同一段时间",
                  en="import later sessions to use the same days as everybody"))


def _months() -> Message:
    return Message(
        key="whole_months",
        text=Text(zh="文件只写了月份，没有日期：时间段按整月算，最后一个月播没播完看不出来",
                  en="the files name months and no days: whole months are compared, and whether "
                     "the last one is complete cannot be seen"),
        hint=Text(zh="导入带开播时间的直播列表，就能按天切；末月没播完，就用 --from --to 选整月",
                  en="import a list of livestreams with their starts to compare days; where the "
                     "last month is not complete, choose whole months with --from and --to"))


def _cuts_spread_days(scene: Scene, subject: int) -> bool:
    """Return whether a period ends inside a month of whose sessions no day is known."""
    sessions, windows = scene.inputs.sessions, scene.windows
    mine = slice(*np.searchsorted(sessions.subject, [subject, subject + 1]))
    if sessions.dated[mine][scene.side[mine] >= 0].all():
        return False
    ends = (windows.period(subject), windows.compared(subject))
    return any(day.day != 1 for period in ends for day in (period.start, period.end))


def _made_up_days() -> Message:
    return Message(
        key="days_made_up",
        text=Text(zh="有场次只知道月份，日期是平均分布的：不按整月切，哪一场落在哪一边就不可信",
                  en="of some sessions only the month is known and their days are spread evenly: "
                     "cut inside a month, which side they fall on means nothing"),
        hint=Text(zh="--from 和 --to 都选每月 1 日",
                  en="let --from and --to be the first of a month"))


def _last_day(scene: Scene, subject: int) -> date:
    """Return the day of the last session that counts."""
    sessions = scene.inputs.sessions
    mine = slice(*np.searchsorted(sessions.subject, [subject, subject + 1]))
    days = days_of(sessions.started_at[mine])
    return day_of(int(days[scene.apart[mine] == Apart.KEPT].max()))


def _silent(last: date) -> Message:
    return Message(
        key="data_end_early",
        text=Text(zh="数据停在 {day}，比别的主播早；场次太少，时间段仍和大家一样，"
                     "停播还是没导出来，看不出来",
                  en="the data end on {day}, earlier than for others; with so few sessions the "
                     "period stays that of everybody, and whether the room stopped or the export "
                     "did is unknown"),
        values={"day": last.isoformat()},
        hint=Text(zh="导入后面的场次，就能看清是不是真停了",
                  en="import later sessions to see whether it really stopped"))


def _short(days: int) -> Message:
    return Message(
        key="short_period",
        text=Text(zh="历史不够两个 28 天（每边 3 场），用 {days} 天对 {days} 天",
                  en="history does not carry twice 28 days with three sessions each; {days} days "
                     "are compared with {days}"),
        values={"days": days},
        hint=Text(zh="补导更早的场次", en="import earlier sessions"))
