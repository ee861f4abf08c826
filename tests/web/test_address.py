from __future__ import annotations

import socket

import pytest

from caopan.web.address import Address, PortTakenError, UnusableAddressError, listen


def test_a_taken_port_is_named() -> None:
    with listen("127.0.0.1", 0) as first, pytest.raises(PortTakenError) as refused:
        listen("127.0.0.1", first.getsockname()[1])

    assert refused.value.message.key == "port_taken"


def test_an_address_of_another_machine_is_named() -> None:
    with pytest.raises(UnusableAddressError) as refused:
        listen("192.0.2.1", 0)

    assert "192.0.2.1" in refused.value.message.say("zh")


def test_a_wildcard_is_called_by_this_machines_own_names_only() -> None:
    everywhere = Address(host="0.0.0.0", port=8700)  # noqa: S104 - only read

    assert not everywhere.is_loopback
    assert everywhere.url == "http://127.0.0.1:8700"
    assert {"127.0.0.1", socket.gethostname().lower()} <= everywhere.names
    assert "evil.example" not in everywhere.names


def test_the_loopback_has_no_other_names() -> None:
    assert Address(host="127.0.0.1", port=1).names == {"127.0.0.1", "localhost", "[::1]"}
    assert Address(host="::1", port=1).is_loopback
