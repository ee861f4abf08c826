// Make src/caopan/web/console/static/vendor from the packages of the lock: `make vendor`.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { icons } from "./icons.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../src/caopan/web/console/static/vendor");
const modules = join(here, "node_modules");
const text = (...place) => readFile(join(modules, ...place), "utf8");
const version = async (name) => JSON.parse(await text(name, "package.json")).version;

// What no chart of ours can reach: HTML tooltips (a strict CSP refuses them), a second language
// of a toolbox we do not ship, a dark theme (colours come from tokens), patterns for aria.
const unreached = {
  "component/tooltip/TooltipHTMLContent.js": "export default class {}",
  "i18n/langZH.js": "export { default } from './langEN.js'",
  "theme/dark.js": "export default {}",
};
const without = {
  name: "without",
  setup(bundle) {
    for (const [file, contents] of Object.entries(unreached)) {
      const filter = new RegExp(`echarts[\\\\/]lib[\\\\/]${file.replaceAll("/", "[\\\\/]")}$`);
      bundle.onLoad({ filter }, ({ path }) => ({ contents, resolveDir: dirname(path) }));
    }
  },
};

// Without its ws and sse extensions: live.js speaks with the server itself.
async function htmx() {
  const body = await text("htmx.org/dist", "htmx.min.js");
  return body.trim().replace(/\n?\/\/# sourceMappingURL=.*$/, "") + "\n";
}

async function echarts() {
  const made = await build({
    entryPoints: [join(here, "echarts.js")], bundle: true, minify: true, write: false,
    format: "iife", globalName: "echarts", target: "es2020", legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' }, plugins: [without],
  });
  return made.outputFiles[0].text;
}

async function sprite() {
  const symbols = await Promise.all(icons.map(async (name) => {
    const drawn = await text("lucide-static/icons", `${name}.svg`);
    const inside = drawn.replace(/<!--.*?-->/s, "").replace(/<\/?svg[^>]*>/g, "")
      .replace(/\s+/g, " ").replace(/> </g, "><").replaceAll(" />", "/>").trim();
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" `
      + `stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${inside}</symbol>`;
  }));
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
}

const products = [
  { file: "htmx.js", make: htmx, of: ["htmx.org"] },
  { file: "echarts.js", make: echarts, of: ["echarts", "zrender", "tslib"] },
  { file: "icons.svg", make: sprite, of: ["lucide-static"] },
];
const licences = {
  "htmx.org": ["0BSD", ["LICENSE"]],
  echarts: ["Apache-2.0", ["LICENSE", "NOTICE"]],
  zrender: ["BSD-3-Clause", ["LICENSE"]],
  tslib: ["0BSD", ["LICENSE.txt"]],
  "lucide-static": ["ISC", ["LICENSE"]],
};

await rm(target, { recursive: true, force: true });
await mkdir(join(target, "licences"), { recursive: true });
const listed = [];
for (const { file, make, of } of products) {
  const body = await make();
  await writeFile(join(target, file), body);
  const parts = [];
  for (const name of of) {
    const [licence, files] = licences[name];
    const kept = [];
    for (const one of files) {
      const copy = `licences/${name}-${one.replace(/\.txt$/, "")}.txt`;
      await cp(join(modules, name, one), join(target, copy));
      kept.push(copy);
    }
    parts.push({ package: name, version: await version(name), licence, texts: kept });
  }
  const sha256 = createHash("sha256").update(body).digest("hex");
  listed.push({ file, sha256, bytes: Buffer.byteLength(body), made_of: parts });
}
await writeFile(join(target, "vendor.json"), `${JSON.stringify(listed, null, 2)}\n`);
