"""What is vendored is what was built: hashes, licences, versions, sizes."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from caopan.web.render import FOLDER

ROOT = Path(__file__).resolve().parents[3]
VENDOR = ROOT / "src" / "caopan" / "web" / "console" / "static" / "vendor"
LISTED = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))
LOCK = json.loads((ROOT / "vendor" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
NAMES = [entry["file"] for entry in LISTED]


def gzipped(name: str) -> int:
    return len(gzip.compress((VENDOR / name).read_bytes(), 9))


@pytest.mark.parametrize("entry", LISTED, ids=NAMES)
def test_a_vendored_file_has_the_hash_it_was_built_with(entry: dict[str, object]) -> None:
    body = (VENDOR / str(entry["file"])).read_bytes()

    assert hashlib.sha256(body).hexdigest() == entry["sha256"]


def test_nothing_lies_beside_the_vendored_files_that_is_not_listed() -> None:
    texts = {text for entry in LISTED for part in entry["made_of"] for text in part["texts"]}

    found = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}

    assert found == {*NAMES, *texts, "vendor.json"}


@pytest.mark.parametrize("entry", LISTED, ids=NAMES)
def test_every_part_has_its_locked_version_and_the_text_of_its_licence(
    entry: dict[str, list[dict[str, object]]],
) -> None:
    for part in entry["made_of"]:
        locked = LOCK[f"node_modules/{part['package']}"]
        texts = [(VENDOR / name).read_text(encoding="utf-8") for name in part["texts"]]

        assert part["version"] == locked["version"]
        assert locked["integrity"].startswith("sha512-")
        assert texts
        assert all(len(text) > 150 for text in texts)


def test_the_lock_holds_hashes_and_no_address() -> None:
    assert [name for name, entry in LOCK.items() if "resolved" in entry] == []


def test_the_sizes_stay_under_their_budget() -> None:
    sizes = {name: gzipped(name) for name in NAMES}

    assert sizes["htmx.js"] < 14_500
    assert sizes["echarts.js"] < 190_000
    assert sizes["icons.svg"] < 5_000


def test_htmx_comes_without_what_live_pages_do_themselves() -> None:
    body = (VENDOR / "htmx.js").read_text(encoding="utf-8")
    templates = [page.read_text(encoding="utf-8") for page in FOLDER.rglob("*.html")]

    assert "4.0.1" in body
    assert not any(word in page for page in (body, *templates) for word in ("hx-ws", "hx-sse"))


def test_vendored_scripts_reach_for_nothing_on_the_network() -> None:
    for name in ("htmx.js", "echarts.js"):
        body = (VENDOR / name).read_text(encoding="utf-8")
        hosts = set(re.findall(r"https?://([\w.-]+)", body))

        assert hosts <= {"www.w3.org", "localhost", "example.com"}, name
        assert "sourceMappingURL" not in body
