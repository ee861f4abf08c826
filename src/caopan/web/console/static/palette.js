// The command palette: ⌘K or Ctrl+K, type, arrows, Enter.
import { part } from "./part.js"

const dialog = () => document.getElementById("palette")
let asked = 0

function options() {
  return [...dialog().querySelectorAll('[role="option"]')]
}

function choose(step) {
  const all = options()
  if (!all.length) return
  const at = all.findIndex(one => one.getAttribute("aria-selected") === "true")
  const next = all[(at + step + all.length) % all.length]
  all.forEach(one => one.setAttribute("aria-selected", String(one === next)))
  next.scrollIntoView({ block: "nearest" })
  dialog().querySelector("input").setAttribute("aria-activedescendant", next.id)
}

async function search(text) {
  const mine = ++asked
  const found = await part(`/palette?q=${encodeURIComponent(text)}`)
  if (mine !== asked) return
  dialog().querySelector('[role="listbox"]').replaceChildren(...found)
  choose(0)
}

export function openPalette() {
  dialog().showModal()
  const input = dialog().querySelector("input")
  input.select()
  search(input.value)
}

export function watchPalette() {
  if (!dialog()) return
  const input = dialog().querySelector("input")
  let waiting
  input.addEventListener("input", () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => search(input.value), 80)
  })
  input.addEventListener("keydown", event => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      choose(event.key === "ArrowDown" ? 1 : -1)
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault()
      options().find(one => one.getAttribute("aria-selected") === "true")?.querySelector("a").click()
    }
  })
  dialog().addEventListener("click", event => { if (event.target === dialog()) dialog().close() })
  document.querySelectorAll("[data-palette]").forEach(one => one.addEventListener("click", openPalette))
}
