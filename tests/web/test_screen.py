"""Before a page reads anything that was sent, the policy is asked."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from caopan.web.house import House
from caopan.web.screen import GUEST_MOST
from tests.web.conftest import guest, owner, token


def test_nothing_that_a_guest_sends_is_read(empty_house: House,
                                            monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(Request, "form", lambda self, **_: read.append(self.url.path))
    client = guest(empty_house)

    for path in ("/import", "/import/begin", "/settings/taste", "/handbook/x"):
        answer = client.post(path, files=[("files", ("a.csv", b"a,b\n" * 10_000))])
        assert answer.status_code == 403, path

    assert read == []


def test_the_door_reads_a_few_words_and_no_file(empty_house: House) -> None:
    client = guest(empty_house)

    def pieces() -> object:
        yield b"ticket=x"

    long = client.post("/enter", data={"ticket": "x" * GUEST_MOST})
    unsaid = client.post("/enter", content=pieces(),
                         headers={"content-type": "application/x-www-form-urlencoded"})
    file = client.post("/enter", files=[("ticket", ("a.csv", b"a,b"))])
    right = client.post("/enter", data={"ticket": empty_house.workspace.new_ticket()},
                        follow_redirects=False)

    assert (long.status_code, unsaid.status_code, file.status_code) == (400, 400, 400)
    assert right.status_code == 303


def test_a_body_that_is_no_form_is_no_fault_of_ours(empty_house: House) -> None:
    client = owner(empty_house)

    answer = client.post("/import", content=b"--nothing", headers={
        "content-type": "multipart/form-data; boundary=x", "x-caopan-token": token(client)})

    assert answer.status_code in {303, 400, 403}
