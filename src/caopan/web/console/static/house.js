// What every page does: number cards, the palette, keys.
import { watchCards } from "./card.js"
import { watchKeys } from "./keys.js"
import { watchLive } from "./live.js"
import { watchPalette } from "./palette.js"

const look = document.documentElement.dataset
export const token = () => document.querySelector('meta[name="caopan-token"]')?.content ?? ""

// htmx sends the page's token with every change it makes.
document.addEventListener("htmx:config:request", event => {
  const request = event.detail.ctx?.request
  if (request && request.method !== "GET") request.headers["x-caopan-token"] = token()
})

// Another theme shows at once; what does that is fetched when it is first wanted.
document.addEventListener("submit", async event => {
  const { target: form, submitter } = event
  if (form.getAttribute("action") !== "/settings/taste" || !(submitter?.name in look)) return
  event.preventDefault()
  const body = new FormData(form, submitter)
  const { choose } = await import("./taste.js")
  choose(form, submitter, body)
})

// Paper is white: the light colours print, charts included.
let worn
addEventListener("beforeprint", () => { worn = look.theme; look.theme = "light" })
addEventListener("afterprint", () => { look.theme = worn })

// Taking a table or a picture away; what does that is fetched when it is first wanted.
document.addEventListener("click", async event => {
  const press = event.target.closest("[data-save]")
  if (press) (await import("./save.js")).save(press)
})

watchCards()
watchPalette()
watchKeys()
watchLive()
