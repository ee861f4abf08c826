// The prompter: it stays awake, mirrors, grows, and keeps which points were said.
import { watchLive } from "./live.js"
const root = document.documentElement, kept = localStorage
const find = name => document.querySelector(`[data-${name}]`)

const size = by => {
  const now = Math.min(Math.max(Number(kept.promptSize ?? 0) + by, -2), 4)
  kept.promptSize = root.dataset.size = now
}
const mirror = on => {
  kept.promptMirror = root.dataset.flipped = on
  find("mirror")?.setAttribute("aria-pressed", on)
}
let lock
async function awake(on) {
  lock = on ? await navigator.wakeLock?.request("screen").catch(() => undefined) : void lock?.release()
  find("awake")?.setAttribute("aria-pressed", Boolean(lock))
}
const said = () => JSON.parse(sessionStorage.said ?? "[]")
const mark = () => document.querySelectorAll("[data-point]").forEach(one =>
  one.setAttribute("aria-pressed", said().includes(one.dataset.point)))

document.addEventListener("click", ({ target }) => {
  const point = target.closest("[data-point]")?.dataset.point
  if (point) {
    const all = said()
    sessionStorage.said = JSON.stringify(all.includes(point) ? all.filter(one => one !== point) : [...all, point])
    mark()
  }
  if (target.closest("[data-smaller]")) size(-1)
  if (target.closest("[data-larger]")) size(1)
  if (target.closest("[data-mirror]")) mirror(root.dataset.flipped !== "true")
  if (target.closest("[data-awake]")) awake(!lock)
})
document.addEventListener("caopan:live", mark)
document.addEventListener("visibilitychange", () => { if (!document.hidden && lock) awake(true) })
size(0)
mirror(kept.promptMirror === "true")
if (find("awake")) awake(true)
mark()
watchLive()
