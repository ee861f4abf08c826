"""The report (报告): one self-contained page; it opens offline, prints on A4, needs no script."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from caopan.diagnose.diagnosis import Diagnosis
from caopan.report.ahead import ahead_view
from caopan.report.basis import BasisView, basis
from caopan.report.dates import moment
from caopan.report.foot import foot
from caopan.report.orders import orders_view
from caopan.report.overview import overview, ranked
from caopan.report.page import Page
from caopan.report.quality import assumed, quality
from caopan.report.section import ALONE, AMONG_MANY, named, section
from caopan.report.words import Words, clean
from caopan.units.message import Language

MOST_BYTES = 1_400_000
"""The page stays under this size: what does not fit keeps its row in the overview."""
OVERVIEW_ROWS = 400


def render(page: Page, *, language: Language) -> str:
    """Return the whole report as one HTML page.

    Subjects are ordered by the size of their change. Those of the largest changes get pages of
    their own, up to ``page.full`` and as far as the page stays small; every other one has a row
    in the overview.

    >>> from datetime import UTC, datetime
    >>> from caopan.report.page import ImportSummary
    >>> made = datetime(2026, 11, 22, tzinfo=UTC)
    >>> html = render(Page(diagnoses=(), imports=ImportSummary(workspace="w", made_at=made)),
    ...               language="en")
    >>> "Nothing to diagnose yet" in html, "<script" in html
    (True, False)
    """
    return _Writer(page, Words(language=language)).write()


class _Writer:
    """What every template is given, and the order in which the page is put together."""

    def __init__(self, page: Page, words: Words) -> None:
        self.page = page
        self.words = words
        self.ranked = ranked(page.diagnoses)
        self.definitions = {definition.id: definition for definition in page.definitions}
        self.templates = Environment(
            loader=PackageLoader("caopan.report", "templates"), autoescape=True,
            undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)

    def write(self) -> str:
        """Return the page: overview, sections while they fit, quality and basis."""
        many = len(self.ranked) > 1
        view = self._basis(self.ranked[: self.page.full])
        rest = self._ahead() + self._planned() + self._fill(
            "quality.html", q=quality(self.page.imports, words=self.words), b=view)
        room = MOST_BYTES - len(rest.encode())
        if many:
            room -= len(self._overview({}).encode())
        sections = self._sections(view, room, many=many)
        anchors = {diagnosis.subject.id: key for diagnosis, key, _ in sections}
        if many:
            first = self._overview(anchors)
        else:
            first = Markup("") if sections else self._without_sessions()
        return self._fill(
            "report.html", lang="zh-CN" if self.words.language == "zh" else "en",
            title=self._title(), css=self._style(view), overview=first, rest=rest,
            sections=[markup for _, _, markup in sections],
            contents=self._contents(sections))

    def _sections(
        self, view: BasisView, room: int, *, many: bool,
    ) -> list[tuple[Diagnosis, str, Markup]]:
        done: list[tuple[Diagnosis, str, Markup]] = []
        for index, diagnosis in enumerate(self.ranked[: self.page.full], start=1):
            key = f"s{index}"
            prepared = section(diagnosis, key=key, definitions=self.definitions,
                               words=self.words, depth=AMONG_MANY if many else ALONE)
            markup = self._fill("subject.html", s=prepared, basis=view, many=many,
                                first=not many)
            room -= len(markup.encode())
            if room < 0 and done:
                break
            done.append((diagnosis, key, markup))
        return done

    def _overview(self, anchors: dict[str, str]) -> Markup:
        view = overview(self.ranked, anchors=anchors, most=OVERVIEW_ROWS, words=self.words)
        return self._fill("overview.html", o=view, n=len(self.ranked), full=len(anchors),
                          brief=len(anchors) < len(self.ranked))

    def _ahead(self) -> Markup:
        if not self.page.ahead:
            return Markup("")
        return self._fill("ahead.html", a=ahead_view(self.page.ahead, self.page.ahead_note,
                                                     words=self.words))

    def _planned(self) -> Markup:
        if not self.page.planned:
            return Markup("")
        return self._fill("planned.html", parts=[
            [clean(self.words.said(line)) for line in part] for part in self.page.planned])

    def _without_sessions(self) -> Markup:
        """Return what the orders say where nothing can be diagnosed, or what to bring."""
        if not self.page.orders:
            return self._fill("empty.html")
        views = [orders_view(said, words=self.words) for said in self.page.orders]
        return Markup("").join(self._fill("orders.html", o=view, first=place == 0)
                               for place, view in enumerate(views))

    def _basis(self, shown: tuple[Diagnosis, ...]) -> BasisView:
        return basis(self.page.imports, diagnoses=shown, definitions=self.definitions,
                     words=self.words)

    def _contents(self, sections: list[tuple[Diagnosis, str, Markup]]) -> list[tuple[str, str]]:
        words = self.words
        tail = [("quality", words("quality")), ("basis", words("basis"))]
        tail = [("ahead", words("ahead")), *tail] if self.page.ahead else tail
        if len(self.ranked) == 1:
            measure = self.ranked[0].change.measure
            inside = [(f"s1-{name}", words.of(head, measure)) for name, head in _HEADS.items()
                      if f'id="s1-{name}"' in sections[0][2]]
            return inside + tail
        named_ = [(key, named(diagnosis.subject, words=words)) for diagnosis, key, _ in sections]
        return [("top", words("overview")), *named_, *tail]

    def _title(self) -> str:
        words = self.words
        about = (named(self.ranked[0].subject, words=words) if len(self.ranked) == 1
                 else clean(self.page.imports.workspace))
        parts = [words("report"), about]
        if self.page.imports.synthetic:
            parts.append(words("synthetic"))
        return " · ".join(part for part in parts if part)

    def _style(self, view: BasisView) -> Markup:
        sheet = self.templates.get_template("report.css").render()
        return Markup(  # noqa: S704 - our own style sheet, and a foot quoted for it
            sheet + foot(view, head=self._title(), words=self.words))

    def _fill(self, template: str, **values: object) -> Markup:
        imports = self.page.imports
        made = moment(imports.made_at, language=self.words.language)
        return Markup(self.templates.get_template(template).render(  # noqa: S704 - autoescaped
            w=self.words, synthetic=imports.synthetic, made=made,
            assumed=assumed(imports, words=self.words),
            workspace=clean(imports.workspace), **values))


_HEADS = {"fall": "fall.flat", "found": "found", "stage": "stage", "steps": "steps",
          "days": "days.title", "evidence": "evidence", "open": "open"}
