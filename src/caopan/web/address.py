"""The address (地址) a console listens on, and the names it may be called by."""

from __future__ import annotations

import errno
import socket
from dataclasses import dataclass
from ipaddress import ip_address

from caopan.units.message import CaopanError, Message, Text

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
WAITING = 2_048
"""So many callers wait at the door while the server is being restarted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a console listens."""

    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Return whether only this machine can reach it.

        >>> Address(host="0.0.0.0", port=1).is_loopback
        False
        """
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def url(self) -> str:
        """Return the address as a browser on this machine is given it.

        >>> Address(host="::1", port=8700).url
        'http://[::1]:8700'
        """
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - read, not bound
        return f"http://{_bracketed(host)}:{self.port}"

    @property
    def names(self) -> frozenset[str]:
        """Return the hosts it may be called by; another name is a page elsewhere in disguise."""
        return LOOPBACK | {_bracketed(self.host).lower()} | (
            frozenset() if self.is_loopback else _own_names())


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises:
        PortTakenError: another program has the port.
        UnusableAddressError: it cannot be listened on for another reason.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=WAITING)
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            raise PortTakenError(host, port) from fault
        raise UnusableAddressError(host, port, fault) from fault


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _own_names() -> frozenset[str]:
    """Return this machine's own names and addresses."""
    name = socket.gethostname()
    try:
        _, others, addresses = socket.gethostbyname_ex(name)
    except OSError:
        others, addresses = [], []
    return frozenset(word.lower() for word in (name, *others, *addresses))


class PortTakenError(CaopanError):
    """Raised when another program listens on the port."""

    def __init__(self, host: str, port: int) -> None:
        """Name the port."""
        super().__init__(Message(
            key="port_taken", values={"host": host, "port": port},
            text=Text(zh="端口 {port} 已被别的程序占用（可能是另一个操盘台）：{host}",
                      en="port {port} is taken by another program (perhaps another console): "
                         "{host}"),
            hint=Text(zh="关掉那个程序，或者用 --port 0 任选一个空闲端口",
                      en="stop that program, or use --port 0 to take any free one")))


class UnusableAddressError(CaopanError):
    """Raised when an address cannot be listened on."""

    def __init__(self, host: str, port: int, fault: OSError) -> None:
        """Name the address and the reason."""
        super().__init__(Message(
            key="unusable_address",
            values={"host": host, "port": port, "reason": fault.strerror or str(fault)},
            text=Text(zh="不能在 {host}:{port} 上监听（{reason}）",
                      en="{host}:{port} cannot be listened on ({reason})"),
            hint=Text(zh="--host 用本机的地址，例如 127.0.0.1；端口用 1024 以上的",
                      en="use an address of this machine for --host, such as 127.0.0.1, and a "
                         "port above 1024")))
