// A room: clocks, presses, keys, hold to fire, the prompter.
const find = name => document.querySelector(name), root = document.documentElement
const { dataset: words } = find("[data-room]"), said = find("#room-said")
let rev = words.rev, told = Number(words.epoch), since = performance.now(), speed = words.speed, lock, held
const spoken = new Set()

const clock = ms => new Date(ms).toISOString().slice(11, 19)
const span = ms => (ms <= -500 ? "−" : "") + clock(Math.round(Math.abs(ms) / 1000) * 1000).replace(/^(00:|0)/, "")
const old = s => s < 120 ? words.seconds.replace("{n}", s) : words.minutes.replace("{n}", Math.round(s / 60))
const each = (name, act) => document.querySelectorAll(`[data-${name}]`).forEach(one => act(one, one.dataset[name]))
const write = (one, text) => { if (one.textContent !== text) one.textContent = text }

// The server's clock counts: a phone's own may be wrong.
function tick() {
  const now = told + (performance.now() - since) * speed
  each("until", (one, at) => { write(one, span(at - now)); one.classList.toggle("over", now - at >= 500) })
  each("since", (one, at) => write(one, span(now - at)))
  each("from", (one, at) => { one.value = (now - at) / 1000 })
  each("age", (one, at) => {
    const seconds = Math.max(Math.round((now - at) / 1000), 0)
    write(one.querySelector(".rm-old"), old(seconds))
    one.classList.toggle("stale", seconds > one.dataset.after)
  })
  each("clock", one => write(one, clock(now + 288e5)))
  each("point", (one, point) => one.setAttribute("aria-pressed", spoken.has(point)))
}

document.addEventListener("caopan:live", ({ detail }) => {
  if (!detail.topic.startsWith("room:")) return
  rev = detail.rev
  told = detail.tick.at ?? detail.epoch
  speed = detail.tick.speed ?? 1
  since = performance.now()
  tick()
})
// An import elsewhere is nothing to a room on air.
document.addEventListener("caopan:stale", event => event.preventDefault())

document.addEventListener("submit", async event => {
  const form = event.target
  if (!form.matches("[data-send]")) return
  event.preventDefault()
  const body = new FormData(form)
  // The same press sent twice is done once.
  body.set("id", form.dataset.id ??= `${Date.now()}-${Math.random()}`)
  body.set("rev", rev)
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "hx-request": "true", "x-caopan-token": find('[name="caopan-token"]').content } })
    delete form.dataset.id
    said.innerHTML = answer.ok ? "" : await answer.text()
    if (answer.ok && form.matches("[data-done]")) acts.close()
    if (answer.ok && form.matches("[data-clear]")) form.reset()
  } catch {
    write(said, words.unsent)
  }
})

async function awake() {
  lock = await navigator.wakeLock?.request("screen").catch(() => undefined)
  find("[data-awake]").setAttribute("aria-pressed", Boolean(lock))
}
const acts = {
  close: () => find("#room-look").replaceChildren(),
  point: ({ dataset: { point } }) => spoken.delete(point) || spoken.add(point),
  size: ({ dataset: { size } }) => { root.dataset.big = Math.min(Math.max(Number(root.dataset.big ?? 0) + Number(size), -2), 4) },
  mirror: one => one.setAttribute("aria-pressed", root.toggleAttribute("data-flipped")),
  awake,
}
document.addEventListener("click", event => {
  // On a touch screen what cannot be taken back is held, not tapped.
  if (event.pointerType === "touch" && event.target.closest("[data-hold]")) event.preventDefault()
  for (const name in acts) {
    const one = event.target.closest(`[data-${name}]`)
    if (!one) continue
    event.preventDefault()
    acts[name](one)
    tick()
  }
})
document.addEventListener("pointerdown", event => {
  const button = event.pointerType === "touch" && event.target.closest("[data-hold]")
  if (button) held = setTimeout(() => button.form.requestSubmit(), 900)
})
for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, () => clearTimeout(held))

const keys = { " ": "next", e: "more", s: "swap", z: "undo" }
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.repeat || event.target.closest("input, select, dialog")) return
  if (event.key === " " && event.target.closest("button, a, summary")) return
  const button = document.getElementById(event.altKey ? `card-${event.code.slice(5)}` : keys[event.key])
  if (!button) return
  event.preventDefault()
  button.click()
})

if (find("[data-awake]")) awake()
if (!find("[data-palette]")) import("./live.js").then(live => live.watchLive())
setInterval(tick, 250)
tick()
