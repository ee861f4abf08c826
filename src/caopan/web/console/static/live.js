// Live: one socket a page, a stream where sockets fail, a watch over both. Read beside web/live.
const STALE_MS = 5000, FIRST_WAIT_MS = 250, LONGEST_WAIT_MS = 8000, STREAM_EVERY = 3
const age = document.getElementById("age"), notice = document.getElementById("notice")
const words = age?.dataset ?? {}
const revs = new Map(), shown = new Map()
let socket, stream, timer, sent = "", failures = 0, typed = false, out = false, offered = false
let heard = performance.now(), checked = heard

const wanted = () => [...new Set(["workspace",
  ...[...document.querySelectorAll("[data-live]")].map(one => one.dataset.live)])].sort().join(",")
const running = () => [...document.querySelectorAll("[data-live^='job:']")]
  .filter(one => !["done", "failed"].includes(one.dataset.state))
const isStale = () => performance.now() - Math.min(heard, checked) > STALE_MS

function drop() {
  clearTimeout(timer)
  if (socket) socket.onmessage = socket.onclose = null
  socket?.close()
  stream?.close()
  socket = stream = undefined
}

function connect() {
  drop()
  if (document.hidden || out) return
  sent = wanted()
  const query = `?topics=${encodeURIComponent(sent)}`
  if (failures % STREAM_EVERY === STREAM_EVERY - 1) {
    stream = new EventSource(`/live/stream${query}`)
    stream.onmessage = event => hear(event.data)
    stream.onerror = again
  } else {
    socket = new WebSocket(`${location.protocol.replace("http", "ws")}//${location.host}/live/ws${query}`)
    socket.onmessage = event => event.data.split("\n").forEach(hear)
    socket.onclose = event => event.code === 4403 ? leave() : again()
  }
  timer = setTimeout(again, STALE_MS)
}

// Back-off with jitter: after a restart not every page of every screen comes at the same moment.
function again() {
  drop()
  poll()
  const wait = Math.min(FIRST_WAIT_MS * 2 ** failures++, LONGEST_WAIT_MS)
  timer = setTimeout(connect, wait * (0.5 + Math.random()))
}

function leave() {
  out = true
  drop()
  tell(words.out, `/enter?next=${encodeURIComponent(location.pathname + location.search)}`)
}

function hear(text) {
  const told = JSON.parse(text)
  clearTimeout(timer)
  timer = setTimeout(again, STALE_MS)
  failures = 0
  heard = performance.now()
  if (told.checked) checked = heard - (told.epoch - told.checked)
  if (told.topic) take(told)
  show()
}

function take(told) {
  if ("from" in told && revs.get(told.topic) !== told.from) return connect()
  revs.set(told.topic, told.rev)
  for (const [id, html] of Object.entries(told.html)) swap(id, html)
  if (told.topic === "workspace" && told.rev > Number(words.rev)) changed()
  document.dispatchEvent(new CustomEvent("caopan:live", { detail: told }))
}

function swap(id, html) {
  const old = document.getElementById(id)
  if (!old || (shown.get(id) === html && old.isConnected)) return
  const template = document.createElement("template")
  template.innerHTML = html.trim()
  const fresh = template.content.firstElementChild
  const was = ["waiting", "running"].includes(old.dataset.state), renews = old.closest("[data-renew]")
  const leads = was && fresh.querySelector("[data-go]")
  old.replaceWith(fresh)
  shown.set(id, html)
  window.htmx?.process(fresh)
  if (leads) location.assign(leads.href)
  else if (was && renews && (renews.dataset.renew || "done") === fresh.dataset.state && !isBusy()) location.reload()
}

// Where nothing live comes through, a job's part is asked for.
async function poll() {
  for (const one of running()) {
    const answer = await fetch(`/jobs/${one.dataset.live.slice(4)}`, { headers: { "hx-request": "true" } }).catch(() => undefined)
    if (answer?.status === 200) swap(one.id, await answer.text())
  }
}

const isBusy = () => typed || running().length || !getSelection().isCollapsed ||
  document.querySelector("dialog[open], [data-keep]") ||
  document.activeElement?.matches("input:not([type=button]), textarea, select, [contenteditable]")

// The workspace has moved on since this page was made: its numbers are of before.
function changed() {
  if (offered || !document.dispatchEvent(new CustomEvent("caopan:stale", { cancelable: true }))) return
  if (!isBusy()) return location.reload()
  offered = true
  tell(words.changed, "")
}

function tell(text, href) {
  notice?.replaceChildren(text ?? "")
  if (!text) return
  const link = Object.assign(document.createElement("a"), { className: "btn", href: href || location.href, textContent: href ? words.enter : words.reload })
  if (!href) link.addEventListener("click", event => { event.preventDefault(); location.reload() })
  notice?.append(link)
}

function show() {
  if (!age) return
  const seconds = Math.round((performance.now() - Math.min(heard, checked)) / 1000)
  const stale = isStale()
  age.textContent = !stale ? words.fresh : seconds < 120 ? words.seconds.replace("{n}", seconds)
    : words.minutes.replace("{n}", Math.round(seconds / 60))
  if (String(stale) === age.dataset.stale) return
  age.dataset.stale = stale
  if (!offered && !out) tell(stale ? words.lost : "", "")
}

export function watchLive() {
  addEventListener("input", () => { typed = true }, true)
  addEventListener("submit", () => { typed = false }, true)
  document.addEventListener("visibilitychange", () => {
    heard = checked = performance.now()
    document.hidden ? drop() : connect()
  })
  addEventListener("pagehide", drop)
  addEventListener("pageshow", event => { if (event.persisted) connect() })
  new MutationObserver(() => {
    const now = wanted()
    if (now === sent) return
    if (socket?.readyState !== WebSocket.OPEN) return connect()
    sent = now
    socket.send(JSON.stringify({ topics: now.split(",") }))
  }).observe(document.body, { childList: true, subtree: true })
  setInterval(() => { if (!document.hidden) show() }, 1000)
  connect()
}
