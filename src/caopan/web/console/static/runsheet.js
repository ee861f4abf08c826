// A run sheet: its rows move by dragging, and by Alt with the arrows.
const row = event => event.target.closest("tr[data-item]")
let held, below

function mark(at, name) {
  for (const one of document.querySelectorAll("tr.above, tr.below")) one.classList.remove("above", "below")
  at?.classList.add(name)
}

document.addEventListener("dragstart", event => { held = row(event) })
document.addEventListener("dragend", () => { held = mark() })
document.addEventListener("dragover", event => {
  const at = held && row(event)
  if (!at) return
  event.preventDefault()
  const { y, height } = at.getBoundingClientRect(), lower = event.clientY > y + height / 2
  below = lower ? at : at.previousElementSibling
  mark(at, lower ? "below" : "above")
})
document.addEventListener("drop", event => {
  if (!held || held === below) return
  event.preventDefault()
  const form = document.getElementById("rs-move")
  form.item.value = held.dataset.item
  form.below.value = below?.dataset.item ?? ""
  form.requestSubmit()
})
document.addEventListener("keydown", event => {
  const at = event.altKey && row(event), way = { ArrowUp: "up", ArrowDown: "down" }[event.key]
  if (!at || !way) return
  event.preventDefault()
  document.getElementById(`${way}-${at.dataset.item}`).click()
})
