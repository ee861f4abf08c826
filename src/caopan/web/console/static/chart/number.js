// Numbers as people read them: the twin of caopan/units/number.py, tested on the same vectors.
const MISSING = "—", MINUS = "−", DASH = "–";
const STEPS = {
  zh: [[1e4, "万", 1, 1e4], [1e8, "亿", 2, 1e8]],
  en: [[1e4, "K", 1, 1e3], [1e6, "M", 2, 1e6], [1e9, "B", 2, 1e9]],
};
const SYMBOLS = {
  CNY: "¥", USD: "$", EUR: "€", GBP: "£", JPY: "JP¥", HKD: "HK$", TWD: "NT$", IDR: "Rp", THB: "฿",
  VND: "₫", PHP: "₱", MYR: "RM", SGD: "S$", KRW: "₩", INR: "₹", BRL: "R$", TRY: "₺",
};
const WORDS = { minutes: [" 分钟", " min"], hours: [" 小时", " h"], days: [" 天", " d"] };
const ITEMS = { zh: " 件", en: " units" };
const SHORTENED = ["money", "count", "people", "units"];

const known = (number) => Number.isFinite(number);
const sized = (body) => /[1-9]/.test(body);
const fixed = (number, digits) => number.toFixed(digits).replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ",");
const trimmed = (body) => body.replace(/\.0*$/, "");
const negative = (number, body) => (number < 0 && sized(body) ? MINUS : "");
const sign = (number, body) => (sized(body) ? (number > 0 ? "+" : MINUS) : "");
const whole = (size) => fixed(size, 0);
const price = (size) => trimmed(fixed(size, size < 100 ? 2 : size < 1000 ? 1 : 0));
export const symbol = (currency) => SYMBOLS[currency] ?? `${currency} `;

function short(size, language, plain) {
  let body = plain(size), reached = +size.toFixed(0);
  for (const [start, word, digits, divisor] of STEPS[language]) {
    if (reached < start) break;
    body = fixed(size / divisor, digits) + word;
    reached = +(size / divisor).toFixed(digits) * divisor;
  }
  return body;
}

function percent(ratio) {
  const shown = Math.abs(ratio) * 100, two = +shown.toFixed(2);
  let body = two < 10 ? fixed(shown, 2) : fixed(shown, 1);
  if (!two) body = shown ? "<0.01" : "0";
  if (body === "100.0") body = "100";
  return `${negative(ratio, body)}${body}%`;
}

function times(number) {
  const size = Math.abs(number);
  const body = fixed(size, size < 0.1 ? 4 : size < 1 ? 3 : size < 100 ? 2 : 0);
  return sized(body) ? negative(number, body) + body : "0";
}

function duration(seconds) {
  const all = +Math.abs(seconds).toFixed(0), two = (part) => String(part).padStart(2, "0");
  const hours = Math.floor(all / 3600), clock = `${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
  return `${seconds < 0 && all ? MINUS : ""}${hours ? `${hours}:` : ""}${clock}`;
}

const items = (unit, language, body) =>
  unit === "units" ? (body === "1" && language === "en" ? " unit" : ITEMS[language]) : "";

/** A value; `how` is {unit, currency, language}; money is minor units, ratios 0-1. */
export function value(number, { unit, currency = "CNY", language }) {
  if (!known(number)) return MISSING;
  const size = Math.abs(number);
  if (unit === "ratio") return percent(number);
  if (unit === "times") return times(number);
  if (unit === "seconds") return duration(number);
  if (unit in WORDS) {
    const body = unit === "hours" ? fixed(size, 1) : trimmed(fixed(size, 1));
    return negative(number, body) + body + WORDS[unit][+(language === "en")];
  }
  const money = unit === "money";
  const body = money ? short(size / 100, language, price) : short(size, language, whole);
  return negative(number, body) + (money ? symbol(currency) : "") + body + items(unit, language, body);
}

/** A difference, signed; of ratios in points. */
export function change(number, how) {
  if (!known(number)) return MISSING;
  const body = value(Math.abs(number), how);
  if (how.unit !== "ratio") return sign(number, body) + body;
  return sign(number, body) + body.slice(0, -1) + (how.language === "zh" ? " 个点" : " pp");
}

/** A range with its level ("(80%)"); both ends in one word, the currency once. */
export function interval(low, high, level, how) {
  const ends = bounds([low, high], how);
  if (how.unit === "money") {
    const below = ends[0].startsWith(MINUS);
    ends[0] = (below ? MINUS : "") + symbol(how.currency ?? "CNY") + ends[0].slice(+below);
  }
  if (how.unit === "units") ends[1] += ITEMS[how.language];
  const signed = ends.some((end) => "+−".includes(end[0]));
  return `${ends.join(signed ? ` ${DASH} ` : DASH)} ${level}`;
}

function bounds(pair, how) {
  if (!SHORTENED.includes(how.unit)) return pair.map((end) => value(end, how));
  const money = how.unit === "money", plain = money ? price : whole;
  const sizes = pair.map((end) => Math.abs(end) / (money ? 100 : 1));
  const largest = short(Math.max(...sizes), how.language, plain);
  const step = STEPS[how.language].find(([, word]) => largest.endsWith(word));
  return pair.map((end, index) => {
    const inWord = step ? fixed(sizes[index] / step[3], step[2]) : "";
    const body = sized(inWord) ? inWord + step[1] : short(sizes[index], how.language, plain);
    return negative(end, body) + body;
  });
}

/** A tick of an axis: no currency, no word of what is counted, no idle zeros. */
export function tick(number, how) {
  return value(number, how.unit === "units" ? { ...how, unit: "count" } : how).replace(symbol(how.currency ?? "CNY"), "")
    .replace(/(\.\d*?)0+(?=\D|$)/, "$1").replace(/\.(?=\D|$)/, "");
}
