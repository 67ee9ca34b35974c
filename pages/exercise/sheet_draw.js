// From data to the page: blocks under their headings, matrices and numbers in them.

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== "" && value !== null) node.setAttribute(name, value)
  node.append(...children.filter((child) => child !== null))
  return node
}

// Only for MathML and words that Python has made itself: never for what a visitor typed
function made(tag, attributes, html) {
  const node = el(tag, attributes)
  node.innerHTML = html
  return node
}

function placeId(name) {
  return `sheet-${name.replaceAll(" ", "-")}`
}

// Keep what is there under the same name, make what is new, drop what is gone
function keyed(parent, items, make, update) {
  const before = new Map([...parent.children].map((child) => [child.sheetKey, child]))
  let last = null
  for (const [key, frame, item] of items) {
    let node = before.get(key)
    if (node && node.sheetFrame === frame) update?.(node, item)
    else {
      const fresh = make(item)
      fresh.sheetKey = key
      fresh.sheetFrame = frame
      node?.replaceWith(fresh)
      node = fresh
    }
    before.delete(key)
    if (last ? last.nextSibling !== node : parent.firstChild !== node) parent.insertBefore(node, last ? last.nextSibling : parent.firstChild)
    last = node
  }
  for (const gone of before.values()) gone.remove()
}

function drawSheet(sheet, data) {
  // The step a reader is at stands first: beside the buttons that move on, on a phone too
  const top = data.focus ? [["focus", frameOf(data.focus.block) + data.focus.words + data.focus.next, data.focus]] : []
  keyed(sheet.root.querySelector(".sheet-top"), top, (item) => newFocus(sheet, item), (node, item) => fillBlock(sheet, node, item.block))
  const parts = [["given", "given", data], ["solution", "solution", data]].filter(([key]) => (key === "given" ? data.given : data.phases).length)
  const make = (item) => newPart(sheet, item, item.given.length && !sheet.root.querySelector(".sheet-given"))
  keyed(sheet.root.querySelector(".sheet-columns"), parts, make, (node, item) => fillPart(sheet, node, item))
}

function newPart(sheet, data, given) {
  const part = given
    ? el("section", { class: "sheet-given", "aria-label": "The exercise" },
        el("h2", {}, "The exercise"), el("div", { class: "sheet-list" }), el("p", { class: "sheet-legend" }))
    : el("section", { class: "sheet-solution", "aria-label": nameOf(data.phases[0]) }, el("div", { class: "sheet-phases" }))
  fillPart(sheet, part, data)
  if (given) TALL.observe(part)
  return part
}

// What is given and is longer than the window is scrolled by keyboard too, where no field in it can be reached
const TALL = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollHeight > target.clientHeight && !target.querySelector("input")) target.tabIndex = 0
    else target.removeAttribute("tabindex")
  }
})

function fillPart(sheet, part, data) {
  if (part.classList.contains("sheet-given")) {
    drawBlocks(sheet, part.querySelector(".sheet-list"), data.given, {})
    part.querySelector(".sheet-legend").textContent = data.legend
    return
  }
  const phases = data.phases.map((phase) => [phase.name, JSON.stringify([phase.title, phase.words]), phase])
  if (data.checks) phases.push(["check", JSON.stringify(data.checks), data.checks])
  const make = (item) => (item.rows ? newChecks(item) : newPhase(sheet, item, data.notes))
  keyed(part.querySelector(".sheet-phases"), phases, make, (node, item) => item.blocks && drawBlocks(sheet, node.querySelector(".sheet-list"), item.blocks, data.notes))
}

function nameOf(phase) {
  if (ofOwnNumbers(phase)) return "Your numbers"
  return phase?.blocks[0]?.actions ? "Your answers" : "The solution"
}

// A second sheet on the page, of a reader's own numbers: its parts are no landmarks beside those of the first
function ofOwnNumbers(phase) {
  return phase?.name.startsWith("own ")
}

function newPhase(sheet, phase, notes) {
  const words = phase.words.map((sentence) => el("p", { class: "sheet-words" }, sentence))
  const list = el("div", { class: "sheet-list" })
  drawBlocks(sheet, list, phase.blocks, notes)
  const label = ofOwnNumbers(phase) ? {} : { "aria-labelledby": placeId(phase.name) }
  return el("section", label, el("h2", { id: placeId(phase.name), tabindex: "-1" }, phase.title), ...words, list)
}

function drawBlocks(sheet, list, blocks, notes) {
  const items = []
  for (const block of blocks) {
    items.push([block.name, frameOf(block), block])
    if (notes[block.name]) items.push([`note ${block.name}`, notes[block.name], { html: notes[block.name] }])
  }
  keyed(list, items, (item) => (item.html ? made("p", { class: "sheet-note", role: "note" }, item.html) : newBlock(sheet, item)),
    (node, item) => item.html || fillBlock(sheet, node, item))
}

// All of a block but its numbers: while this stays, only cells are written anew
function frameOf(block) {
  const sides = block.sides.map((side) => side.map((part) => part.frame ?? part))
  const kinds = block.sides.flat().flatMap((part) => (part.cells ?? []).map((cell) => cell.given ?? cell.asked ?? ""))
  return JSON.stringify([block.formula, sides, kinds, block.covered, block.slip, Boolean(block.actions), Boolean(block.derivation)])
}

// A line that is wider than its box is scrolled by keyboard too; the others get out of the way of Tab once they have been
// laid out
const WIDE = new ResizeObserver((entries) => {
  for (const { target } of entries) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1
})

// What is out of view isn't laid out and tells nobody when letters come or the window changes: so it is asked anew
function measureAnew(sheet) {
  for (const line of sheet.root.querySelectorAll(".sheet-formula, .sheet-eq, .sheet-derived")) {
    line.tabIndex = 0
    WIDE.unobserve(line)
    WIDE.observe(line)
  }
}

function newBlock(sheet, block) {
  const node = el("div", { class: `sheet-block${block.name.startsWith("given ") ? ` sheet-${block.name.replace(" ", "-")}` : ""}`, id: placeId(block.name), "data-step": block.name, role: "group", "aria-label": block.spoken },
    made("div", { class: "sheet-formula", tabindex: "0" }, block.formula), newEquation(block))
  node.style.containIntrinsicBlockSize = `auto ${guessedHeight(block)}rem`
  if (block.slip) node.append(made("p", { class: "sheet-slip" }, block.slip))
  // What is asked for is answered right below its cells
  node.append(el("div", { class: "sheet-sentences", "aria-live": "polite" }))
  if (block.actions) node.append(newAnswer())
  if (block.derivation) node.append(newDerivation(sheet, block))
  fillBlock(sheet, node, block)
  for (const line of node.querySelectorAll(".sheet-formula, .sheet-eq")) WIDE.observe(line)
  return node
}

// In rem: a formula, and rows of numbers or of fields with their slopes
function guessedHeight(block) {
  const rows = Math.max(1, ...block.sides.flat().map(({ frame }) => frame?.shape?.[0] ?? 1))
  return block.name.startsWith("given ") ? 2 + 3 * rows : 2.5 + 1.3 * rows
}

function newFocus(sheet, focus) {
  const inner = newBlock(sheet, focus.block)
  for (const name of ["id", "data-step"]) inner.removeAttribute(name)
  const box = el("div", { class: "sheet-focus", "data-focus": focus.block.name }, el("p", { class: "sheet-words" }, focus.words), inner)
  if (focus.next) box.append(made("div", { class: "sheet-next" }, `Next: ${focus.next}`))
  fillBlock(sheet, box, focus.block)
  return box
}

function newEquation(block) {
  const line = el("div", { class: "sheet-eq" })
  const given = block.name.startsWith("given ")
  if (block.covered) line.append(sign("="), el("span", { class: "sheet-covered" }, "?"))
  for (const side of block.sides) {
    if (!given) line.append(sign("="))
    line.append(...side.map((part) => (typeof part === "string" ? sign(part) : newMatrix(part))))
  }
  return line
}

function sign(text) {
  return el("span", { class: "sheet-op" }, text)
}

function newChecks({ title, words, head, rows, note, passed }) {
  const titles = head.map((text) => el("th", { scope: "col" }, text))
  const body = rows.map(([name, ...texts], k) => el("tr", {}, el("th", { scope: "row" }, name), ...texts.map((text) => el("td", { class: passed[k] ? "" : "sheet-bad" }, text))))
  const table = el("table", { class: "sheet-checks" }, el("caption", { class: "sheet-hidden" }, title), el("thead", {}, el("tr", {}, ...titles)), el("tbody", {}, ...body))
  const section = el("section", { "aria-labelledby": "sheet-check" }, el("h2", { id: "sheet-check", tabindex: "-1" }, title), made("p", { class: "sheet-words" }, words), table)
  if (note) section.append(made("p", { class: "sheet-note", role: "note" }, note))
  return section
}
