"""Traffic (流量): who was shown the room, who came in, how long they stayed, from where."""

from __future__ import annotations

from caopan.metrics import part
from caopan.metrics.base import MINUTES, SESSIONS
from caopan.metrics.metric import How, Metric, Part
from caopan.units.message import Text
from caopan.units.unit import Unit

FAMILY = "traffic"


def metrics() -> tuple[Metric, ...]:
    """Return the metrics of traffic.

    >>> [metric.id for metric in metrics()][:2]
    ['room_impr_pv', 'room_impr_uv']
    """
    return (*_totals(), *_rates(), *_people_online(), *_sources(), *_by_the_minute())


def _totals() -> tuple[Metric, ...]:
    adds_up_visits = Text(zh="人数按场次相加，同一人看两场算两次",
                          en="people are added over sessions: one person in two counts twice")
    return (
        Metric(id="room_impr_pv", zh="直播间曝光次数", en="room impressions", family=FAMILY,
               unit=Unit.COUNT, base=SESSIONS, numerator=part.ROOM_IMPRESSIONS),
        Metric(id="room_impr_uv", zh="直播间曝光人数", en="people shown the room", family=FAMILY,
               unit=Unit.PEOPLE, base=SESSIONS, numerator=part.EXPOSED, trap=adds_up_visits),
        Metric(id="view_pv", zh="观看次数", en="views", family=FAMILY, unit=Unit.COUNT,
               base=SESSIONS, numerator=part.VIEWS,
               trap=Text(zh="“场观”有人指次数、有人指人数，导入时须选定",
                         en="people say changguan for views and for viewers; choose on import")),
        Metric(id="view_uv", zh="观看人数", en="viewers", family=FAMILY, unit=Unit.PEOPLE,
               base=SESSIONS, numerator=part.VIEWERS, trap=adds_up_visits),
    )


def _rates() -> tuple[Metric, ...]:
    return (
        Metric(id="enter_rate", zh="曝光进房率（人数）", en="enter rate (people)", family=FAMILY,
               unit=Unit.RATIO, base=SESSIONS, numerator=part.VIEWERS, denominator=part.EXPOSED),
        Metric(id="enter_rate_times", zh="曝光进房率（次数）", en="enter rate (times)",
               family=FAMILY, unit=Unit.RATIO, base=SESSIONS, numerator=part.VIEWS,
               denominator=part.ROOM_IMPRESSIONS,
               trap=Text(zh="与按人数的进房率不可互换",
                         en="not interchangeable with the rate by people")),
        Metric(id="viewers_per_session", zh="场均观看人数", en="viewers per session",
               family=FAMILY, unit=Unit.PEOPLE, base=SESSIONS, numerator=part.VIEWERS,
               denominator=part.SESSIONS),
        Metric(id="views_per_viewer", zh="人均观看次数", en="views per viewer", family=FAMILY,
               unit=Unit.TIMES, base=SESSIONS, numerator=part.VIEWS, denominator=part.VIEWERS),
        Metric(id="impressions_per_hour", zh="小时曝光次数", en="room impressions per hour",
               family=FAMILY, unit=Unit.COUNT, base=SESSIONS, numerator=part.ROOM_IMPRESSIONS,
               denominator=part.HOURS),
        Metric(id="views_per_hour", zh="小时观看次数", en="views per hour", family=FAMILY,
               unit=Unit.COUNT, base=SESSIONS, numerator=part.VIEWS, denominator=part.HOURS),
    )


def _people_online() -> tuple[Metric, ...]:
    return (
        Metric(id="acu", zh="平均在线人数", en="average concurrent viewers", family=FAMILY,
               unit=Unit.PEOPLE, base=SESSIONS,
               numerator=Part(words=Text(zh="平均在线 × 直播秒数之和",
                                         en="average online × seconds on air"),
                              of=lambda rows: rows.avg_online * part.on_air_seconds(rows)),
               denominator=Part(words=Text(zh="直播秒数", en="seconds on air"),
                                of=part.on_air_seconds),
               trap=Text(zh="按时长加权；没有下播时间的场次不计",
                         en="weighted by time on air; sessions without an end do not count")),
        Metric(id="pcu", zh="最高在线人数", en="peak concurrent viewers", family=FAMILY,
               unit=Unit.PEOPLE, base=SESSIONS,
               numerator=Part(words=Text(zh="最高在线的最大值", en="highest peak online"),
                              of=lambda rows: rows.peak_online, how=How.MAX),
               trap=Text(zh="取最大，绝不按场次相加",
                         en="the highest is taken; peaks are never added over sessions")),
        Metric(id="avg_watch_s", zh="人均停留时长", en="average watch time", family=FAMILY,
               unit=Unit.SECONDS, base=SESSIONS,
               numerator=Part(words=Text(zh="总停留秒数", en="seconds watched"),
                              of=lambda rows: rows.avg_watch_seconds * rows.viewers),
               denominator=part.VIEWERS,
               trap=Text(zh="按观看人数加权；不是直播时长 ÷ 观看人数",
                         en="weighted by viewers; it is not the session's length ÷ viewers")),
    )


def _sources() -> tuple[Metric, ...]:
    overlap = Text(zh="各平台的来源口径不同，三者未必相加为 1",
                   en="platforms cut the sources differently; the three need not add up to 1")
    return tuple(
        Metric(id=f"{name}_share", zh=f"{zh}流量占比", en=f"{en} share of views", family=FAMILY,
               unit=Unit.RATIO, base=SESSIONS,
               numerator=part.column(f"{name}_views", f"{zh}观看次数", f"{en} views"),
               denominator=part.VIEWS, trap=overlap)
        for name, zh, en in (("private", "私域", "private"), ("public", "公域", "public"),
                             ("paid", "付费", "paid"))
    )


def _by_the_minute() -> tuple[Metric, ...]:
    entries = part.column("entries", "进房人次", "entries")
    return (
        Metric(id="entries", zh="进房人次（分钟表）", en="entries (by the minute)", family=FAMILY,
               unit=Unit.COUNT, base=MINUTES, numerator=entries),
        Metric(id="entries_paid_share", zh="付费进房占比（分钟表）",
               en="paid share of entries (by the minute)", family=FAMILY, unit=Unit.RATIO,
               base=MINUTES, denominator=entries,
               numerator=part.column("entries_paid", "付费进房人次", "paid entries")),
        Metric(id="online_per_minute", zh="每分钟平均在线", en="average online by the minute",
               family=FAMILY, unit=Unit.PEOPLE, base=MINUTES,
               numerator=part.column("online", "各分钟在线之和", "people online, minute by minute"),
               denominator=part.counted("分钟数", "minutes")),
    )
