"""What holds for every verb: workspace, language, JSON; from flags, environment and file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from caopan.units.message import LANGUAGES, CaopanError, Language, Message, Text

WITH_VALUE = ("--workspace", "--lang")
SWITCHES = ("--json",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The choices that hold for every verb."""

    workspace: Path
    language: Language
    json: bool


def hoisted(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the general options first, wherever they stood.

    What follows a bare ``--`` is left alone.

    Raises:
        MissingValueError: a general option stands without its value.

    >>> hoisted(["batches", "--json", "--lang", "en"])
    ['--json', '--lang', 'en', 'batches']
    """
    general: list[str] = []
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            rest += [word, *waiting]
            break
        if word in SWITCHES or word.startswith(tuple(f"{name}=" for name in WITH_VALUE)):
            general.append(word)
        elif word in WITH_VALUE:
            if not waiting or waiting[0].startswith("-"):
                raise MissingValueError(word)
            general += [word, waiting.pop(0)]
        else:
            rest.append(word)
    return general + rest


def language_of(arguments: Sequence[str]) -> Language:
    """Return the language to speak: ``--lang``, else ``$CAOPAN_LANG``, else the locale, else zh.

    >>> language_of(["--lang", "en", "batches"])
    'en'

    Raises:
        UnknownLanguageError: the language asked for is neither zh nor en.
    """
    asked = _value("--lang", arguments) or os.environ.get("CAOPAN_LANG")
    if asked is None:
        return "en" if _spoken().startswith("en") else "zh"
    if asked not in LANGUAGES:
        raise UnknownLanguageError(asked)
    return asked


def _spoken() -> str:
    """Return the language of the environment as POSIX reads it; ``C`` names none."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name]
    return "zh"


def workspace_of(given: Path | None) -> Path:
    """Return the workspace folder: the flag, else ``$CAOPAN_WORKSPACE``, else the default.

    >>> workspace_of(Path("room")).as_posix()
    'room'
    """
    return given or Path(os.environ.get("CAOPAN_WORKSPACE") or "caopan-workspace")


def _value(name: str, arguments: Sequence[str]) -> str | None:
    for place, word in enumerate(arguments):
        if word == name and place + 1 < len(arguments):
            return arguments[place + 1]
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
    return None


class UnknownLanguageError(CaopanError):
    """Raised for a language the product does not speak."""

    usage = True

    def __init__(self, asked: str) -> None:
        """Name the language that was asked for."""
        super().__init__(Message(
            key="unknown_language",
            text=Text(zh="不会说 {asked}", en="no language {asked}"),
            values={"asked": asked},
            hint=Text(zh="--lang zh 或 --lang en", en="--lang zh or --lang en"),
        ))


class MissingValueError(CaopanError):
    """Raised when a general option stands without its value: wrong usage."""

    usage = True

    def __init__(self, option: str) -> None:
        """Name the option."""
        super().__init__(Message(
            key="missing_value",
            text=Text(zh="{option} 后面缺一个值", en="{option} needs a value"),
            values={"option": option},
            hint=Text(zh="例如 --workspace 文件夹，--lang zh",
                      en="for example --workspace FOLDER, --lang en"),
        ))
