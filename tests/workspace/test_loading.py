"""What a verb loads: an import must not wait for the numbers or the drawing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

IMPORT = """
import sys
from caopan.cli.app import run
code = run(["--workspace", sys.argv[1], "--json", "import", sys.argv[2]])
print(" ".join(sorted(sys.modules)), file=sys.stderr)
sys.exit(code)
"""
HEAVY = {"ibis", "sqlglot", "scipy", "jinja2", "pandas", "alembic", "caopan.metrics.catalogue",
         "caopan.diagnose.everyone", "caopan.report.render", "caopan.demo.world"}


def test_an_import_loads_neither_the_numbers_nor_the_drawing(tmp_path: Path) -> None:
    file = tmp_path / "belts.csv"
    file.write_text("belt_id,city\nb1,义乌\n", encoding="utf-8")

    done = subprocess.run([sys.executable, "-c", IMPORT, str(tmp_path / "workspace"), str(file)],
                          capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    loaded = set(done.stderr.split())
    assert {"duckdb", "pyarrow", "caopan.store.store"} <= loaded
    assert not HEAVY & loaded
