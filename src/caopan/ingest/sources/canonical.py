"""The exchange format (标准交换格式): every canonical table as CSV or Parquet, read as it is.

A file is recognised by its columns; where the columns fit two tables, the file's name settles it.
Required columns must be there, the others may be missing, ``x_…`` columns are kept, any other
column stops the file and is named. A time without offset is one of Asia/Shanghai, whatever the
currency. A buyer's id that is a hash of ours stays as it is, any other is hashed.
"""

from __future__ import annotations

from caopan.facts.schema import TABLES, Table
from caopan.ingest.layout import Field, Layout
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.message import Text


def _layout(table: Table) -> Layout:
    """Return the layout of one canonical table."""
    return Layout(
        name=f"canonical.{table.name}",
        platform="canonical",
        title=Text(zh=f"标准表 {table.name}", en=f"canonical table {table.name}"),
        table=table.name,
        header_row=1,
        timezone=BUSINESS_ZONE.key,
        stem=table.name,
        fields=tuple(
            Field(header=column.name, to=column.name, required=column.required,
                  read="own_buyer" if column.name == "buyer_id" else None)
            for column in table.columns
        ),
    )


LAYOUTS = tuple(_layout(table) for table in TABLES.values())
