// A diagnosis page: print it, and let Escape close the evidence.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false
  button.addEventListener("click", () => window.print())
}
document.addEventListener("keydown", event => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return
  const when = document.querySelector(".dx-when[open]")
  if (when) when.open = false
  else document.getElementById("dx-close")?.click()
})
document.addEventListener("click", event => {
  for (const open of document.querySelectorAll(".dx-when[open]"))
    if (!open.contains(event.target)) open.open = false
})
