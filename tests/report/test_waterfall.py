"""The waterfall: bars that add up, ranges over the bars, and numbers that never collide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape

import pytest

from caopan.diagnose.diagnosis import Change, Factor
from caopan.report.levels import levels
from caopan.report.measure import width
from caopan.report.waterfall import WIDTH, factor_word, waterfall
from caopan.report.words import Words
from caopan.units.interval import Interval
from caopan.units.message import LANGUAGES, Language, Text
from caopan.units.unit import Unit

SIZES = {"head": 15.0, "unsure": 14.0, "name": 12.5, "small": 11.5, "yes": 11.5, "no": 11.5}
LONG = Text(zh="商品结构（引流款、利润款、形象款的占比变化）",
            en="Product mix (share of traffic, profit and image goods)")


def drawn(change: Change, language: Language = "zh", currency: str = "CNY") -> str:
    return str(waterfall(change, name="晚晚", currency=currency, key="k",
                         words=Words(language=language)))


def boxes(svg: str) -> Iterator[tuple[float, float, float, str]]:
    """Yield left, right and baseline of every text."""
    pattern = (r'<text x="([\d.-]+)" y="([\d.-]+)" class="t ?([^"]*)"'
               r'(?: text-anchor="(\w+)")?>(.*?)<')
    for x, y, kind, anchor, said in re.findall(pattern, svg):
        size = next((SIZES[one] for one in kind.split() if one in SIZES), 12.0)
        wide = width(unescape(said), size=size)
        left = float(x) - {"middle": wide / 2, "end": wide}.get(anchor, 0.0)
        yield left, left + wide, float(y), unescape(said)


def collisions(svg: str) -> list[tuple[str, str]]:
    texts = list(boxes(svg))
    return [(one[3], two[3]) for index, one in enumerate(texts) for two in texts[index + 1:]
            if one[0] < two[1] - 1 and two[0] < one[1] - 1 and abs(one[2] - two[2]) < 9]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", range(1, 10))
@pytest.mark.parametrize("scale", [0.0001, 1, 73, 12_345])
def test_numbers_never_collide_nor_leave_the_drawing(
    make_change: Callable[..., Change], language: Language, count: int, scale: float,
) -> None:
    pool = [*make_change().factors, *make_change().factors[:2]]
    pool[1] = replace(pool[1], name=LONG)
    factors = tuple(replace(one, id=f"f{index}", amount=round(one.amount * scale),
                            interval=one.interval.scaled(scale) if one.interval else None)
                    for index, one in enumerate(pool[:count]))
    before = round(41.8e6 * scale)
    change = make_change(factors=factors, before=before,
                         after=before + sum(one.amount for one in factors))

    svg = drawn(change, language)

    assert collisions(svg) == []
    assert all(left >= -1 and right <= WIDTH + 1 for left, right, _, _ in boxes(svg))


def test_bars_hang_together_from_one_total_to_the_other(
    make_change: Callable[..., Change],
) -> None:
    svg = drawn(make_change())
    links = re.findall(r'<line x1="[\d.]+" y1="([\d.]+)" x2="[\d.]+" y2="([\d.]+)" class="link"',
                       svg)

    assert len(links) == 8
    assert all(start == end for start, end in links)
    assert svg.count('class="b loss"') == 2
    assert svg.count('class="b gain"') == 1
    assert svg.count('class="b unknown"') == 4


def test_verdicts_differ_in_shape_not_only_in_colour(make_change: Callable[..., Change]) -> None:
    svg = drawn(make_change())

    assert svg.count('class="chip-yes"') == svg.count('class="dot-yes"') == 3
    assert svg.count('class="chip-no"') == svg.count('class="dot-no"') == 4


def test_an_axis_that_does_not_start_at_zero_shows_a_break(
    make_change: Callable[..., Change],
) -> None:
    near = drawn(make_change())
    fallen = drawn(make_change(after=1_000_000, factors=(replace(
        make_change().factors[0], amount=1_000_000 - make_change().before, interval=None),)))

    assert near.count('class="paper"') == 2
    assert fallen.count('class="paper"') == 0


def test_a_negative_total_hangs_below_the_zero_line(
    make_change: Callable[..., Change], make_factor: Callable[..., Factor],
) -> None:
    gone = make_factor("mix", "结构", "Mix", Unit.TIMES, 1, 0, -44, -50, -40, supported=True)
    svg = drawn(make_change(before=42_000_000, after=-2_000_000, factors=(gone,)))

    assert "−2.0万" in svg
    assert ">0<" in svg


def test_no_sales_on_either_side_can_still_be_drawn(make_change: Callable[..., Change]) -> None:
    flat = replace(make_change().factors[0], amount=0, interval=None)
    svg = drawn(make_change(before=0, after=0, factors=(flat,)))

    assert "nan" not in svg
    assert collisions(svg) == []


def test_a_factor_without_an_interval_has_no_whisker_but_a_dash(
    make_change: Callable[..., Change],
) -> None:
    bare = replace(make_change().factors[0], interval=None)
    svg = drawn(make_change(factors=(bare,)))

    assert 'class="wh"' not in svg
    assert ">—<" in svg


def test_one_wild_whisker_is_cut_and_loses_its_cap(make_change: Callable[..., Change]) -> None:
    first, *others = make_change().factors
    wild = replace(first, interval=Interval(low=-9e9, mid=0.0, high=9e9, level=0.8))
    svg = drawn(make_change(factors=(wild, *others)))
    tame = drawn(make_change())

    assert tame.count('class="wh"') - svg.count('class="wh"') == 2


def test_the_summary_names_every_factor_with_its_amount_and_verdict(
    make_change: Callable[..., Change],
) -> None:
    svg = drawn(make_change())
    said = unescape(re.search(r"<desc[^>]*>(.*?)</desc>", svg)[1])  # type: ignore[index]

    assert said.startswith("从 ¥41.8万 到 ¥32.0万。")
    assert "单场曝光 −¥7.4万（有据）" in said
    assert "点击成交率 −¥2.3万（无法判断）" in said


def test_hostile_factor_names_are_escaped(make_change: Callable[..., Change]) -> None:
    evil = Text(zh="</text><script>x", en="</text><script>x")
    svg = drawn(make_change(factors=(replace(make_change().factors[0], name=evil),)))

    assert "<script" not in svg


def test_all_amounts_share_the_word_of_the_largest(make_change: Callable[..., Change]) -> None:
    assert factor_word(make_change().factors, words=Words(language="zh")).text == "万"
    assert factor_word(make_change().factors, words=Words(language="en")).text == "K"


def test_whiskers_of_the_two_largest_factors_fit_where_that_costs_less_than_half_the_height(
    make_change: Callable[..., Change],
) -> None:
    first, second, *others = make_change().factors
    places = [step.end for step in levels(make_change()).steps]
    span = max(places) - min(places)

    def long(share: float) -> Change:
        reach = Interval(low=second.amount - 100 * span * share, mid=float(second.amount),
                         high=float(second.amount), level=0.8)
        return make_change(factors=(first, replace(second, interval=reach), *others))

    assert max(make_change().factors, key=lambda one: abs(one.amount)) == second
    assert not levels(long(0.95)).cut
    assert levels(long(40.0)).cut


@pytest.mark.parametrize("language", LANGUAGES)
def test_units_are_drawn_as_they_are_counted(
    make_change: Callable[..., Change], language: Language,
) -> None:
    less = replace(make_change().factors[0], amount=-228, interval=Interval(
        low=-259.0, mid=-228.0, high=-173.0, level=0.8))
    change = make_change(measure="units", unit=Unit.UNITS, before=600, after=372, factors=(less,))

    svg = drawn(change, language)
    found = levels(change)

    assert (found.before, found.after) == (600, 372)
    assert {said for *_, said in boxes(svg)} >= {"600", "372", "−228", "−259 – −173"}
    assert ("600 件" if language == "zh" else "600 units") in svg
    assert "¥" not in svg
