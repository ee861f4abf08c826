// Keys: g + letter goes, / searches, j k walk a list, e takes the tables away, ? lists the keys, Esc closes.
// The command palette: ⌘K or Ctrl+K, type, arrows, Enter; htmx asks for what fits.
import { close } from "./card.js"

const dialog = document.getElementById("palette")
const input = dialog.querySelector("input"), list = dialog.querySelector('[role="listbox"]')

function choose(step) {
  const all = [...list.querySelectorAll('[role="option"]')]
  if (!all.length) return
  const at = all.findIndex(one => one.ariaSelected === "true"), next = all.at((at + step) % all.length)
  for (const one of all) one.ariaSelected = one === next
  next.scrollIntoView({ block: "nearest" })
  input.setAttribute("aria-activedescendant", next.id)
}

function openPalette() {
  dialog.showModal()
  input.select()
  input.dispatchEvent(new Event("open"))
}

const chosen = {
  ArrowDown: () => choose(1),
  ArrowUp: () => choose(-1),
  Enter: () => list.querySelector('[aria-selected="true"] a')?.click(),
}

let leading = 0

function walk(step) {
  const rows = [...document.querySelectorAll("[data-row]")].filter(row => row.offsetParent)
  if (!rows.length) return
  const at = rows.findIndex(row => row.contains(document.activeElement))
  const row = rows[Math.min(Math.max(at + step, 0), rows.length - 1)]
  ;(row.matches("a, button") ? row : row.querySelector("a, button") ?? row).focus()
  row.scrollIntoView({ block: "nearest" })
}

const single = {
  "/": () => (document.querySelector("main [type=search]") ?? { focus: openPalette }).focus(),
  "?": () => document.getElementById("keys")?.showModal(),
  e: async () => (await import("./save.js")).saveTables(),
  j: () => walk(1),
  k: () => walk(-1),
}

document.addEventListener("keydown", event => {
  const led = event.metaKey || event.ctrlKey
  if (led && event.key.toLowerCase() === "k") {
    event.preventDefault()
    return openPalette()
  }
  if (event.key === "Escape" && close()) return
  if (led || event.altKey || event.target.closest?.("input, textarea, select, [contenteditable]")) return
  if (document.querySelector("dialog[open]")) return
  if (Date.now() - leading < 1200) {
    leading = 0
    return document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click()
  }
  if (event.key === "g") leading = Date.now()
  else if (single[event.key]) {
    event.preventDefault()
    single[event.key]()
  }
})

dialog.addEventListener("htmx:after:swap", () => choose(1))
dialog.addEventListener("htmx:error", () => list.replaceChildren(document.getElementById("age").dataset.lost))
input.addEventListener("keydown", event => {
  if (!chosen[event.key] || event.isComposing) return
  event.preventDefault()
  chosen[event.key]()
})
dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close() })
document.querySelector("[data-palette]").addEventListener("click", openPalette)
