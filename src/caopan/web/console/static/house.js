// What every page does: number cards, the palette, keys.
import { watchCards } from "./card.js"
import { watchKeys } from "./keys.js"
import { watchLive } from "./live.js"
import { watchPalette } from "./palette.js"
import { watchTaste } from "./taste.js"

export const token = () => document.querySelector('meta[name="caopan-token"]')?.content ?? ""

// htmx sends the page's token with every change it makes.
document.addEventListener("htmx:config:request", event => {
  const request = event.detail.ctx?.request
  if (request && request.method !== "GET") request.headers["x-caopan-token"] = token()
})

// Paper is white: the light colours print, charts included.
const look = document.documentElement.dataset
let worn
addEventListener("beforeprint", () => { worn = look.theme; look.theme = "light" })
addEventListener("afterprint", () => { look.theme = worn })

watchCards()
watchPalette()
watchTaste()
watchKeys()
watchLive()
