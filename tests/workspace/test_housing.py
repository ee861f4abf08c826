from __future__ import annotations

from pathlib import Path

import pytest

from caopan.workspace.folder import UnusableFolderError
from caopan.workspace.housing import housed


def test_a_folder_that_is_a_file_is_said_as_anywhere(tmp_path: Path) -> None:
    (tmp_path / "room").write_text("a file", encoding="utf-8")

    with pytest.raises(UnusableFolderError), housed(tmp_path / "room"):
        pass


def test_a_fault_of_who_holds_it_is_that_fault(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="elsewhere"), housed(tmp_path / "room"):
        raise OSError("elsewhere")  # noqa: EM101 - a test's own word
    with housed(tmp_path / "room") as say_where:
        say_where("http://127.0.0.1:8700")
