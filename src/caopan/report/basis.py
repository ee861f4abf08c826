"""What the numbers rest on: GMV basis, maturity of refunds, sources and definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from caopan.diagnose.diagnosis import Diagnosis
from caopan.report.dates import moment
from caopan.report.page import Definition, ImportSummary
from caopan.report.words import Words
from caopan.units import number
from caopan.units.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisView:
    """The statements that hold for every number, and the metrics this report used."""

    gmv: str
    refunds: str
    statements: tuple[str, ...]
    metrics: tuple[tuple[str, str, str, str], ...]
    """Name, id, formula, basis."""
    sources: str
    made: str

    @property
    def scoped(self) -> bool:
        """Return whether any metric has a basis of its own to print."""
        return any(scope for *_, scope in self.metrics)


def basis(
    imports: ImportSummary, *, diagnoses: Iterable[Diagnosis],
    definitions: Mapping[str, Definition], words: Words,
) -> BasisView:
    """Return the basis; only metrics that the shown subjects use are listed.

    Where all of them are counted in units, nothing is said of GMV and of refunds.
    """
    shown = tuple(diagnoses)
    used = {name for diagnosis in shown for name in metrics_of(diagnosis)}
    counted = bool(shown) and all(one.change.unit is Unit.UNITS for one in shown)
    return BasisView(
        gmv=words("basis.units" if counted else "basis.gmv"),
        refunds="" if counted else _refunds(imports, words),
        statements=tuple(words(f"basis.{key}")
                         for key in ("interval", "verdict", "sums", "peers")),
        metrics=tuple((words.said(known.name), known.id, words.said(known.formula),
                       words.said(known.basis))
                      for name, known in definitions.items() if name in used),
        sources=_sources(imports, words), made=moment(imports.made_at, language=words.language))


def _refunds(imports: ImportSummary, words: Words) -> str:
    """Return up to when refunds are known, or that they are not."""
    if imports.refunds_as_of is not None:
        return words("basis.refunds", day=moment(imports.refunds_as_of, language=words.language))
    return words("basis.refunds_undated" if imports.refunds_undated else "basis.no_refunds")


def metrics_of(diagnosis: Diagnosis) -> set[str]:
    """Return the ids of all metrics a diagnosis prints."""
    changes = (diagnosis.change, *diagnosis.trees)
    return ({"gmv", *diagnosis.figures} | {step.metric for step in diagnosis.funnel}
            | {finding.signal.metric for finding in diagnosis.findings}
            | {factor.id for change in changes for factor in change.factors})


def _sources(imports: ImportSummary, words: Words) -> str:
    counted = [words(key, n=number.count(value, language=words.language))
               for key, value in (("source.files", len(imports.imported) or None),
                                  ("sessions", imports.sessions), ("orders", imports.orders))
               if value is not None]
    return words("and").join([*(words.said(source) for source in imports.sources), *counted])
