"""The vendored files do their work under the policy."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

LOAD = """(address) => new Promise((resolve, reject) => {
  const script = document.createElement("script");
  Object.assign(script, { src: address, onload: resolve, onerror: reject });
  document.head.append(script);
})"""


def test_htmx_starts_with_both_extensions(open_page: Callable[..., Page]) -> None:
    page = open_page("states=none")

    page.evaluate("""() => {
      const meta = document.createElement("meta");
      Object.assign(meta, { name: "htmx-config", content: '{"includeIndicatorCSS":false}' });
      document.head.append(meta);
    }""")
    page.evaluate(LOAD, "/static/vendor/htmx.js")
    page.wait_for_timeout(300)

    assert page.evaluate("htmx.version") == "4.0.1"
    assert page.said == []


def test_an_icon_of_the_sprite_is_drawn(open_page: Callable[..., Page]) -> None:
    page = open_page("states=none")

    page.evaluate("""() => {
      document.body.insertAdjacentHTML("beforeend",
        '<svg id="icon" width="24" height="24"><use href="/static/vendor/icons.svg#house"/></svg>');
    }""")
    page.wait_for_timeout(500)

    assert page.evaluate("document.querySelector('#icon use').getBBox().width") > 15
    assert page.said == []
