// Where a block's formula comes from: opened below it, a list of lines, each with its value at the unit that is chosen.
// It is sent once it is opened: a sheet has a dozen of them, most are never read, and a phone is slow.

function newDerivation(sheet, { derivation, spoken, name }) {
  const head = el("summary", { "data-action": "derive" }, derivation.title, el("span", { class: "sheet-hidden" }, `: ${spoken}`))
  const box = el("details", { class: "sheet-derivation" }, head, el("div"))
  box.open = sheet.opened.has(name)
  box.addEventListener("toggle", () => {
    if (sheet.opened.has(name) === box.open) return
    sheet.opened[box.open ? "add" : "delete"](name)
    if (!box.open) return
    fillDerivation(box, box.sheetDerivation)
    if (box.sheetDerivation.parts) return
    sheet.asked = { name, what: "derive" }
    sheet.send("opened", [...sheet.opened])
  })
  return box
}

function fillDerivation(box, derivation) {
  box.sheetDerivation = derivation
  if (!box.open) return
  const place = box.querySelector("select")?.value
  const frame = JSON.stringify([derivation.words, derivation.places, derivation.parts])
  if (box.sheetFrame !== frame) {
    box.lastChild.replaceChildren(...(derivation.parts ? opened(box) : ["…"]))
    box.sheetFrame = frame
    for (const line of box.querySelectorAll(".sheet-derived")) WIDE.observe(line)
    const select = box.querySelector("select")
    if (select && derivation.places[place]) select.value = place
  }
  if (derivation.values?.length) fillValues(box, derivation)
}

function fillValues(box, { values }) {
  const place = Number(box.querySelector("select")?.value ?? 0)
  box.querySelectorAll(".sheet-gives").forEach((node, k) => {
    const text = values[k][place]
    if (node.textContent !== text) node.textContent = text
  })
}

function opened(box) {
  const { words, label, places, parts } = box.sheetDerivation
  const select = el("select", {}, ...places.map((place, k) => el("option", { value: k }, place)))
  select.addEventListener("change", () => fillValues(box, box.sheetDerivation))
  const choice = places.length > 1 ? [el("label", {}, `${label} `, select)] : []
  return [...choice, ...parts.flatMap(newLines), el("p", { class: "sheet-words" }, words)]
}

function newLines({ start, words, lines }) {
  const items = lines.map(([formula, what]) => el("li", {},
    made("div", { class: "sheet-derived" }, formula), el("span", { class: "sheet-words" }, what), " ", el("b", { class: "sheet-gives" })))
  const first = words ? [el("p", { class: "sheet-words" }, words)] : []
  return [made("div", { class: "sheet-derived sheet-start" }, start), ...first, el("ol", {}, ...items)]
}
