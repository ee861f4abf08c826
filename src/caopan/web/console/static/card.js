// A number's card: its definition, source, n and maturity, one tap or one key away.
import { part } from "./part.js"

let card, owner

function place(button) {
  if (matchMedia("(max-width: 600px)").matches) {
    card.style.left = card.style.top = ""
    return
  }
  const at = button.getBoundingClientRect()
  const left = Math.min(Math.max(8, at.left), innerWidth - card.offsetWidth - 8)
  const below = at.bottom + 6
  const top = below + card.offsetHeight < innerHeight ? below : Math.max(8, at.top - card.offsetHeight - 6)
  card.style.left = `${left}px`
  card.style.top = `${top}px`
}

export function close() {
  if (!card || card.hidden) return false
  card.hidden = true
  owner?.setAttribute("aria-expanded", "false")
  owner?.focus()
  owner = undefined
  return true
}

async function open(button) {
  if (owner === button) return close()
  close()
  card ??= document.body.appendChild(Object.assign(document.createElement("div"), { className: "numcard", id: "numcard" }))
  card.setAttribute("role", "dialog")
  card.setAttribute("aria-live", "polite")
  owner = button
  button.setAttribute("aria-expanded", "true")
  button.setAttribute("aria-controls", "numcard")
  const query = new URLSearchParams()
  for (const name of ["n", "source", "note", "interval"]) {
    if (button.dataset[name]) query.set(name, button.dataset[name])
  }
  query.set("value", button.textContent.trim().slice(0, 60))
  const told = await part(`/metrics/${encodeURIComponent(button.dataset.metric)}/card?${query}`)
  if (owner !== button) return
  card.replaceChildren(...told)
  card.setAttribute("aria-label", card.querySelector("h2")?.textContent ?? "")
  card.hidden = false
  place(button)
}

export function watchCards() {
  document.addEventListener("click", event => {
    const button = event.target.closest?.("[data-metric]")
    if (button) {
      event.preventDefault()
      open(button)
    } else if (event.target.closest?.("[data-close-card]") || !event.target.closest?.(".numcard")) {
      close()
    }
  })
}
