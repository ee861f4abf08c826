"""Data quality as data: where the facts came from, what was wrong, which totals agree."""

from __future__ import annotations

from typing import Any

from caopan.report.document import days, reconciliation
from caopan.report.page import ImportSummary, said_document
from caopan.units.message import Language


def quality_document(summary: ImportSummary, *, language: Language) -> dict[str, Any]:
    """Return how far the facts can be trusted.

    ``orders`` is null where there are none; ``refunds_as_of`` where no refund is dated.

    >>> from datetime import UTC, datetime
    >>> made = datetime(2026, 11, 22, tzinfo=UTC)
    >>> told = quality_document(ImportSummary(workspace="w", made_at=made), language="en")
    >>> told["sessions"], told["files"]
    (None, [])
    """
    return {
        "workspace": summary.workspace, "made_at": summary.made_at,
        "synthetic": summary.synthetic, "span": days(summary.span) if summary.span else None,
        "sessions": summary.sessions, "orders": summary.orders,
        "refunds_as_of": summary.refunds_as_of, "refunds_undated": summary.refunds_undated,
        **said_document(summary.imported, summary.skipped, summary.issues, summary.joins,
                        language=language),
        "reconciliation": reconciliation(summary.reconciliation)}
