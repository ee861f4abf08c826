// Keys: g + letter goes, / searches, j k walk a list, e takes the tables away, ? lists the keys, Esc closes.
import { close } from "./card.js"
import { openPalette } from "./palette.js"

let leading = 0

const typing = target => target.closest?.("input, textarea, select, [contenteditable]")

function walk(step) {
  const rows = [...document.querySelectorAll("[data-row]")].filter(row => row.offsetParent !== null)
  if (!rows.length) return
  const at = rows.findIndex(row => row.contains(document.activeElement))
  const row = rows[Math.min(Math.max(at + step, 0), rows.length - 1)]
  const target = row.matches("a, button") ? row : row.querySelector("a, button") ?? row
  target.focus()
  row.scrollIntoView({ block: "nearest" })
}

function go(key) {
  document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.click()
}

const single = {
  "/": () => (document.querySelector("main [type=search]") ?? { focus: openPalette }).focus(),
  "?": () => document.getElementById("keys")?.showModal(),
  e: async () => (await import("./save.js")).saveTables(),
  j: () => walk(1),
  k: () => walk(-1),
}

export function watchKeys() {
  document.addEventListener("keydown", event => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
      event.preventDefault()
      openPalette()
      return
    }
    if (event.key === "Escape" && close()) return
    if (event.metaKey || event.ctrlKey || event.altKey || typing(event.target)) return
    if (document.querySelector("dialog[open]")) return
    if (Date.now() - leading < 1200) {
      leading = 0
      go(event.key)
      return
    }
    if (event.key === "g") leading = Date.now()
    else if (single[event.key]) {
      event.preventDefault()
      single[event.key]()
    }
  })
}
