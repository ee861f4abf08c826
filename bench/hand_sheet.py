"""The least that reading a spreadsheet takes: calamine alone."""

from __future__ import annotations

import sys
from pathlib import Path

from python_calamine import CalamineWorkbook


def calamine(file: Path) -> None:
    """Read the cells and do nothing with them."""
    CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()


if __name__ == "__main__":
    calamine(Path(sys.argv[1]))
