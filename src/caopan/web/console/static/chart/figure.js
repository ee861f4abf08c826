// Draws every <figure data-chart>, again after a swap or a new theme.
import { painter } from "./paint.js";

const MODULES = {
  pacing: "pacing", calendar: "heat", slots: "heat", triangle: "heat", radar: "radar",
  response: "response", evidence: "evidence", maturity: "maturity",
};
const library = new URL("../vendor/echarts.js", import.meta.url).href;
const drawn = new Map();
let loading;

function echarts() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = library;
    script.onload = () => resolve(globalThis.echarts);
    script.onerror = () => reject(new Error(`not loaded: ${library}`));
    document.head.append(script);
  });
  return loading;
}

async function draw(figure) {
  const plot = figure.querySelector(".chart-plot");
  const text = figure.querySelector('script[type="application/json"]')?.textContent;
  const kept = drawn.get(figure);
  if (!plot || !text || (kept?.text === text && kept.plot === plot && plot.firstChild)) return;
  if (kept && (kept.plot !== plot || !plot.firstChild)) dispose(figure);
  const entry = drawn.get(figure) ?? { plot };
  entry.text = text;
  drawn.set(figure, entry);
  try {
    const data = JSON.parse(text);
    const [{ option }, { init }] = await Promise.all([import(`./${MODULES[data.kind]}.js`), echarts()]);
    if (drawn.get(figure) !== entry || entry.text !== text || !figure.isConnected) return;
    if (!entry.chart) {
      entry.chart = init(plot, null, { renderer: "canvas" });
      entry.watch = new ResizeObserver(() => resize(entry));
      entry.watch.observe(plot);
    }
    entry.paint = () => entry.chart.setOption(option(data, painter(plot, data)), true);
    entry.width = plot.clientWidth;
    entry.paint();
    figure.dataset.drawn = "yes";
  } catch (reason) {
    // The sentence and the twin stand all the same.
    figure.dataset.drawn = "no";
    figure.querySelector(".chart-twin")?.setAttribute("open", "");
    console.error(reason);
  }
}

function resize(entry) {
  if (entry.plot.clientWidth === entry.width || !entry.plot.clientWidth) return;
  entry.width = entry.plot.clientWidth;
  entry.chart.resize();
  entry.paint();
}

function dispose(figure) {
  const entry = drawn.get(figure);
  entry.watch?.disconnect();
  entry.chart?.dispose();
  drawn.delete(figure);
}

function scan() {
  for (const figure of drawn.keys()) if (!figure.isConnected) dispose(figure);
  for (const figure of document.querySelectorAll("figure[data-chart]")) draw(figure);
}

let asked = false;
function soon() {
  if (asked) return;
  asked = true;
  queueMicrotask(() => { asked = false; scan(); });
}

new MutationObserver(soon).observe(document.body, { childList: true, subtree: true, characterData: true });
new MutationObserver(() => drawn.forEach((entry) => entry.paint?.()))
  .observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "data-rise"] });
// Paper is light.
const { dataset } = document.documentElement;
addEventListener("beforeprint", () => {
  dataset.still = "";
  drawn.forEach((entry) => { entry.paint?.(); entry.chart?.getZr().flush(); });
});
addEventListener("afterprint", () => { delete dataset.still; });
scan();
