"""A picture so small that git keeps it gladly: its size and a grid of grey levels."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Self

from playwright.sync_api import Page

CELLS, LEVELS = 24, 64
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
TALLER = 0.04
"""Share by which a page may be taller or shorter: fonts differ a little between machines."""
MEAN, FAR, FAR_SHARE = 1.5, 8, 0.04
"""Grey levels: the mean difference of all cells; what is far; the share of cells that may be."""
_SHRINK = """async ([body, cells, levels]) => {
  const bytes = Uint8Array.from(atob(body), each => each.charCodeAt(0))
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }))
  const { width, height } = image
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext("2d", { willReadFrequently: true })
  context.drawImage(image, 0, 0)
  const pixels = context.getImageData(0, 0, width, height).data
  const sums = new Float64Array(cells * cells), counts = new Float64Array(cells * cells)
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y * cells / height) * cells
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x), cell = row + Math.floor(x * cells / width)
      sums[cell] += .299 * pixels[at] + .587 * pixels[at + 1] + .114 * pixels[at + 2]
      counts[cell] += 1
    }
  }
  const grey = [...sums].map((sum, cell) => Math.floor(sum / counts[cell] / 256 * levels))
  return [width, height, grey]
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thumb:
    """One picture: how large it is, and the mean grey of each cell of a 24 × 24 grid."""

    width: int
    height: int
    grey: tuple[int, ...]

    @classmethod
    def read(cls, kept: str) -> Self:
        """Return a thumb as a baseline keeps it."""
        width, height, signs = kept.split(" ")
        return cls(width=int(width), height=int(height),
                   grey=tuple(SIGNS.index(sign) for sign in signs))

    def written(self) -> str:
        """Return what a baseline keeps."""
        return f"{self.width} {self.height} {''.join(SIGNS[level] for level in self.grey)}"


def shrunk(page: Page, picture: bytes) -> Thumb:
    """Return the thumb of a PNG; any blank page does the work."""
    width, height, grey = page.evaluate(
        _SHRINK, [base64.b64encode(picture).decode(), CELLS, LEVELS])
    return Thumb(width=width, height=height, grey=tuple(grey))


def unlike(now: Thumb, before: Thumb) -> str | None:
    """Return how a picture differs from what it was; None where it is the same to the eye."""
    if now.width != before.width:
        return f"{now.width} wide, was {before.width}"
    if abs(now.height - before.height) > TALLER * before.height:
        return f"{now.height} tall, was {before.height}"
    differences = [abs(one - other) for one, other in zip(now.grey, before.grey, strict=True)]
    mean = sum(differences) / len(differences)
    far = sum(each > FAR for each in differences) / len(differences)
    if mean > MEAN or far > FAR_SHARE:
        return f"grey differs by {mean:.2f} of {LEVELS} levels, {far:.0%} of the cells by far"
    return None
