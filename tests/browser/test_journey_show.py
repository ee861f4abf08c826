"""An operator's evening: a history is dropped, an S campaign designed, its show rehearsed, closed.

The rehearsal runs at sixty times with three incidents, on four screens; two of them are phones.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, BrowserContext, Page, expect

from caopan.units.clock import now
from tests.browser.desk import PATIENCE, Desk
from tests.browser.fit import outside
from tests.browser.watch import Watch

SHOWS = 24
ASSURANCES = ("讲品框架", "节奏调整", "现场组织", "流量投放", "突发预案")
MESSAGES = {"price_wrong": "先别念价", "stream_lost": "稳住，等画面", "sell_out": "换下一个品"}
CARDS = {"price_wrong": "价格或券错了", "stream_lost": "断流黑屏", "sell_out": "快卖完 / 超卖"}


def files(first: datetime) -> dict[str, bytes]:
    """Return a host's history and a plan, as a room keeps them in our own columns."""
    shows = ["session_id,streamer_id,started_at,ended_at,views,orders,units,gmv,currency"]
    goods = ["session_id,product_id,role,live_price,position,units,gmv,stock_planned,currency"]
    for at in range(SHOWS):
        start = first - timedelta(days=SHOWS - at)
        berries, pears = 18 + at % 5, 3 + at % 4
        sold = berries * 20 + pears * 9
        shows.append(f"s{at},林晚,{start.isoformat()},{(start + timedelta(hours=2)).isoformat()},"
                     f"{900 + 11 * at},{berries + pears},{berries + pears},{sold}.00,CNY")
        goods += [f"s{at},草莓,hero,20.00,1,{berries},{berries * 20}.00,60,CNY",
                  f"s{at},梨,regular,9.00,2,{pears},{pears * 9}.00,40,CNY"]
    planned = ["session_id,streamer_id,started_at,planned_minutes,currency"]
    line_up = ["session_id,product_id,role,live_price,unit_cost,stock_on_hand"]
    for at in range(2):
        start = first + timedelta(days=6 + at)
        planned.append(f"n{at},林晚,{start.isoformat()},60,CNY")
        line_up += [f"n{at},草莓,hero,20.00,8.00,60", f"n{at},梨,regular,9.00,4.00,60"]
    return {"sessions.csv": "\n".join(shows).encode(),
            "session_products.csv": "\n".join(goods).encode(),
            "planned_sessions.csv": "\n".join(planned).encode(),
            "planned_products.csv": "\n".join(line_up).encode()}


def other(browser: Browser, desk: Desk, address: str, *,
          width: int) -> tuple[BrowserContext, Watch]:
    """Open a screen of the room on another device that is in."""
    context = browser.new_context(
        viewport={"width": width, "height": 844}, locale="zh-CN", reduced_motion="reduce",
        storage_state=desk.page.context.storage_state())
    watch = Watch(context.new_page())
    watch.page.set_default_timeout(PATIENCE)
    watch.page.goto(desk.address + address)
    return context, watch


def seen(desk: Desk, room: str, *, least: int) -> None:
    """Wait until alerts have told of so many incidents; at sixty times one is soon over."""
    rehearsal = desk.house.desk.rehearsals[room.rpartition("/")[2]]
    for _ in range(PATIENCE // 100):
        if rehearsal.score()["detected"] >= least:
            return
        desk.page.wait_for_timeout(100)
    raise AssertionError(rehearsal.document())


def answer(control: Page, card: str) -> None:
    """Take up a card and fire it: the first press arms, the second does it."""
    cards = control.locator("#room-cards")
    cards.get_by_role("button", name=CARDS[card]).first.click()
    cards.get_by_role("button", name=f"确认：{CARDS[card]}").click()
    expect(control.locator(".rm-incident", has_text=CARDS[card])).to_be_visible()


def imported(desk: Desk) -> None:
    """Drop a history and a plan on the import centre, and take them in."""
    page = desk.page
    page.goto(f"{desk.address}/import")
    desk.drop(files(now().astimezone(UTC).replace(hour=12, minute=0, second=0, microsecond=0)))
    page.wait_for_selector("#standing")
    page.get_by_role("button", name=re.compile("^导入 ")).click()
    page.wait_for_url("**/import/batches/1")


def designed(desk: Desk) -> None:
    """Make an S campaign from its template, take what the system proposes, look at each tab."""
    page = desk.page
    page.goto(f"{desk.address}/campaigns")
    page.get_by_role("radio", name=re.compile("S 级大场")).check()
    page.get_by_label("名称").fill("周年庆")
    page.get_by_label("GMV 总目标").fill("800")
    page.get_by_role("button", name="建活动").click()
    page.wait_for_url(re.compile("/campaigns/[^/]+$"))
    page.goto(f"{page.url}/proposal")
    page.get_by_role("button", name="收下勾上的").click()
    page.wait_for_url(re.compile("/campaigns/[^/]+$"))
    for tab in ASSURANCES:
        page.get_by_role("link", name=re.compile(tab)).first.click()
        desk.check()


def rehearsing(desk: Desk) -> str:
    """Rehearse the run sheet of the campaign's show at sixty times; return its room."""
    page = desk.page
    page.goto(f"{desk.address}/runsheets/n0")
    expect(page.locator("main")).to_contain_text("草莓")
    desk.check()
    page.locator("summary", has_text="演练").click()
    page.get_by_label("快放几倍").select_option("60")
    page.get_by_role("button", name="开始演练").click()
    page.wait_for_url("**/rooms/*")
    return page.url.removeprefix(desk.address)


def test_from_a_history_to_an_s_campaign_a_rehearsal_and_a_closed_session_with_its_log(
        desk: Desk, browser: Browser) -> None:
    imported(desk)
    designed(desk)
    room, control = rehearsing(desk), desk.page
    crew = [other(browser, desk, f"{room}/{name}", width=width)
            for name, width in (("floor", 1440), ("prompter", 390), ("desk", 390))]
    floor, host, link = (watch for _, watch in crew)

    for number, (card, said) in enumerate(MESSAGES.items(), start=1):
        seen(desk, room, least=number)
        answer(control, card)
        control.get_by_label("消息", exact=True).fill(said)
        control.get_by_role("button", name="发送").click()
        expect(host.page.locator(".rm-text")).to_have_text(said)
        host.page.get_by_role("button", name="收到").click()
        control.locator(".rm-incident").get_by_role("button", name="已恢复").first.click()
    assert outside(host.page) == outside(link.page) == []

    control.get_by_role("button", name="下播").click()
    for shown in (control, floor.page):
        expect(shown.locator("#room-head .rm-status")).to_contain_text("已下播")
    log = control.locator("#room-log")
    for name in CARDS.values():
        expect(log).to_contain_text(name)
    control.reload()
    expect(control.locator("#room-score")).to_contain_text("告警发现 3 个，启动预案 3 个")
    assert [*desk.complaints, *floor.complaints, *host.complaints, *link.complaints] == []
    for context, _ in crew:
        context.close()
