// A room: clocks count on between two tellings, presses go without leaving the page, keys, hold to fire.
const root = document.querySelector("[data-room]"), words = root.dataset, said = document.getElementById("room-said")
const token = document.querySelector('meta[name="caopan-token"]')?.content
const HOLD_MS = 900
// A rehearsal's clock passes faster, and never beyond the tick that was replayed.
const most = words.rehearsal ? 5000 : Infinity
let rev = words.rev, room = Number(words.epoch), told = performance.now()
const present = () => room + Math.min((performance.now() - told) * words.speed, most)

const two = n => String(n).padStart(2, "0")
const span = ms => {
  const all = Math.round(Math.abs(ms) / 1000), hours = Math.floor(all / 3600)
  return `${ms < 0 && all ? "−" : ""}${hours ? hours + ":" : ""}${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`
}
const old = s => s < 120 ? words.seconds.replace("{n}", s)
  : s < 7200 ? words.minutes.replace("{n}", Math.round(s / 60)) : words.hours.replace("{n}", Math.round(s / 3600))
const each = (name, act) => document.querySelectorAll(`[data-${name}]`).forEach(one => act(one, Number(one.dataset[name])))
const write = (one, text) => { if (one.textContent !== text) one.textContent = text }

// The server's clock counts: a phone's own may be wrong.
function tick() {
  const now = present()
  each("until", (one, at) => { write(one, span(at - now)); one.classList.toggle("over", now - at >= 500) })
  each("since", (one, at) => write(one, span(now - at)))
  each("from", (one, at) => { one.value = (now - at) / 1000 })
  each("age", (one, at) => {
    const seconds = Math.max(Math.round((now - at) / 1000), 0)
    write(one.querySelector(".rm-old"), old(seconds))
    one.classList.toggle("stale", seconds > one.dataset.after)
  })
  const clock = new Date(now + 288e5).toISOString()
  each("clock", one => write(one, clock.slice(11, 19)))
}

document.addEventListener("caopan:live", ({ detail }) => {
  if (!detail.topic.startsWith(`room:${words.room}`)) return
  rev = detail.rev
  room = detail.tick?.room ?? (words.rehearsal ? room : detail.epoch)
  told = performance.now()
  tick()
})
// An import elsewhere is nothing to a room on air.
document.addEventListener("caopan:stale", event => event.preventDefault())

const show = html => document.getElementById("room-look")?.replaceChildren(...(html ? new DOMParser().parseFromString(html, "text/html").body.childNodes : []))
const ask = (href, more) => fetch(href, { ...more, headers: { "hx-request": "true", "x-caopan-token": token ?? "" } })

document.addEventListener("submit", async event => {
  const { target: form, submitter } = event
  if (!form.matches("[data-send], [data-look]")) return
  event.preventDefault()
  if (submitter?.ariaBusy) return
  const body = new FormData(form)
  if (form.matches("[data-look]")) {
    const answer = await ask(`${form.action}?${new URLSearchParams(body)}`).catch(() => undefined)
    write(said, answer ? "" : words.unsent)
    if (!answer) return
    show(await answer.text())
    document.getElementById("room-look").querySelector("button")?.focus()
    return
  }
  // The same press sent twice is done once.
  body.set("id", form.dataset.id ??= crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`)
  body.set("rev", rev)
  if (submitter) submitter.ariaBusy = "true"
  const answer = await ask(form.action, { method: "POST", body }).catch(() => undefined)
  if (submitter) submitter.ariaBusy = null
  if (answer) delete form.dataset.id
  const refusal = answer && !answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").body.innerText
  write(said, answer ? refusal || "" : words.unsent)
  if (!answer?.ok) return said.scrollIntoView({ block: "nearest" })
  if (form.matches("[data-done]")) show()
  if (form.matches("[data-clear]")) form.reset()
})

document.addEventListener("click", event => {
  if (event.target.closest("[data-close]")) { event.preventDefault(); show() }
})

// On a touch screen what cannot be taken back is held, not tapped.
let held
const let_go = () => { clearTimeout(held); document.querySelector(".rm-holding")?.classList.remove("rm-holding") }
document.addEventListener("pointerdown", event => {
  const button = event.target.closest("[data-hold]")
  if (!button || event.pointerType === "mouse") return
  button.classList.add("rm-holding")
  held = setTimeout(() => { let_go(); button.form.requestSubmit(button) }, HOLD_MS)
})
for (const name of ["pointerup", "pointercancel", "pointerleave"]) document.addEventListener(name, let_go)
document.addEventListener("click", event => {
  if (event.target.closest("[data-hold]") && ["touch", "pen"].includes(event.pointerType)) event.preventDefault()
}, true)

const keys = { " ": "next", e: "more", s: "swap", z: "undo" }
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.repeat || event.target.closest("input, textarea, select, dialog")) return
  const digit = event.altKey && /^Digit(\d)$/.exec(event.code)?.[1]
  if (!digit && (event.altKey || (event.key === " " && event.target.closest("button, a, summary")))) return
  const button = document.getElementById(digit ? `card-${digit}` : keys[event.key.toLowerCase()])
  if (!button) return
  event.preventDefault()
  button.click()
})

// The chart takes its new numbers without being drawn anew.
each("every", (part, seconds) => setInterval(async () => {
  const answer = document.hidden ? undefined : await ask(part.dataset.href).catch(() => undefined)
  if (!answer?.ok) return
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body
  for (const name of ["script", ".chart-summary", ".chart-keys", ".chart-twin table"]) {
    const [was, is] = [part, fresh].map(one => one.querySelector(name))
    if (!was !== !is) return part.replaceChildren(...fresh.childNodes)
    was?.replaceChildren(...is.childNodes)
  }
}, seconds * 1000))

setInterval(tick, 250)
tick()
