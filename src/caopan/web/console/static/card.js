// A number's card: its definition, source, n and maturity, one tap or one key away.
const card = document.getElementById("numcard")
let owner

function place(button) {
  const { left, bottom, top } = button.getBoundingClientRect(), below = bottom + 6
  const phone = matchMedia("(max-width: 600px)").matches, high = card.offsetHeight
  card.style.left = phone ? "" : `${Math.min(Math.max(8, left), innerWidth - card.offsetWidth - 8)}px`
  card.style.top = phone ? "" : `${below + high < innerHeight ? below : Math.max(8, top - high - 6)}px`
}

export function close() {
  if (card.hidden) return false
  card.hidden = true
  owner?.setAttribute("aria-expanded", "false")
  owner?.focus()
  owner = undefined
  return true
}

// What the card says; where the console cannot be reached, the sentence that says so.
async function read({ dataset: { metric, known = "" }, textContent }) {
  const query = `${known}&value=${encodeURIComponent(textContent.trim().slice(0, 60))}`
  const answer = await fetch(`/metrics/${encodeURIComponent(metric)}/card?${query}`, { headers: { "hx-request": "true" } }).catch(() => undefined)
  const away = answer?.headers.get("hx-redirect")
  if (away) location.assign(away)
  return answer ? answer.text() : `<p class="muted">${document.getElementById("age").dataset.lost}</p>`
}

async function open(button) {
  if (owner === button) return close()
  close()
  owner = button
  button.setAttribute("aria-expanded", "true")
  const told = await read(button)
  if (owner !== button) return
  card.innerHTML = told
  card.setAttribute("aria-label", card.querySelector("h2")?.textContent ?? "")
  card.hidden = false
  place(button)
}

document.addEventListener("click", event => {
  const button = event.target.closest?.("[data-metric]")
  if (button) {
    event.preventDefault()
    open(button)
  } else if (event.target.closest?.("[data-close-card]") || !event.target.closest?.(".numcard")) {
    close()
  }
})
