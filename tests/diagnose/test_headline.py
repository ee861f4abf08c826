from __future__ import annotations

from datetime import date

import pytest

from caopan.diagnose.change import refused
from caopan.diagnose.counts import Counted, compare
from caopan.diagnose.diagnosis import Change, Factor
from caopan.diagnose.headline import headline
from caopan.diagnose.readings import READINGS
from caopan.units.interval import Interval
from caopan.units.message import Message, Text
from caopan.units.period import Period
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict

NOW = Period(start=date(2026, 11, 8), end=date(2026, 11, 22))
YUAN = 100


def factor(id_: str, amount: int, *, sure: bool, rose: bool | None = None) -> Factor:
    up = amount > 0 if rose is None else rose
    name = READINGS[id_].name if id_ in READINGS else Text(zh="场次", en="sessions")
    return Factor(id=id_, name=name, unit=Unit.RATIO, before=1.0, after=2.0 if up else 0.5,
                  amount=amount, p_value=0.001 if sure else 0.5,
                  interval=Interval(low=amount - 9.0, mid=amount, high=amount + 9.0, level=0.8),
                  verdict=Verdict.SUPPORTED if sure else Verdict.CANNOT_TELL)


def change(
    *factors: Factor, before: int = 41_800_000, against: str = "previous", sure: bool = True,
    flags: tuple[Message, ...] = (),
) -> Change:
    total = sum(one.amount for one in factors)
    return Change(identity="people", formula=Text(zh="", en=""), period=NOW,
                  compared_period=NOW.previous(), before=before, after=before + total, n_before=13,
                  n_after=12, interval=None, method="lmdi", factors=factors, against=against,
                  flags=flags, verdict=Verdict.SUPPORTED if sure else Verdict.CANNOT_TELL)


def said(made: Change) -> tuple[str, str, str, str]:
    known, unknown = headline(made, currency="CNY")
    return known.zh, unknown.zh if unknown else "", known.en, unknown.en if unknown else ""


def test_less_was_sold_because_fewer_people_saw_it_and_conversion_is_open() -> None:
    zh, open_zh, en, open_en = said(change(
        factor("exposed_per_session", -980_000_0, sure=True),
        factor("click_pay_rate", -10_000, sure=False), factor("aov", 10_000, sure=False)))

    assert zh == "少卖的 ¥9.8万，主要因为看到直播间的人少了；"
    assert open_zh == "转化有没有变，现在还说不清。"
    assert en == "Sales fell by ¥98.0K, mainly because fewer people saw the room."
    assert open_en == "Whether conversion changed cannot be told yet."


def test_more_was_sold() -> None:
    zh, _, en, _ = said(change(factor("viewers_per_session", 5_000_000, sure=True),
                               factor("aov", 100, sure=False)))

    assert zh == "多卖的 ¥5.0万，主要因为进直播间的人多了；"
    assert en.startswith("Sales rose by ¥50.0K, mainly because more people came")


def test_what_worked_the_other_way_is_said_with_its_worth() -> None:
    zh, open_zh, en, _ = said(change(factor("viewers_per_session", -8_000_000, sure=True),
                                     factor("aov", 2_400_000, sure=True)))

    assert zh == "少卖的 ¥5.6万，主要因为进直播间的人少了；客单价高了，补回 ¥2.4万。"
    assert open_zh == ""
    assert en.endswith("buyers spent more, which made up ¥24.0K.")


def test_a_small_part_of_the_reason_is_not_called_the_main_one() -> None:
    zh, *_ = said(change(factor("sessions", -1_000_000, sure=True, rose=False),
                         factor("aov", -8_000_000, sure=False)))

    assert zh.startswith("少卖的 ¥9.0万，有一部分因为播的场次少了")


def test_nothing_distinguishable_is_said_to_be_ordinary() -> None:
    zh, open_zh, en, open_en = said(change(factor("sessions", 0, sure=False),
                                           factor("viewers_per_session", -700_000, sure=False),
                                           factor("aov", 200_000, sure=False), sure=False))

    assert zh == "比对比期少卖 ¥5,000，但这样的起伏平时也有；"
    assert open_zh == "每一步有没有变，现在都说不清。"
    assert en == "Sales fell by ¥5,000, but such ups and downs are ordinary."
    assert open_en == "Whether any step changed cannot be told yet."


def test_a_fall_beyond_the_ordinary_may_still_have_no_step_to_blame() -> None:
    zh, _, en, _ = said(change(factor("viewers_per_session", -700_000, sure=False),
                               factor("aov", 200_000, sure=False)))

    assert zh == "比对比期少卖 ¥5,000，还说不出是哪一步的原因；"
    assert en == "Sales fell by ¥5,000; no single step can be shown to explain it."


def test_where_the_total_cannot_be_told_a_known_fact_is_named_but_not_as_the_cause() -> None:
    zh, open_zh, en, _ = said(change(
        factor("sessions", -260_000_000, sure=True), factor("aov", 260_000_000, sure=False),
        factor("viewers_per_session", -445_600_000, sure=False), sure=False))

    assert zh == "比对比期少卖 ¥445.6万，但这样的起伏平时也有；播的场次少了（−¥260.0万）是确定的；"
    assert open_zh == "流量有没有变，现在还说不清。"
    assert en == ("Sales fell by ¥4.46M, but such ups and downs are ordinary; it is certain that "
                  "there were fewer sessions (−¥2.60M).")


def test_a_supported_step_is_no_cause_while_the_total_cannot_be_told() -> None:
    zh, *_ = said(change(factor("aov", -3_000_000, sure=True),
                         factor("view_pay_rate", 1_000_000, sure=False), sure=False))

    assert zh == "比对比期少卖 ¥2.0万，但这样的起伏平时也有；客单价低了（−¥3.0万）有据；"


def test_counted_sessions_alone_explain_a_fall_however_sales_scatter() -> None:
    zh, *_ = said(change(factor("sessions", -3_000_000, sure=True),
                         factor("aov", -1_000_000, sure=False), sure=False))

    assert zh == "少卖的 ¥4.0万，主要因为播的场次少了；"


def test_counted_sessions_are_no_cause_where_one_of_them_made_the_change() -> None:
    heavy = Message(key="one_session_dominates", text=Text(zh="", en=""), values={
        "day": "2026-11-11", "share": "58.7%", "side_zh": "本期", "side_en": "this period",
        "change_without": 1_000_000})

    zh, *_ = said(change(factor("sessions", 3_000_000, sure=True),
                         factor("aov", 1_000_000, sure=False), sure=False, flags=(heavy,)))

    assert zh == ("比对比期多卖 ¥4.0万，但这样的起伏平时也有；播的场次多了（+¥3.0万）是确定的；"
                  "其中一场（11月11日）占了本期的 58.7%，去掉它只差 ¥1.0万；")


def test_an_unchanged_count_is_no_known_reason() -> None:
    zh, open_zh, *_ = said(change(factor("sessions", 0, sure=True),
                                  factor("aov", -1_000_000, sure=False), sure=False))

    assert zh == "比对比期少卖 ¥1.0万，但这样的起伏平时也有；"
    assert open_zh == "每一步有没有变，现在都说不清。"


@pytest.mark.parametrize(("rest", "zh", "en"), [
    (-1_900_000, "只差 ¥1.9万", "−¥19.0K"), (2_000_000, "反而多卖 ¥2.0万", "+¥20.0K"),
    (-9_000_000, "要差 ¥9.0万", "−¥90.0K"),
])
def test_a_session_that_holds_half_of_a_side_stands_in_the_headline(
    rest: int, zh: str, en: str,
) -> None:
    heavy = Message(key="one_session_dominates", text=Text(zh="", en=""), values={
        "day": "2026-10-09", "share": "60.0%", "side_zh": "对比期",
        "side_en": "the compared period", "change_without": rest})

    known, _ = headline(change(factor("aov", -7_000_000, sure=True), flags=(heavy,)),
                        currency="CNY")

    assert known.zh.endswith(f"；其中一场（10月9日）占了对比期的 60.0%，去掉它{zh}。")
    assert known.en.endswith("; one session (2026-10-09) holds 60.0% of the compared period, "
                             f"without it the difference is {en}.")


def test_a_supported_factor_that_does_not_explain_the_direction_is_not_the_reason() -> None:
    zh, *_ = said(change(factor("sessions", 2_000_000, sure=True),
                         factor("aov", -9_000_000, sure=False)))

    assert zh == "比对比期少卖 ¥7.0万，还说不出是哪一步的原因；播的场次多了，补回 ¥2.0万；"


def test_all_known_leaves_nothing_open() -> None:
    assert headline(change(factor("viewers_per_session", -100_000, sure=True)),
                    currency="CNY")[1] is None


def test_no_change_at_all() -> None:
    zh, *_ = said(change(factor("viewers_per_session", 0, sure=False)))

    assert zh.startswith("卖得和对比期一样多")


def test_beside_peers_the_gap_is_to_the_average_one() -> None:
    zh, _, en, _ = said(change(factor("viewers_per_session", -5_000_000, sure=True),
                               against="peers"))

    assert zh == "比同行平均少卖 ¥5.0万，主要差在场均观看人数比同行低。"
    assert en == ("Sales are ¥50.0K below the average peer's, mainly because it has lower viewers "
                  "per session than peers.")


def test_beside_peers_nothing_is_worded_as_a_change() -> None:
    zh, open_zh, en, open_en = said(change(
        factor("sessions", -6_000_000, sure=True), factor("aov", 1_000_000, sure=True),
        factor("view_pay_rate", -100, sure=False), against="peers"))

    assert zh == "比同行平均少卖 ¥5.0万，主要差在场次比同行少；客单价比同行高，补回 ¥1.0万；"
    assert open_zh == "观看-成交率比同行高还是低，现在还说不清。"
    assert "fewer sessions than peers" in en
    assert open_en == "Whether view-to-pay rate is above or below peers' cannot be told yet."
    for word in ("变", "了；", "fell", "rose", "changed"):
        assert word not in zh + open_zh + en + open_en


def test_an_ordinary_gap_to_peers_is_said_to_be_one() -> None:
    zh, open_zh, en, open_en = said(change(
        factor("sessions", 0, sure=True), factor("aov", 1_000_000, sure=False),
        against="peers", sure=False))

    assert zh == "比同行平均多卖 ¥1.0万，但这样的差距平时也有；"
    assert open_zh == "每一步比同行高还是低，现在都说不清。"
    assert en == "Sales are ¥10.0K above the average peer's, but such gaps are ordinary."
    assert open_en == "Whether any step differs from peers cannot be told yet."


def test_another_currency_is_written_as_such() -> None:
    known, _ = headline(change(factor("aov", -100_000_000, sure=True)), currency="IDR")

    assert known.en.startswith("Sales fell by Rp1.00M")


def test_two_counted_sessions_speak_where_the_split_was_refused() -> None:
    fruit = compare(Counted(visitors=100, buyers=10), Counted(visitors=20, buyers=1))
    none = refused(periods=(NOW, NOW.previous()), sold=(100_000, 10_000), counts=(1, 1))

    known, unknown = headline(none, currency="CNY", counted=fruit)

    assert known.zh == "来的人 100 → 20，少了 80.0%；"
    assert unknown is not None
    assert unknown.zh.endswith("转化有没有变，说不清。")
    assert known.en == "100 → 20 people came, 80.0% fewer."


def test_too_few_sessions_still_give_both_totals_and_what_to_do() -> None:
    none = refused(periods=(NOW, NOW.previous()), sold=(100_000, 90_000), counts=(2, 5))

    known, unknown = headline(none, currency="CNY")

    assert known.zh == "对比期卖 ¥1,000，本期卖 ¥900；"
    assert unknown is not None
    assert "每边至少 3 场" in unknown.zh


def test_without_any_session_nothing_is_claimed() -> None:
    none = refused(periods=(NOW, NOW.previous()), sold=(0, 0), counts=(0, 0))

    known, unknown = headline(none, currency="CNY")

    assert known.en == "Neither period holds a session that counts."
    assert unknown is not None
    assert unknown.zh == "原因写在备注里；补上缺的列（多半是成交金额）再导入，就能诊断。"


@pytest.mark.parametrize("amount", [-1_000_000, 1_000_000])
@pytest.mark.parametrize("id_", ["sessions", *READINGS])
def test_no_factor_of_an_identity_is_without_words(id_: str, amount: int) -> None:
    from caopan.diagnose.phrases import PHRASES

    if id_ in PHRASES:
        zh, _, en, _ = said(change(factor(id_, amount, sure=True)))
        assert "因为" in zh
        assert "because" in en
