"""The foot of every printed page: basis and maturity on the left, date and page on the right."""

from __future__ import annotations

from caopan.report.basis import BasisView
from caopan.report.words import Words


def foot(view: BasisView, *, head: str, words: Words) -> str:
    """Return the style rules of the printed page; browsers without page margins leave them out.

    ``head`` stands at the top of every page but the first, which has its own.
    """
    left = quoted(f"{view.gmv}{words('gap')}{view.refunds}")
    return (f"@page{{size:A4;margin:13mm 13mm 15mm;@top-left{{content:{quoted(head)};{_FONT}}}"
            f"@bottom-left{{content:{left};{_FONT}}}"
            f"@bottom-right{{content:{quoted(view.made + ' · ')} counter(page) \" / \" "
            f"counter(pages);{_FONT}}}}}@page:first{{@top-left{{content:none}}}}")


_FONT = 'font:400 10px "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#5d6778'


def quoted(text: str) -> str:
    r"""Return words as a style-sheet string from which nothing can break out.

    >>> quoted('a"</style>')
    '"a\\22 \\3c /style\\3e "'
    """
    return '"' + "".join(f"\\{ord(letter):x} " if letter in _UNSAFE else letter
                         for letter in text) + '"'


_UNSAFE = frozenset("\"\\<>&'\n\r\f{}")
