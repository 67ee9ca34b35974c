// The line that stays in view: the loss before and after the step, and the places on the sheet to jump to.
// read.js follows in the same module.

const lines = new WeakMap()

export default function ({ data: sent, parentElement }) {
  const data = JSON.parse(textOf(sent))
  const line = parentElement.querySelector(".line")
  const write = (name, text) => {
    const node = line.querySelector(name)
    if (node.textContent !== text) node.textContent = text
  }
  write(".line-before", data.before)
  write(".line-after", data.after)
  write(".line-change", data.change)
  write(".line-checked", `gradients checked: ${data.checked}`)
  line.querySelector(".line-before").title = data.exactBefore ?? ""
  line.querySelector(".line-after").title = data.exactAfter ?? ""
  line.querySelector(".line-change").classList.toggle("line-falls", Boolean(data.falls))
  // The first loss is no news
  if (lines.has(parentElement)) write("[role=status]", data.said ?? "")
  line.querySelector(".line-skip").onclick = (event) => jump(event, "sheet-forward")
  drawIndex(line.querySelector(".line-index"), data.index)
  paper(line)
  lines.set(parentElement, true)
}

function drawIndex(index, places) {
  const frame = JSON.stringify(places)
  if (index.lineFrame === frame) return
  index.lineFrame = frame
  index.replaceChildren(...places.map(([name, short, spoken]) => {
    const link = document.createElement("a")
    const place = `sheet-${name.replaceAll(" ", "-")}`
    link.href = `#${place}`
    link.textContent = short
    link.setAttribute("aria-label", spoken)
    link.onclick = (event) => jump(event, place)
    return link
  }))
}

function jump(event, place) {
  const target = document.getElementById(place) ?? ownNumbers(place)
  event.preventDefault()
  if (!target) return
  layOutAbove(target)
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches
  target.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" })
  ;(target.querySelector("summary, input, .sheet-formula") ?? target).focus({ preventScroll: true })
}

// A section of Streamlit's, which is opened by its head: what is in it comes once Python has heard of that
function ownNumbers(place) {
  const section = place === "sheet-own-numbers" && document.querySelector(".st-key-own_numbers")
  const head = section && section.querySelector("summary")
  if (head && !head.parentElement.open) head.click()
  return section
}

// What stands below the sheet has its place once the sheet has its height: blocks that were never in view are only guessed
function layOutAbove(target) {
  if (target.closest(".sheet")) return
  for (const sheet of document.querySelectorAll(".sheet")) {
    sheet.dataset.sheetWhole = ""
    requestAnimationFrame(() => requestAnimationFrame(() => delete sheet.dataset.sheetWhole))
  }
}

// The line's box lies outside of the component: it stays in view, and what scrolls below it must not shine through
function paper(line) {
  const box = line.closest(".st-key-line")
  if (!box) return
  box.style.background = getComputedStyle(line).getPropertyValue("--st-background-color")
  box.closest('[data-testid="stLayoutWrapper"]').dataset.lineStays = ""
}
