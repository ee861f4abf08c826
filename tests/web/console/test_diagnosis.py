"""The diagnosis page says what the report says, and of which moment it is."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from starlette.testclient import TestClient

from caopan import Workspace
from caopan.report.scale import word_for
from caopan.web.house import House
from tests.web.conftest import owner, token

HEAD = "session_id,streamer_id,started_at,ended_at,views,viewers,orders,buyers,units,gmv,currency"


@pytest.fixture(scope="module")
def ready_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ready") / "room"
    with Workspace.open(folder) as workspace:
        workspace.demo(size="toy", seed=7)
        workspace.keep_results()
    return folder


@pytest.fixture
def ready(ready_folder: Path) -> Iterator[House]:
    with Workspace.open(ready_folder) as workspace:
        yield House.of(workspace)


def wait(house: House) -> None:
    for job in house.jobs.all():
        house.jobs.wait(job.id)


def said(page: str) -> str:
    """Return what a page says, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def address(one: dict[str, object], **query: str) -> str:
    subject = one["subject"]
    assert isinstance(subject, dict)
    told = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/diagnose/{subject['kind']}/{quote(subject['id'], safe='')}?{told}"


def subjects(house: House, language: str = "zh") -> list[dict[str, object]]:
    document = house.workspace.diagnose().document("en" if language == "en" else "zh")
    found = document["subjects"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_says_what_the_report_says(ready: House, language: str) -> None:
    client = owner(ready, language=language)

    for one in subjects(ready, language)[:3]:
        page = client.get(address(one))
        text = said(page.text)

        assert page.status_code == 200
        agrees(text, one, language)


def agrees(text: str, one: dict[str, object], language: str) -> None:
    """Assert that a page says the sentence, the factors and the findings of a report's subject."""
    headline, change, findings = one["headline"], one["change"], one["findings"]
    assert isinstance(headline, dict)
    assert isinstance(change, dict)
    assert isinstance(findings, list)
    assert headline[language] in text
    amounts = [float(factor["amount"]) for factor in change["factors"]]
    word = word_for(amounts, language="en" if language == "en" else "zh")
    for factor, amount in zip(change["factors"], amounts, strict=True):
        name = factor["name"][language]
        assert name[:1].upper() + name[1:] in text
        assert f" {word.change(amount)}{word.text} " in text
    for finding in findings:
        title = finding["title"][language]
        assert (title[:1].upper() + title[1:]) in text
    verdicts = {"supported": "有据" if language == "zh" else "Supported",
                "cannot_tell": "无法判断" if language == "zh" else "Cannot tell"}
    for verdict in {finding["verdict"] for finding in findings}:
        assert verdicts[verdict] in text


def test_the_exported_report_holds_the_same_subject(ready: House) -> None:
    client, one = owner(ready), subjects(ready)[0]

    data = client.get(address(one).replace("/diagnose/", "/diagnosis/report.json/"))
    page = client.get(address(one).replace("/diagnose/", "/diagnosis/report.html/"))

    assert json.loads(data.text)["subjects"] == json.loads(json.dumps([one], default=str))
    assert "attachment" in page.headers["content-disposition"]
    assert said(page.text).count(one["headline"]["zh"]) == 1  # type: ignore[index]


def test_the_findings_can_be_taken_away_as_a_table(ready: House) -> None:
    client, one = owner(ready), subjects(ready)[0]

    answer = client.get(address(one).replace("/diagnose/", "/diagnosis/findings.csv/"))

    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    findings = one["findings"]
    assert isinstance(findings, list)
    assert [row["rule"] for row in rows] == [finding["rule"] for finding in findings]
    assert [row["verdict"] for row in rows] == [finding["verdict"] for finding in findings]
    assert [float(row["at_stake"]) if row["at_stake"] else None for row in rows] == [
        float(finding["prize"]["mid"]) if finding["prize"] else None for finding in findings]


def test_a_deep_link_opens_its_evidence(ready: House) -> None:
    client = owner(ready)
    one = next(one for one in subjects(ready) if len(one["findings"]) > 1)  # type: ignore[arg-type]
    rule = one["findings"][-1]["rule"]  # type: ignore[index]

    page = client.get(address(one, finding=rule)).text

    opened = page.split(f'id="finding-{rule}"')[1].split("</li>")[0]
    assert 'id="evidence"' in opened
    assert page.count('id="evidence"') == 1
    assert f"/handbook/{rule}" in opened
    assert 'class="ac" href="/plan' in opened


def test_evidence_that_is_closed_stays_closed(ready: House) -> None:
    assert 'id="evidence"' not in owner(ready).get(
        address(subjects(ready)[0], finding="none")).text


def test_a_factor_opens_to_the_sessions_behind_it(ready: House) -> None:
    client = owner(ready)
    one = next(one for one in subjects(ready) if one["change"]["factors"])  # type: ignore[index]
    factor = one["change"]["factors"][1]["factor"]  # type: ignore[index]

    page = client.get(address(one, factor=factor)).text
    part = client.get(address(one, metric=factor).replace("/diagnose/", "/diagnosis/behind/"),
                      headers={"hx-request": "true"}).text

    assert page.split('id="fall"')[1].split('id="found"')[0].count('id="evidence"') == 1
    links = re.findall(r'href="/sessions/([^"]+)"', part)
    listed = page.split('id="sessions"')[1].count('href="/sessions/')
    assert len(links) == listed >= sum(one["change"]["n"].values())  # type: ignore[index]
    assert 0 < part.count("<circle") <= listed


def test_another_identity_adds_up_to_the_same_change(ready: House) -> None:
    client = owner(ready)
    one = next(one for one in subjects(ready) if one["trees"])
    tree = one["trees"][0]  # type: ignore[index]

    text = said(client.get(address(one, tree=tree["identity"])).text)

    for factor in tree["factors"]:
        name = factor["name"]["zh"]
        assert name[:1].upper() + name[1:] in text


def test_a_part_leaves_in_place_what_stands_there_and_does_not_change(ready: House) -> None:
    client = owner(ready)
    subject = next(one for one in subjects(ready)
                   if one["trees"] and len(one["findings"]) > 1)  # type: ignore[arg-type]
    first, second = (address(subject, finding=one["rule"])
                     for one in subject["findings"][:2])  # type: ignore[index]
    whole = client.get(first).text
    shown = re.search(r'"x-shown": "([^"]+)"', whole)
    assert shown is not None

    def asked(to: str, there: str) -> str:
        return client.get(to, headers={"hx-request": "true", "x-shown": there}).text

    part = asked(second, shown[1])
    for name in ("fall", "steps", "sessions"):
        assert f'<section id="{name}" hx-preserve></section>' in part
        assert f'id="{name}" hx-preserve' not in whole
    split = asked(address(subject, tree=subject["trees"][0]["identity"]),  # type: ignore[index]
                  shown[1])
    assert ('id="fall" hx-preserve' in split, 'id="sessions" hx-preserve' in split) == (False, True)
    assert "hx-preserve" not in asked(second, "2020-01-01T00:00:00+00:00 x")


def test_the_list_ranks_by_what_is_at_stake_and_finds_a_name(ready: House) -> None:
    client = owner(ready)

    everyone = client.get("/diagnose?grain=streamer").text
    name = subjects(ready)[0]["subject"]["name"]  # type: ignore[index]
    narrowed = client.get(f"/diagnose?grain=streamer&q={quote(name)}").text

    assert everyone.count('class="dx-who-row"') == 8
    assert narrowed.count('class="dx-who-row"') == 1
    assert name in said(narrowed)
    assert client.get("/diagnose?grain=streamer&q=zzz").text.count('class="dx-who-row"') == 0


def test_an_unknown_subject_is_a_calm_refusal(ready: House) -> None:
    client = owner(ready)

    assert client.get("/diagnose/streamer/nobody").status_code == 404
    assert client.get("/diagnose/shop/m1").status_code == 404
    assert client.get("/diagnose/streamer/nobody?from=2026-13-01&to=2026-03-02").status_code == 400


def test_a_currency_nobody_paid_in_is_named_with_those_there_are(ready: House) -> None:
    client, one = owner(ready), subjects(ready)[0]

    refused = client.get(address(one, currency="ZZZ"))

    assert refused.status_code == 404
    assert "这里没有用 ZZZ 卖的场次" in refused.text
    assert "有这些币种：CNY" in refused.text


def test_other_days_are_worked_out_in_the_background_and_kept(ready: House) -> None:
    client, one = owner(ready), subjects(ready)[0]
    period = one["change"]["period"]  # type: ignore[index]
    asked = address(one, **{"from": period["from"], "to": period["to"], "against": "peers"})

    first = client.get(asked)
    wait(ready)
    second = client.get(asked)

    assert 'class="state loading"' in first.text
    assert "dx-hero" in second.text


def test_nothing_imported_says_what_to_do(empty_house: House) -> None:
    page = owner(empty_house).get("/diagnose")

    assert page.status_code == 200
    assert 'href="/import"' in page.text
    wait(empty_house)


def test_a_page_says_when_newer_imports_are_not_covered(
    empty_house: House, tmp_path: Path,
) -> None:
    client, workspace = owner(empty_house), empty_house.workspace
    workspace.import_files([fruit(tmp_path / "a.csv", day=20)])
    workspace.keep_results()
    fresh = client.get("/diagnose/streamer/果园").text

    batch = workspace.import_files([fruit(tmp_path / "b.csv", day=21, first=21)]).batch
    stale = client.get("/diagnose/streamer/果园").text
    wait(empty_house)
    covered = client.get("/diagnose/streamer/果园").text

    assert "还没算上" not in said(fresh)
    assert "还没算上" in said(stale)
    assert 'id="dx-progress"' in stale
    assert "还没算上" not in said(covered)
    assert "11月21日" in said(covered)
    assert batch is not None
    workspace.undo(batch)
    assert "11月20日" in said(client.get("/diagnose/streamer/果园").text)


def test_the_story_of_the_fruit(empty_house: House, tmp_path: Path) -> None:
    client = owner(empty_house)
    empty_house.workspace.import_files([fruit(tmp_path / "a.csv", day=28)])
    empty_house.workspace.keep_results()

    alone = client.get("/diagnose", follow_redirects=True)
    text = said(alone.text)

    assert unquote(str(alone.url)).endswith("/diagnose/streamer/果园")
    known, unknown = (re.findall(pattern, alone.text, re.DOTALL)[0] for pattern in (
        r'<h2 class="dx-head">(.*?)<em>', r"<em>(.*?)</em>"))
    assert "看" in known or "进" in known or "观" in known
    assert "转化" in unknown or "成交" in unknown or "买" in unknown
    assert "说不清" in unknown
    assert "无法判断" in text


def test_the_work_can_be_asked_for_again(ready: House) -> None:
    client = owner(ready)

    answer = client.post("/diagnosis/again", data={"token": token(client), "back": "/diagnose"},
                         follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/diagnose")


def test_a_finished_job_has_its_page_loaded_again(client_of_ready: TestClient) -> None:
    answer = client_of_ready.get("/diagnosis/status?job=none")

    assert (answer.status_code, answer.headers["hx-refresh"]) == (204, "true")


@pytest.fixture
def client_of_ready(ready: House) -> TestClient:
    return owner(ready)


def fruit(file: Path, *, day: int, first: int = 1) -> Path:
    """Write a host whose rooms of a hundred viewers became rooms of twenty, one a day."""
    rows = [HEAD]
    for at in range(first, day + 1):
        late = at > 14
        viewers, boxes = (20, (1, 2, 3, 2)[at % 4]) if late else (100, (10, 11, 9, 10)[at % 4])
        rows.append(f"s{at},果园,2026-11-{at:02}T19:30:00+08:00,2026-11-{at:02}T21:30:00+08:00,"
                    f"{viewers},{viewers},{boxes},{boxes},{boxes},{boxes * 50}.00,CNY")
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file
