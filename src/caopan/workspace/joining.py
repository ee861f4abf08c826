"""What an import ties together across files: ad rows to sessions, product totals to their days."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyarrow as pa

from caopan.ingest.chunk import Chunk
from caopan.ingest.joining import Coverage, joined
from caopan.ingest.spanning import GMV, HOST, spanned
from caopan.store.open_batch import OpenBatch
from caopan.store.store import Store
from caopan.units.message import Text
from caopan.workspace.records import Join

SESSION_COLUMNS = ("session_id", "streamer_id", "started_at", "title")
AD_KEY = ("plan_id", "starts_at")
"""All that a joined ad row says beside its session: what its file lacks stays as it was."""


@dataclass(slots=True, kw_only=True)
class Joining:
    """Rows of one import that look for their partners, in this batch and in the store."""

    store: Store
    sessions: list[pa.Table] = field(default_factory=list)
    ads: list[pa.Table] = field(default_factory=list)
    goods: list[pa.Table] = field(default_factory=list)

    @classmethod
    def of(cls, store: Store) -> Joining:
        """Return an empty one."""
        return cls(store=store)

    @staticmethod
    def wants(chunk: Chunk) -> bool:
        """Return whether a chunk takes part in any join."""
        return chunk.table in {"sessions", "ad_spend"} or (
            chunk.table == "products" and {HOST, GMV} <= set(chunk.rows.column_names))

    def take(self, chunks: Iterable[Chunk]) -> None:
        """Keep what the chunks of one whole file bring."""
        for chunk in chunks:
            if chunk.table == "sessions":
                self.sessions.append(_only(chunk.rows, SESSION_COLUMNS))
            elif chunk.table == "ad_spend":
                self.ads.append(chunk.rows)
            else:
                self.goods.append(chunk.rows)

    def finish(self, batch: OpenBatch) -> tuple[Join, ...]:
        """Add the joined rows to the batch and say how far each join reaches."""
        joins = []
        if self.goods:
            self._span(batch)
        if self.ads or (self.sessions and self._known("ad_spend").num_rows):
            joins.append(self._join(batch))
        return tuple(joins)

    def _span(self, batch: OpenBatch) -> None:
        sessions = _joined(self.sessions) if self.sessions else self._known("sessions")
        rows = spanned(_joined(self.goods), sessions)
        if rows.num_rows:
            batch.add("product_channels", rows)

    def _join(self, batch: OpenBatch) -> Join:
        sessions = _joined([*self.sessions, _only(self._known("sessions"), SESSION_COLUMNS)])
        rooms = _first_of_each(sessions, "session_id")
        ads = _joined([*self.ads, self._known("ad_spend")])
        ads = _first_of_each(ads, "plan_id", "starts_at")
        found = joined(ads, rooms)
        rows = _only(ads, AD_KEY).append_column("session_id", found.session_ids)
        batch.add("ad_spend", rows.filter(rows["session_id"].is_valid()))
        return _told(found.coverage)

    def _known(self, table: str) -> pa.Table:
        """Return the stored rows of a table with their ``x_…`` columns."""
        stored = self.store.tables()[table]
        rows = self.store.fetch(stored.drop("_batch"))
        extras = [json.loads(text) if text else {} for text in rows["extra"].to_pylist()]
        rows = rows.drop_columns("extra")
        for name in sorted({name for extra in extras for name in extra}):
            rows = rows.append_column(
                name, pa.array([extra.get(name) for extra in extras], pa.string()))
        return rows


def _only(rows: pa.Table, names: Iterable[str]) -> pa.Table:
    return rows.select([name for name in names if name in rows.column_names])


def _joined(tables: list[pa.Table]) -> pa.Table:
    return pa.concat_tables(tables, promote_options="default")


def _first_of_each(rows: pa.Table, *key: str) -> pa.Table:
    """Return the first row of every key; what this import brings stands before what is known."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for place, values in enumerate(zip(*(rows[name].to_pylist() for name in key), strict=True)):
        if values not in seen:
            seen.add(values)
            kept.append(place)
    return rows.take(pa.array(kept, pa.int64()))


def _told(coverage: Coverage) -> Join:
    """Return the coverage as words: rows and, per currency, spend."""
    shares = "；".join(f"{currency or '?'} {reached / total:.0%}"
                      for currency, (reached, total) in coverage.spend.items() if total)
    zh = f"投放 {coverage.rows} 行中有 {coverage.joined} 行找到了场次"
    en = f"{coverage.joined} of {coverage.rows} ad rows found their session"
    if shares:
        zh += f"，覆盖消耗 {shares}"
        en += f", covering {shares.replace('；', '; ')} of the spend"
    if coverage.ambiguous:
        zh += f"；{coverage.ambiguous} 行同时像两场，没有硬配"
        en += f"; {coverage.ambiguous} fit two sessions equally and were left"
    return Join(table="ad_spend", to="sessions", rows=coverage.rows, joined=coverage.joined,
                sentence=Text(zh=zh, en=en))
