// Takes away what is shown: a table as CSV, a chart as a picture.
const INK = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-family", "font-weight", "text-anchor", "dominant-baseline"]
const FORMULA = /^[=@\t\r]|^[+-](?![\d.¥$])/

function give(body, type, name) {
  const href = URL.createObjectURL(new Blob([body], { type }))
  Object.assign(document.createElement("a"), { href, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(href), 1000)
}

function cell(one) {
  const text = one.innerText.replace(/\s+/g, " ").trim()
  return `"${FORMULA.test(text) ? "'" : ""}${text.replaceAll('"', '""')}"`
}

const lines = table => [...table.rows].map(row => [...row.cells].map(cell).join(",")).join("\r\n")
const csv = (parts, name) => give("\ufeff" + parts.join("\r\n\r\n") + "\r\n", "text/csv", `caopan-${name}.csv`)

// Every table of the page that can be seen, one below the other.
export function saveTables() {
  const seen = [...document.querySelectorAll("main table")].filter(table => table.offsetParent)
  if (seen.length) csv(seen.map(lines), location.pathname.split("/").filter(Boolean).join("-") || "today")
}

const SVG = "http://www.w3.org/2000/svg"
const ground = one => getComputedStyle(one.closest(".card") ?? document.body).backgroundColor

// A drawing carries no style sheet along: what its classes mean is written into it.
function inked(one) {
  const copy = one.cloneNode(true), all = [one, ...one.querySelectorAll("*")]
  for (const [at, made] of [copy, ...copy.querySelectorAll("*")].entries()) {
    const style = getComputedStyle(all[at])
    for (const name of INK) made.setAttribute(name, style.getPropertyValue(name))
  }
  return copy
}

function drawn(svg) {
  const copy = inked(svg), { width, height } = svg.getBoundingClientRect()
  const sheet = document.createElementNS(SVG, "rect"), hatch = document.querySelector("pattern#hatch")
  for (const one of [copy, sheet]) for (const [name, value] of [["width", width], ["height", height]]) one.setAttribute(name, value)
  const [x, y] = copy.getAttribute("viewBox")?.split(" ") ?? [0, 0]
  for (const [name, value] of [["x", x], ["y", y], ["fill", ground(svg)]]) sheet.setAttribute(name, value)
  copy.prepend(...(hatch ? [inked(hatch)] : []), sheet)
  return new XMLSerializer().serializeToString(copy)
}

function painted(canvas) {
  const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height })
  const pen = copy.getContext("2d")
  pen.fillStyle = ground(canvas)
  pen.fillRect(0, 0, copy.width, copy.height)
  pen.drawImage(canvas, 0, 0)
  return new Promise(done => copy.toBlob(done, "image/png"))
}

export async function save(press) {
  const figure = press.closest("figure")
  if (press.dataset.save === "csv") return csv([lines(figure.querySelector(".chart-twin table"))], figure.id)
  const canvas = figure.querySelector(".chart-plot canvas"), svg = figure.querySelector(".chart-plot svg, .chart-drawing svg")
  if (canvas) give(await painted(canvas), "image/png", `caopan-${figure.id}.png`)
  else if (svg) give(drawn(svg), "image/svg+xml", `caopan-${figure.id}.svg`)
}
