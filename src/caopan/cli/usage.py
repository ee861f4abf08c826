"""Wrong usage (用法不对): what the option reader found, said in the operator's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from enum import Enum
from typing import Any

import typer

from caopan.cli.options import SWITCHES
from caopan.units.message import CaopanError, Message, Text

_QUOTED = re.compile(r"No such command '(.*?)'")
_EXTRA = re.compile(r"Got unexpected extra argument\S* \((.*)\)$")
_WHY = {
    "int_parsing": Text(zh="要一个整数", en="a whole number is needed"),
    "less_than_equal": Text(zh="最大是 {le}", en="{le} is the most"),
    "greater_than_equal": Text(zh="最小是 {ge}", en="{ge} is the least"),
    "float_parsing": Text(zh="要一个数", en="a number is needed"),
    "value_error": Text(zh="日期写成 2026-03-01", en="a date is written 2026-03-01"),
}
"""Why a value was not taken, by what its reader calls the fault."""
AMONG = Text(zh="可选：{among}", en="one of: {among}")
_OTHERWISE = Text(zh="读不懂", en="it cannot be read")


class UsageError(CaopanError):
    """Raised for a command line that cannot be read; it says how the verb is used."""

    usage = True


class ExclusiveError(UsageError):
    """Raised for options of which only one can stand."""

    def __init__(self, *options: str) -> None:
        """Name them."""
        super().__init__(Message(
            key="exclusive", values={"options": " + ".join(options)},
            text=Text(zh="{options} 只能写一个", en="{options} exclude each other"),
            hint=Text(zh="去掉其中一个", en="leave one of them out")))


def chosen(option: str, value: str, *, among: Sequence[str]) -> None:
    """Refuse a value that is none of those there are.

    Raises:
        UsageError: it is none of them.

    >>> chosen("--by", "streamer", among=("streamer", "merchant"))
    """
    if value not in among:
        raise UsageError(Message(
            key="usage", values={"option": option, "value": value, "among": ", ".join(among)},
            text=Text(zh="{option} 写成 {value} 不行", en="{option} cannot be {value}"),
            hint=AMONG))


def usage_error(found: typer.TyperException, *, words: Sequence[str],
                verbs: Sequence[str]) -> UsageError:
    """Return what the option reader found as an error in both languages.

    Args:
        found: what it raised.
        words: the command line.
        verbs: the verbs there are, for what was meant.

    >>> wrong = usage_error(typer.TyperException("No such command 'dagnose'."),
    ...                     words=["dagnose"], verbs=["diagnose"])
    >>> wrong.message.advise("en")
    'did you mean diagnose? caopan --help lists all'
    """
    verb = next((word for word in words if word in verbs), "")
    values: dict[str, object] = {"verb": f"caopan {verb}".strip()}
    text, hint = _told(found, values, verbs)
    return UsageError(Message(key="usage", text=text, values=values, hint=hint))


def _told(found: typer.TyperException, values: dict[str, object],
          verbs: Sequence[str]) -> tuple[Text, Text]:
    """Return the sentence and the advice; what they name goes into ``values``."""
    if hasattr(found, "param_type"):
        values["name"] = _name(found)
        return Text(zh="少了 {name}", en="{name} is missing"), HELP
    if getattr(found, "param", None) is not None:
        return _bad_value(found, values)
    if (option := getattr(found, "option_name", None)) is not None:
        return _bad_option(found, str(option), values)
    if found.message.startswith("No such command"):
        return _no_verb(found.message, values, verbs)
    if found.message == "Missing command.":
        return Text(zh="没说要做什么", en="no command was given"), LIST
    return _by_sentence(found, values)


def _by_sentence(found: typer.TyperException, values: dict[str, object]) -> tuple[Text, Text]:
    if extra := _EXTRA.findall(found.message):
        values["words"] = "".join(extra)
        return Text(zh="{words} 是多出来的", en="{words} is too much"), HELP
    values["found"] = found.format_message()
    return Text(zh="命令写得不对：{found}", en="the command is not written well: {found}"), HELP


def _bad_value(found: typer.TyperException, values: dict[str, object]) -> tuple[Text, Text]:
    errors = getattr(found.__cause__, "errors", None)
    fault: dict[str, Any] = errors()[0] if errors else {}
    if among := _choices(found):
        values |= {"name": _name(found), "value": fault.get("input", found.message),
                   "among": ", ".join(among)}
        return Text(zh="{name} 写成 {value} 不行", en="{name} cannot be {value}"), AMONG
    why = _WHY.get(fault.get("type", ""), _OTHERWISE)
    values |= {"name": _name(found), "value": fault.get("input", found.message),
               "le": "", "ge": "", **fault.get("ctx", {})}
    return Text(zh="{name} 写成 {value} 不行：" + why.zh,
                en="{name} cannot be {value}: " + why.en), HELP


def _choices(found: typer.TyperException) -> tuple[str, ...]:
    """Return what an option of few values can be; () of any other."""
    kind = getattr(getattr(getattr(found, "param", None), "type_descriptor", None),
                   "annotation", None)
    if not isinstance(kind, type) or not issubclass(kind, Enum):
        return ()
    return tuple(str(one.value) for one in kind)


def _bad_option(found: typer.TyperException, option: str,
                values: dict[str, object]) -> tuple[Text, Text]:
    values["option"] = option
    if found.message.endswith("requires an argument."):
        return Text(zh="{option} 后面缺一个值", en="{option} needs a value"), HELP
    if option in SWITCHES or found.message.endswith("does not take a value."):
        return Text(zh="{option} 后面不带值", en="{option} takes no value"), HELP
    meant: Iterable[str] = getattr(found, "possibilities", None) or ()
    unknown = Text(zh="没有 {option} 这个选项", en="there is no option {option}")
    values["meant"] = ", ".join(sorted(meant))
    return unknown, MEANT_OPTION if values["meant"] else HELP


def _no_verb(said: str, values: dict[str, object], verbs: Sequence[str]) -> tuple[Text, Text]:
    asked = "".join(_QUOTED.findall(said))
    meant = get_close_matches(asked, verbs, n=1)
    values |= {"asked": asked, "meant": "".join(meant)}
    return (Text(zh="没有 {asked} 这个命令", en="there is no command {asked}"),
            MEANT_VERB if meant else LIST)


def _name(found: typer.TyperException) -> str:
    """Return what the operator types for it: ``--year``, or the word of the help."""
    param = getattr(found, "param", None)
    if param is None:
        return ""
    options = [name for name in param.opts if name.startswith("-")]
    return str(options[0]) if options else str(param.metavar or param.name).upper()


HELP = Text(zh="{verb} --help 写着怎么用", en="{verb} --help tells how it is used")
LIST = Text(zh="caopan --help 列出全部命令", en="caopan --help lists the commands")
MEANT_VERB = Text(zh="是不是 {meant}？caopan --help 列出全部",
                  en="did you mean {meant}? caopan --help lists all")
MEANT_OPTION = Text(zh="是不是 {meant}？{verb} --help 写着怎么用",
                    en="did you mean {meant}? {verb} --help tells how it is used")
