"""Synthetic and real facts never share a workspace."""

from __future__ import annotations

from caopan.units.message import CaopanError, Message, Text

SYNTHETIC = "synthetic"
"""The setting that marks a workspace of the synthetic world."""


class SyntheticWorkspaceError(CaopanError):
    """Raised when real files would be imported into a synthetic workspace."""

    def __init__(self) -> None:
        """Say where real files belong."""
        super().__init__(Message(
            key="synthetic_workspace",
            text=Text(zh="这个工作区装的是合成数据，真实文件不能混进来",
                      en="this workspace holds synthetic data; real files cannot join it"),
            hint=Text(zh="换一个工作区：caopan --workspace 文件夹 import …",
                      en="use another workspace: caopan --workspace FOLDER import …")))


class OccupiedWorkspaceError(CaopanError):
    """Raised when the synthetic world would be poured over what is there."""

    def __init__(self, batches: int) -> None:
        """Name how many imports are there."""
        super().__init__(Message(
            key="occupied_workspace",
            text=Text(zh="这个工作区已有 {n} 次导入，合成数据只放进空的工作区",
                      en="this workspace has {n} imports; the synthetic world needs an empty one"),
            values={"n": batches},
            hint=Text(zh="换一个文件夹：caopan --workspace 新文件夹 demo",
                      en="use another folder: caopan --workspace NEW demo")))
