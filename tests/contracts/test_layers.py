from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]


def test_every_import_contract_holds() -> None:
    exit_code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)

    assert exit_code == 0


def test_importing_the_package_loads_no_database() -> None:
    heavy = "{'duckdb', 'ibis', 'sqlalchemy', 'pyarrow', 'numpy'}"
    code = f"import sys, caopan; print(sorted({heavy} & set(sys.modules)))"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                            check=True)

    assert loaded.stdout.strip() == "[]"
