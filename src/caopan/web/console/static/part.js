// A part of a page as nodes; where the console cannot be reached, the sentence that says so.
export async function part(address) {
  const answer = await fetch(address, { headers: { "hx-request": "true" } }).catch(() => undefined)
  const away = answer?.headers.get("hx-redirect")
  if (away) location.assign(away)
  if (!answer) return [Object.assign(document.createElement("p"), { className: "muted", textContent: document.getElementById("age")?.dataset.lost ?? "" })]
  return [...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes]
}
