"""The console's words: Chinese in the templates, English in catalogues beside them."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Self

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from caopan.units.message import Language

FOLDER = Path(__file__).parent / "console" / "words" / "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Every word of the console in both languages; the message id is the Chinese text."""

    english: NullTranslations

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Self:
        """Read the catalogues of a folder, one a part of the console.

        >>> Words.load().of("en").gettext("今日")
        'Today'
        """
        whole = Catalog(locale="en", charset="utf-8")
        for path in sorted(folder.glob("*.po")):
            with path.open("rb") as file:
                for message in read_po(file, locale="en", charset="utf-8"):
                    if message.id:
                        whole.add(message.id, message.string, flags=message.flags)
        compiled = BytesIO()
        write_mo(compiled, whole)
        compiled.seek(0)
        return cls(english=GNUTranslations(compiled))

    def of(self, language: Language) -> NullTranslations:
        """Return the translations of a language; Chinese says what the templates hold."""
        return self.english if language == "en" else NullTranslations()
