from __future__ import annotations

import pytest

from caopan.web.house import House
from tests.web.conftest import guest, owner, token


def test_a_guest_is_led_to_the_door(empty_house: House) -> None:
    answer = guest(empty_house).get("/", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/enter")


@pytest.mark.parametrize(("wanted", "reached"), [
    ("/subjects/streamer/%E6%9E%97%2F1?panel=refunds",
     "/subjects/streamer/%E6%9E%97%2F1?panel=refunds"),
    ("//evil.example/", "/"), ("https://evil.example/", "/"), ("/\\evil.example", "/")])
def test_a_link_opened_in_a_new_browser_is_reached_after_the_door(
        empty_house: House, wanted: str, reached: str) -> None:
    ticket = empty_house.workspace.new_ticket()

    page = guest(empty_house).get("/enter", params={"next": wanted}).text
    came = guest(empty_house).post("/enter", data={"ticket": ticket, "next": wanted},
                                   follow_redirects=False)

    assert ('name="next"' in page) is (reached != "/")
    assert (came.status_code, came.headers["location"]) == (303, reached)


def test_a_part_of_a_page_sends_the_whole_page_to_the_door(empty_house: House) -> None:
    part = guest(empty_house).get("/import/fresh", headers={"hx-request": "true"},
                                  follow_redirects=False)

    assert (part.status_code, part.headers["hx-redirect"]) == (204, "/enter")


def test_a_ticket_opens_the_door_once(empty_house: House) -> None:
    ticket = empty_house.workspace.new_ticket()

    first = guest(empty_house).post("/enter", data={"ticket": ticket}, follow_redirects=False)
    second = guest(empty_house).post("/enter", data={"ticket": ticket}, follow_redirects=False)

    assert (first.status_code, second.status_code) == (303, 403)
    assert "HttpOnly" in first.headers["set-cookie"]
    assert "SameSite=lax" in first.headers["set-cookie"]


def test_a_change_without_its_token_is_refused(empty_house: House) -> None:
    client = owner(empty_house)

    bare = client.post("/settings/taste", data={"language": "en"}, follow_redirects=False)
    carried = client.post("/settings/taste", data={"language": "en", "token": token(client)},
                          follow_redirects=False)

    assert (bare.status_code, carried.status_code) == (403, 303)


def test_a_change_from_another_page_is_refused(empty_house: House) -> None:
    client = owner(empty_house)
    sent = {"data": {"language": "en", "token": token(client)}, "follow_redirects": False}

    foreign = client.post("/settings/taste", headers={"origin": "http://evil.example"}, **sent)
    crossed = client.post("/settings/taste", headers={"sec-fetch-site": "cross-site"}, **sent)

    assert (foreign.status_code, crossed.status_code) == (403, 403)


def test_a_foreign_name_reaches_nothing(empty_house: House) -> None:
    answer = guest(empty_house).get("/enter", headers={"host": "evil.example"})

    assert answer.status_code == 403


def test_every_answer_carries_the_policy(empty_house: House) -> None:
    client = owner(empty_house)

    answers = [client.get(path) for path in ("/", "/nowhere", "/static/tokens.css")]

    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_forged_session_stays_a_guest(empty_house: House) -> None:
    client = guest(empty_house)
    client.cookies.set("caopan_session", "00.1795776370.AAAA")

    assert client.get("/", follow_redirects=False).status_code == 303


def test_a_way_back_never_leads_away(empty_house: House) -> None:
    client = owner(empty_house)

    answer = client.post("/settings/taste", follow_redirects=False, data={
        "language": "en", "token": token(client), "back": "//evil.example"})

    assert answer.headers["location"] == "/settings"


def test_a_form_of_our_own_page_that_tells_no_referrer_is_welcome(empty_house: House) -> None:
    client = owner(empty_house)
    sent = {"data": {"language": "en", "token": token(client)}, "follow_redirects": False}
    hidden = {"origin": "null"}

    own = client.post("/settings/taste", **sent,
                      headers={**hidden, "sec-fetch-site": "same-origin"})
    sandboxed = client.post("/settings/taste", headers=hidden, **sent)

    assert (own.status_code, sandboxed.status_code) == (303, 403)


def test_the_door_speaks_the_language_chosen_on_it_and_remembers_it(empty_house: House) -> None:
    client = guest(empty_house)

    chosen = client.get("/enter?language=en")
    later = client.get("/enter")
    strange = client.get("/enter?language=xx")

    assert '<html lang="en"' in chosen.text
    assert '<html lang="en"' in later.text
    assert 'href="/enter?language=zh"' in later.text
    assert (strange.status_code, "set-cookie" in strange.headers) == (200, False)


def test_before_anything_was_chosen_the_language_is_the_browser_s(empty_house: House) -> None:
    client = guest(empty_house)
    client.headers["accept-language"] = "en-GB,en;q=0.9,zh;q=0.3"

    door = client.get("/")
    refused = client.post("/enter", data={"ticket": "none"})
    missing = client.get("/nowhere")
    chosen = client.get("/enter?language=zh")

    assert '<html lang="en"' in door.text
    assert "this link was used already" in refused.text
    assert "there is no such page" in missing.text
    assert '<html lang="zh-CN"' in chosen.text
    assert '<html lang="zh-CN"' in client.get("/enter").text


def test_a_refusal_names_what_was_asked_in_the_language_of_who_asked(empty_house: House) -> None:
    said = {language: guest(empty_house).get("/api/workspace",
                                             headers={"accept-language": language}).json()
            for language in ("zh", "en")}

    assert said["zh"]["title"] == "没有权限：查看数据"
    assert said["en"]["title"] == "you may not see the data"
    assert all(one["details"]["action"] == "read" for one in said.values())
