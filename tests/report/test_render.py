"""The whole page: self-contained, small, escaped, labelled, and right in every state."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from caopan.diagnose.diagnosis import Change, Diagnosis, Subject
from caopan.facts.issue import Issue, Level
from caopan.report.page import ImportSummary, Page, grouped
from caopan.report.render import MOST_BYTES, render
from caopan.units.message import LANGUAGES, Language, Message, Text

VOID = {"meta", "rect", "line", "circle", "path", "br"}
LIMIT = 1_500_000


class Outline(HTMLParser):
    """Checks nesting, and keeps ids, references and drawings."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.drawings = 0
        self.described = 0
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        if "id" in found:
            self.ids.append(found["id"] or "")
        if tag == "a":
            self.links.append((found.get("href") or "").removeprefix("#"))
        if tag == "svg" and found.get("role") == "img":
            self.drawings += 1
        self.described += tag == "title" and "svg" in self.open
        self.addresses += [value or "" for name, value in attrs
                           if name in {"src", "href", "data", "srcset", "action"}]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def outline(html: str) -> Outline:
    parser = Outline()
    parser.feed(html)
    assert parser.open == []
    return parser


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_stands_alone_without_scripts_or_addresses(
    make_page: Callable[..., Page], language: Language,
) -> None:
    html = render(make_page(), language=language)
    found = outline(html)

    assert not found.tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    assert all(address.startswith("#") for address in found.addresses)
    assert "url(" not in html.replace("url(#hatch)", "")
    assert "@import" not in html
    assert "http://" not in html
    assert "https://" not in html
    assert not re.search(r"\son[a-z]+=", html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_id_is_unique_and_every_link_leads_somewhere(
    make_page: Callable[..., Page], make_crowd: Callable[[int], tuple[Diagnosis, ...]],
    language: Language,
) -> None:
    for page in (make_page(), make_page(*make_crowd(12))):
        found = outline(render(page, language=language))

        assert len(found.ids) == len(set(found.ids))
        assert set(found.links) <= set(found.ids)
        assert found.links


def test_every_drawing_has_a_name(make_page: Callable[..., Page]) -> None:
    found = outline(render(make_page(), language="zh"))

    assert found.drawings > 20
    assert found.described == found.drawings


def test_the_sentence_comes_first_and_the_unknown_part_is_set_apart(
    make_page: Callable[..., Page],
) -> None:
    html = render(make_page(), language="zh")

    sentence = ("<h1>少卖的 9.8万，主要因为看到直播间的人少了；"
                "<em>转化有没有变差，现在还说不清。</em></h1>")
    assert html.index(sentence) < html.index("钱少在哪一步<small>")


def test_english_holds_no_chinese_but_names_and_the_logo(make_page: Callable[..., Page]) -> None:
    html = render(make_page(), language="en")
    text = re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL)

    left = set(re.findall(r"[\u4e00-\u9fff]+", text))
    assert left <= {"操", "晚晚果园直播间", "晚晚果园", "第", "场", "场次明细", "月", "订单",
                    "话术", "开播时间", "支付金额", "对得上的房间"}


def test_synthetic_data_are_labelled_in_every_section(
    make_page: Callable[..., Page], make_crowd: Callable[[int], tuple[Diagnosis, ...]],
) -> None:
    html = render(make_page(*make_crowd(5)), language="zh")
    heads = re.findall(r'<header class="hd">.*?</header>', html, flags=re.DOTALL)

    assert len(heads) == 1 + 5 + 2
    assert all("合成数据" in head for head in heads)
    assert "Synthetic data" in render(make_page(), language="en")


def test_real_data_carry_no_label(
    make_page: Callable[..., Page], make_imports: Callable[..., ImportSummary],
) -> None:
    html = render(make_page(imports=make_imports(synthetic=False)), language="zh")

    assert "合成数据" not in html


def test_hostile_names_are_shown_and_do_nothing(make_page: Callable[..., Page],
                                                make: Callable[..., Diagnosis]) -> None:
    evil = '</style><script>alert(1)</script>"><img src=x onerror=alert(2)>{{7*7}}{0}'
    one = make(subject=Subject(kind="streamer", id=evil, name=evil, currency="CNY"),
               headline=Text(zh=evil, en=evil), unknown=Text(zh=evil, en=evil),
               notes=(Message(key="k", text=Text(zh="{x}", en="{x}"), values={"x": evil}),))
    html = render(make_page(one), language="zh")
    found = outline(html)

    assert not found.tags & {"script", "img"}
    assert "&lt;script&gt;" in html
    assert "{{7*7}}" in html
    assert html.count("</style>") == 1


def test_five_hundred_subjects_stay_under_the_limit_and_none_is_lost(
    make_page: Callable[..., Page], make_crowd: Callable[[int], tuple[Diagnosis, ...]],
) -> None:
    html = render(make_page(*make_crowd(500)), language="zh")

    assert len(html.encode()) <= LIMIT
    listed = html.count('<tr><td><a href="#s') + html.count("<tr><td>合成房间")
    rest = re.search(r"另有 (\d+) 个变化更小的对象", html)
    assert listed + int(rest[1] if rest else 0) == 500


def test_full_sections_stop_where_the_page_would_grow_too_large(
    make_page: Callable[..., Page], make: Callable[..., Diagnosis],
) -> None:
    long = Text(zh="长" * 400, en="x" * 400)
    heavy = [make(subject=Subject(kind="streamer", id=f"h{index}", name=f"h{index}",
                                  currency="CNY"),
                  findings=tuple(replace(one, title=long, advice=long, settle=long)
                                 for one in make().findings * 2))
             for index in range(60)]
    html = render(make_page(*heavy, full=60), language="zh")

    assert len(html.encode()) <= LIMIT
    assert MOST_BYTES < LIMIT
    sections = len(re.findall(r'<section class="page" id="s\d+"', html))
    assert 5 < sections < 60
    assert f"变化最大的 {sections} 个对象有全文" in html


def test_nothing_to_diagnose_says_what_to_bring(make_page: Callable[..., Page]) -> None:
    page = replace(make_page(), diagnoses=())

    assert "导入至少一个直播间的场次明细" in render(page, language="zh")
    assert "Import session details of at least one room" in render(page, language="en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_decomposition_says_why_and_what_to_bring(
    make_page: Callable[..., Page], make: Callable[..., Diagnosis],
    make_change: Callable[..., Change], too_few: Message, language: Language,
) -> None:
    one = make(change=make_change(factors=(), interval=None, refused=too_few, n_after=2),
               findings=(), trees=(), funnel=(), sessions=())
    html = render(make_page(one), language=language)
    outline(html)

    expected = {
        "zh": ("这次不拆", "本期只有 2 场，少于 3 场", "至少再播 1 场", "没有漏斗",
               "这两期没有场次", "没有一条发现有据"),
        "en": ("Not decomposed", "only 2 sessions in the period", "one more session",
               "No funnel", "No sessions in either period", "No finding is supported"),
    }
    assert all(words in html for words in expected[language])


def test_a_subject_without_data_shows_dashes_not_zeros(
    make_page: Callable[..., Page], make: Callable[..., Diagnosis],
    make_change: Callable[..., Change], too_few: Message,
) -> None:
    nothing = make_change(before=0, after=0, n_before=0, n_after=0, factors=(), interval=None,
                          refused=too_few)
    stage = replace(make().stage, rung=None, name=None, bottleneck=None, first_moves=None,
                    gate=None, monthly_gmv=None, expected=None, low=None, high=None)
    one = make(change=nothing, stage=stage, findings=(), trees=(), funnel=(), sessions=(),
               figures={}, notes=())
    html = render(make_page(one), language="zh")

    assert "¥0" not in html
    assert html.count('class="v unknown">—') == 2
    assert "判不出阶段" in html
    assert "两期都没有场次" in html


def test_the_printed_foot_says_basis_and_maturity(
    make_page: Callable[..., Page], make_imports: Callable[..., ImportSummary],
) -> None:
    html = render(make_page(), language="zh")
    immature = render(make_page(imports=make_imports(refunds_as_of=None)), language="zh")

    assert '@bottom-left{content:"成交金额（GMV）含后续退款。退款数据截至 2026年11月22日。"' in html
    assert "counter(pages)" in html
    assert "没有退款数据，净成交看不了" in immature


def test_dark_colours_are_for_screens_only(make_page: Callable[..., Page]) -> None:
    html = render(make_page(), language="zh")

    assert "@media screen and (prefers-color-scheme:dark)" in html
    before = html.split("@media screen and (prefers-color-scheme:dark)", maxsplit=1)[0]
    assert "color-scheme:dark" not in before


def test_the_same_page_is_written_twice_alike(make_page: Callable[..., Page]) -> None:
    assert render(make_page(), language="zh") == render(make_page(), language="zh")


@pytest.mark.parametrize("rooms", [1, 3])
def test_a_guessed_year_stands_on_the_first_page_only(
    make_page: Callable[..., Page], make_crowd: Callable[[int], tuple[Diagnosis, ...]],
    make_imports: Callable[..., ImportSummary], rooms: int,
) -> None:
    guess = Issue(level=Level.WARNING, message=Message(
        key="year_assumed", text=Text(zh="按 2026 年读取", en="read as 2026")))
    html = render(make_page(*make_crowd(rooms), imports=make_imports(issues=grouped([guess]))),
                  language="zh")

    assert html.count('class="note assumed"') == 1
    assert html.index('class="note assumed"') < html.index("<h1>")


def test_on_a_phone_the_overview_says_the_level_of_its_ranges_once(
    make_page: Callable[..., Page], make_crowd: Callable[[int], tuple[Diagnosis, ...]],
) -> None:
    zh = render(make_page(*make_crowd(12)), language="zh")
    en = render(make_page(*make_crowd(12)), language="en")

    assert zh.count('<p class="note narrow">每个对象：先是本期与上期的成交金额，'
                    '再是变化与它的区间 (80%)</p>') == 1
    assert en.count('<p class="note narrow">Each subject: GMV now and before, then the change and '
                    'its range (80%)</p>') == 1
    assert re.search(r"max-width:699px.*\.narrow\{display:block\}", zh, re.DOTALL)


def test_sessions_of_which_only_the_month_is_known_are_on_no_day(
    make: Callable[..., Diagnosis], make_page: Callable[..., Page],
) -> None:
    rows = tuple({**session, "day": None} for session in make().sessions)

    html = render(make_page(make(sessions=rows)), language="en")

    assert "The files name months, not starts" in html
    assert "No sessions in either period" not in html
