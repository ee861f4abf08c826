// What every page does: number cards, the palette, keys.
import "./card.js"
import "./keys.js"
import { watchLive } from "./live.js"

const look = document.documentElement.dataset

// htmx sends the page's token with every change it makes.
document.addEventListener("htmx:config:request", event => {
  const request = event.detail.ctx?.request
  if (request && request.method !== "GET") request.headers["x-caopan-token"] = document.querySelector('meta[name="caopan-token"]').content
})

// Theme, colours, density: an attribute changes at once, the cookie by a post behind.
function wear(name, value) {
  look[name] = value
  if (name === "theme") document.querySelector('meta[name="color-scheme"]').content = value
  for (const one of document.querySelectorAll(`button[name="${name}"]`)) {
    if ("flip" in one.dataset) one.value = value === "dark" ? "light" : "dark"
    else one.ariaPressed = one.classList.toggle("on", one.value === value)
  }
}
document.addEventListener("submit", async event => {
  const { target: form, submitter } = event
  if (form.getAttribute("action") !== "/settings/taste" || !(submitter?.name in look)) return
  event.preventDefault()
  const { name, value } = submitter, was = look[name], body = new FormData(form, submitter)
  wear(name, value)
  const answer = await fetch(form.action, { method: "POST", body, headers: { "hx-request": "true" } }).catch(() => undefined)
  if (!answer?.ok) wear(name, was)
})

// Paper is white: the light colours print, charts included.
let worn
addEventListener("beforeprint", () => { worn = look.theme; look.theme = "light" })
addEventListener("afterprint", () => { look.theme = worn })

// Taking a table or a picture away: fetched when it is first wanted.
document.addEventListener("click", async event => {
  const press = event.target.closest("[data-save]")
  if (press) (await import("./save.js")).save(press)
})

watchLive()
