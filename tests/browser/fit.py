"""Does a page fit: nothing stands outside the viewport, a finger finds everything."""

from __future__ import annotations

from playwright.sync_api import Page

FINGER = 48
"""CSS pixels of the smallest touch target."""
_OUTSIDE = """() => {
  const wide = document.documentElement.clientWidth
  const clipped = one => {
    for (let up = one.parentElement; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== "visible") return true
    return false
  }
  const name = one => `${one.tagName.toLowerCase()}#${one.id}.${[...one.classList].join(".")}`
  const found = [...document.body.querySelectorAll("*")].filter(one => {
    const box = one.getBoundingClientRect()
    return box.width && box.right > wide + 1 && !one.closest(".quiet, .skip") && !clipped(one)
  }).map(one => `${name(one)} ends at ${Math.round(one.getBoundingClientRect().right)}`)
  const page = document.documentElement.scrollWidth
  return page > wide ? [`the page is ${page} wide`, ...found] : found
}"""
_SMALL = """(least) => {
  const text = node => [...node.childNodes].filter(one => one.nodeType === 3)
    .map(one => one.textContent.trim()).join("")
  const running = one => getComputedStyle(one).display === "inline" && text(one.parentElement)
  const size = one => {
    const box = one.getBoundingClientRect()
    const more = ["::before", "::after"].map(which => getComputedStyle(one, which))
      .filter(style => style.position === "absolute" && style.content !== "none")
      .map(style => [parseFloat(style.width) || 0, parseFloat(style.height) || 0])
    return [Math.max(box.width, ...more.map(each => each[0])),
            Math.max(box.height, ...more.map(each => each[1]))]
  }
  return [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]")]
    .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.disabled
      && !one.closest(".quiet, .skip, svg") && !running(one))
    .map(one => /checkbox|radio/.test(one.type) ? one.closest("label") ?? one : one)
    .map(one => [one, size(one)])
    .filter(([, [width, height]]) => width && (width < least - .5 || height < least - .5))
    .map(([one, [width, height]]) => `${one.tagName.toLowerCase()}.${[...one.classList].join(".")}`
      + ` "${(one.innerText || one.ariaLabel || one.name || "").trim().slice(0, 20)}"`
      + ` ${Math.round(width)} × ${Math.round(height)}`)
}"""


def outside(page: Page) -> list[str]:
    """Return what stands wider than the viewport and scrolls the page sideways."""
    return list(page.evaluate(_OUTSIDE))


def small(page: Page) -> list[str]:
    """Return the targets outside running text that a finger can miss."""
    return list(page.evaluate(_SMALL, FINGER))
