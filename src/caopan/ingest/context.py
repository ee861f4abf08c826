"""What a layout's shape may know about the file it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from zoneinfo import ZoneInfo

from caopan.ingest.options import Options
from caopan.ingest.problems import Problems
from caopan.ingest.seen import Seen
from caopan.units.message import Message, Text

_NO_ACCOUNT = Text(
    zh="文件里没有账号，也没有给 --account：这个文件的行都记在账号 {account} 名下",
    en="the file names no account and --account is not given: its rows go to account {account}",
)
_NO_ACCOUNT_HINT = Text(zh="用 --account 写明这是谁的账号，再导入一次",
                        en="import again with --account to say whose files these are")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The surroundings of the rows: settled once a file (and sheet), before its first rows."""

    layout: str
    """Name of the layout."""
    platform: str
    file: str
    """The file as issues name it."""
    sheet: str | None
    titles: tuple[str, ...]
    """The cells above the header that are not blank, in reading order."""
    headers: tuple[str, ...]
    """The headers as written."""
    options: Options
    currency: str
    zone: ZoneInfo
    problems: Problems
    seen: Seen = field(default_factory=Seen)
    """The keys derived so far."""

    def account(self) -> str:
        """Return whose file this is: ``--account``, else the file's stem with one warning."""
        if self.options.account:
            return self.options.account
        name = PurePath(self.file).name.split(".")[0]
        self.problems.once(Message(key="no_account", text=_NO_ACCOUNT, hint=_NO_ACCOUNT_HINT,
                                   values={"account": name}))
        return name
