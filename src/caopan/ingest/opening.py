"""Open a file, whatever it is, as the tables inside it."""

from __future__ import annotations

from collections.abc import Sequence

from caopan.ingest.columnar import columnar
from caopan.ingest.delimited import delimited
from caopan.ingest.found import Found, head, seekable, unzipped
from caopan.ingest.grid import Grid
from caopan.ingest.limits import LIMITS, Limits
from caopan.ingest.messages import refusal
from caopan.ingest.sniff import Form, encoding, form
from caopan.ingest.spreadsheet import sheets


def grids(found: Found, *, limits: Limits = LIMITS) -> Sequence[Grid]:
    r"""Return the tables of a file: one for a text or Parquet file, the sheets of a workbook.

    >>> import io
    >>> file = Found(name="a", size=8, open=lambda: io.BytesIO(b"a,b\n1,2\n"))
    >>> grids(file)[0].form
    'CSV, utf-8'

    Raises:
        FileRefusedError: the file is no table, damaged, or beyond the limits.
    """
    first = head(found)
    archive = first[:2] in {b"PK", b"\xd0\xcf"}
    with seekable(found, limits=limits) if archive else found.open() as stream:
        what = form(first, stream)
    if what is Form.GZIP:
        return grids(_once(unzipped(found, limits=limits)), limits=limits)
    if what is Form.TEXT:
        with found.open() as stream:
            codec = encoding(stream)
        return [delimited(found, encoding=codec, limits=limits)]
    if what is Form.PARQUET:
        return [columnar(found, limits=limits)]
    if what is Form.ZIP:
        raise refusal(key="archive_for_folder")
    with seekable(found, limits=limits) as stream:
        return sheets(stream, form=what, limits=limits)


def _once(found: Found) -> Found:
    """Refuse a gzip inside a gzip."""
    if head(found).startswith(b"\x1f\x8b"):
        raise refusal(key="archive_entry", entry=found.name)
    return found
