"""A run sheet as it stands (节目单现状): its times, its sums, what is wrong, its versions."""

from __future__ import annotations

from dataclasses import dataclass

from caopan.plan.lint import Lint
from caopan.plan.run_sheet import RunSheet
from caopan.plan.sheet_figures import Figures, Line, Sum, figures, lines
from caopan.report.document import amount
from caopan.store.store import Store
from caopan.units.interval import Interval
from caopan.units.message import Language
from caopan.workspace.planned_show import PlannedShow, planned_show
from caopan.workspace.run_sheets import Head, KeptSheet, before, heads, one
from caopan.workspace.sheet_checks import checked, lint_document


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLook:
    """A kept run sheet with everything that follows from it.

    ``beside``: the version its times are compared with. ``back``: the one an undo goes back to;
    None where it is the first.
    """

    kept: KeptSheet
    show: PlannedShow
    lines: tuple[Line, ...]
    figures: Figures
    lints: tuple[Lint, ...]
    versions: tuple[Head, ...]
    beside: int
    back: int | None

    @property
    def sheet(self) -> RunSheet:
        """Return the run sheet itself."""
        return self.kept.sheet

    @property
    def over(self) -> float | None:
        """Return by how many seconds it is longer than planned, None where nobody planned."""
        if self.show.minutes is None:
            return None
        return self.figures.seconds - self.show.minutes * 60.0

    def document(self, language: Language) -> dict[str, object]:
        """Return it as JSON."""
        found, currency = self.figures, self.sheet.currency
        return {
            **self.kept.document(), "starts_at": self.show.starts_at and
            self.show.starts_at.isoformat(), "planned_minutes": self.show.minutes,
            "seconds_over": self.over, "beside": self.beside, "undo_to": self.back,
            "times": [{"item": each.item.id, "begins": each.begins, "ends": each.ends,
                       "waits": each.slot.waits, "late": each.slot.late, "over": each.over}
                      for each in self.lines],
            "figures": {"seconds": found.seconds, **{
                name: _sum(told, currency) for name, told in (
                    ("gmv", found.gmv), ("profit", found.profit), ("given", found.given))},
                "shares": {kind.value: share for kind, share in found.shares.items()}},
            "lints": [lint_document(each, language) for each in self.lints]}


def _sum(told: Sum, currency: str) -> dict[str, object]:
    return {"items": told.n, "of": told.of, "range": _range(told.range, currency)}


def _range(told: Interval | None, currency: str) -> dict[str, object] | None:
    if told is None:
        return None
    return {"low": amount(told.low, currency=currency), "mid": amount(told.mid, currency=currency),
            "high": amount(told.high, currency=currency), "level": told.level,
            "currency": currency}


def look(store: Store, session_id: str, *, beside: int | None = None) -> SheetLook:
    """Return a session's run sheet as it stands.

    Args:
        store: the workspace's.
        session_id: of which session.
        beside: the version its times are compared with; None: the first.

    Raises:
        NoSheetError: none is kept.
    """
    kept = one(store, session_id)
    versions = heads(store, session_id)
    show = planned_show(store, session_id)
    compared = beside if beside in {each.version for each in versions} else versions[0].version
    base = kept if compared == kept.version else one(store, session_id, compared)
    return SheetLook(
        kept=kept, show=show, versions=versions, beside=base.version, back=before(versions),
        lines=lines(kept.sheet, start=show.starts_at, beside=base.sheet),
        figures=figures(kept.sheet, start=show.starts_at),
        lints=checked(store, kept.sheet, start=show.starts_at, minutes=show.minutes))
