"""The few shapes drawings are made of; every word that enters is escaped here."""

from __future__ import annotations

from markupsafe import Markup, escape

Place = float | str
"""Pixels, or a share of the drawing's width such as ``"12.5%"``."""


def tag(name: str, *inside: str, **attributes: object) -> str:
    """Return one element; ``class_`` is ``class``, underscores become hyphens, None is left out.

    Attribute values are escaped; what is inside must be made by these functions.

    >>> tag("rect", x=1.0, class_="a<b")
    '<rect x="1" class="a&lt;b"/>'
    """
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{_said(value)}"'
                      for key, value in attributes.items() if value is not None)
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def share(percent: float) -> str:
    """Return a place as a share of the width.

    >>> share(12.345)
    '12.35%'
    """
    return f"{_plain(percent, 2)}%"


def line(start: tuple[Place, Place], end: tuple[Place, Place], kind: str) -> str:
    """Return a line of a kind (a style sheet class).

    >>> line((0, 1), ("50%", 1), "g")
    '<line x1="0" y1="1" x2="50%" y2="1" class="g"/>'
    """
    return tag("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], class_=kind)


def words(at: tuple[Place, Place], said: str, kind: str, *, anchor: str | None = None) -> str:
    """Return a line of text; ``anchor`` is ``middle``, ``end`` or None.

    >>> words((0, 12), "<b>", "t")
    '<text x="0" y="12" class="t">&lt;b&gt;</text>'
    """
    return tag("text", str(escape(said)), x=at[0], y=at[1], class_=kind, text_anchor=anchor)


def drawing(
    *parts: str, width: float, height: float, title: str, summary: str, key: str, kind: str = "",
) -> Markup:
    """Return a drawing that scales with its column, with its name and its summary in words.

    >>> drawing("", width=10, height=5, title="t", summary="s", key="k")[:40]
    Markup('<svg viewBox="0 0 10 5" class="draw" rol')
    """
    head = (tag("title", str(escape(title)), id=f"{key}-t")
            + tag("desc", str(escape(summary)), id=f"{key}-d"))
    # what leads somewhere must be reachable, and nothing inside a picture is
    role = "group" if any("<a " in part for part in parts) else "img"
    return _safe(tag("svg", head, *parts, viewBox=f"0 0 {_plain(width)} {_plain(height)}",
                     class_=f"draw {kind}".strip(), role=role,
                     aria_labelledby=f"{key}-t {key}-d"))


def strip(*parts: str, height: float | None, title: str, kind: str = "") -> Markup:
    """Return a drawing as wide as its place, whose shapes stand at shares of the width.

    >>> strip("", height=20, title="t")
    Markup('<svg class="strip" role="img" height="20"><title>t</title></svg>')
    """
    return _safe(tag("svg", tag("title", str(escape(title))), *parts,
                     class_=f"strip {kind}".strip(), role="img", height=height))


def _safe(markup: str) -> Markup:
    return Markup(markup)  # noqa: S704 - every part was escaped when it was made


def _said(value: object) -> str:
    return _plain(value) if isinstance(value, float) else str(escape(str(value)))


def _plain(value: float, digits: int = 1) -> str:
    body = f"{value:.{digits}f}"
    return body.rstrip("0").rstrip(".") if "." in body else body
