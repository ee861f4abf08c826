// The import centre: drop or pick files, stream each with its progress, follow finished work.
const token = () => document.querySelector('meta[name="caopan-token"]')?.content ?? ""
const headers = () => ({ "x-caopan-token": token(), "hx-request": "true" })

// Folders come as trees: walk them; what is no file gives nothing.
async function filesOf(entry) {
  if (!entry) return []
  if (entry.isFile) return [await new Promise((done, lost) => entry.file(done, lost))]
  const reader = entry.createReader(), found = []
  for (;;) {
    const some = await new Promise((done, lost) => reader.readEntries(done, lost))
    if (!some.length) return found
    for (const each of some) found.push(...await filesOf(each))
  }
}

async function dropped(transfer) {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.())
  if (!entries.some(entry => entry?.isDirectory)) return [...transfer.files]
  return (await Promise.all(entries.map(filesOf))).flat()
}

const refusal = body => new DOMParser().parseFromString(body, "text/html").querySelector(".refusal p")?.textContent

function send(url, file, bar) {
  return new Promise((done, lost) => {
    const request = new XMLHttpRequest()
    request.open("PUT", url)
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value)
    request.upload.onprogress = event => { bar.max = event.total || 1; bar.value = event.loaded }
    request.onload = () => request.status < 300 ? done() : lost(new Error(refusal(request.responseText)))
    request.onerror = () => lost(new Error())
    request.send(file)
  })
}

function line(list, file, words) {
  const item = list.appendChild(document.createElement("li"))
  const name = item.appendChild(document.createElement("span"))
  const bar = item.appendChild(document.createElement("progress"))
  name.textContent = `${words.saidSending} ${file.name}`
  bar.max = 1; bar.value = 0
  bar.setAttribute("aria-label", file.name)
  return { bar, say(text, kind) { name.textContent = [file.name, text].filter(Boolean).join(" · "); name.className = kind; bar.hidden = true } }
}

// What systems leave in folders is nobody's export.
const clutter = file => /^(\.|~\$)|^(thumbs\.db|desktop\.ini)$/i.test(file.name)

const post = url => fetch(url, { method: "POST", headers: headers() }).catch(() => undefined)

// Nothing was begun, or it cannot go on: why, and the next try is free.
async function lost(form, list, answer) {
  line(list, { name: "" }, form.dataset).say((answer && refusal(await answer.text())) ?? form.dataset.saidLost, "wrong")
  delete form.queue
}

async function upload(form, dropped) {
  const files = dropped.filter(file => !clutter(file))
  if (!files.length) return
  if (form.queue) return form.queue.push(...files)  // while others are on their way: behind them
  form.queue = files
  const list = form.parentElement.querySelector("[data-sending]")
  list.hidden = false
  list.replaceChildren()
  let id = form.dataset.upload, wrong = 0
  if (!id) {
    const answer = await post("/import/begin")
    if (!answer?.ok) return lost(form, list, answer)
    id = (await answer.json()).upload
    form.dataset.upload = id
  }
  for (const file of files) {
    const shown = line(list, file, form.dataset)
    try {
      await send(`/import/${id}/files?name=${encodeURIComponent(file.name)}`, file, shown.bar)
      shown.say(form.dataset.saidDone, "muted")
    } catch (fault) {
      wrong += 1
      shown.say(fault.message || form.dataset.saidLost, "wrong")
    }
  }
  if (wrong === files.length) return delete form.queue
  const answer = await post(`/import/${id}/look`)
  if (!answer?.ok) return lost(form, list, answer)
  delete form.queue
  const next = answer.headers.get("hx-redirect")
  if (next && !wrong) location.assign(next)
  else if (next) list.insertAdjacentHTML("beforeend", `<li><a class="ac" href="${next}">${form.dataset.saidDone} →</a></li>`)
}

for (const form of document.querySelectorAll("[data-drop]")) {
  form.classList.add("live")
  form.querySelector(".imp-folder").hidden = false
  const inputs = form.querySelectorAll('input[type="file"]')
  inputs[0].id = "pick-way"
  for (const input of inputs) input.addEventListener("change", () => { upload(form, [...input.files]).finally(() => { input.value = "" }) })
  form.addEventListener("submit", event => { event.preventDefault(); upload(form, [...inputs[0].files]) })
  let depth = 0
  const over = step => { depth = Math.max(0, depth + step); form.classList.toggle("over", depth > 0) }
  addEventListener("dragenter", event => { if (event.dataTransfer?.types.includes("Files")) over(1) })
  addEventListener("dragleave", () => over(-1))
  addEventListener("dragover", event => event.preventDefault())
  addEventListener("drop", async event => {
    event.preventDefault()
    depth = 0
    over(0)
    if (event.dataTransfer) upload(form, await dropped(event.dataTransfer))
  })
}

// A finished job leads on by itself; a page that was only reloaded follows as well.
const follow = () => { const next = document.querySelector("[data-go]"); if (next && !follow.gone) { follow.gone = true; location.assign(next.href) } }
new MutationObserver(follow).observe(document.getElementById("main"), { childList: true, subtree: true })

for (const select of document.querySelectorAll("[data-submit]")) select.addEventListener("change", () => select.form.requestSubmit())
for (const form of document.querySelectorAll("[data-once]")) form.addEventListener("submit", () => setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true }))
