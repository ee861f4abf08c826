// Theme, colours and density at once: an attribute changes here, the cookie by a post behind.
const look = document.documentElement.dataset

function wear(name, value) {
  look[name] = value
  if (name === "theme") document.querySelector('meta[name="color-scheme"]').content = value
  for (const one of document.querySelectorAll(`button[name="${name}"]`)) {
    if ("flip" in one.dataset) one.value = value === "dark" ? "light" : "dark"
    else {
      one.classList.toggle("on", one.value === value)
      one.setAttribute("aria-pressed", String(one.value === value))
    }
  }
}

export async function choose(form, { name, value }, body) {
  const was = look[name]
  wear(name, value)
  const answer = await fetch(form.action, { method: "POST", body, headers: { "hx-request": "true" } }).catch(() => undefined)
  if (!answer?.ok) wear(name, was)
}
