// Where a block's formula comes from: opened below it, a list of lines, each with its value at the unit that is chosen.

// All of a derivation but its values: while this stays, it stays open
function derivationFrame({ derivation }) {
  return derivation ? [derivation.words, derivation.places, derivation.parts] : null
}

// Its lines are made when it is opened for the first time: most never are, and a phone is slow
function newDerivation({ derivation, spoken }) {
  const head = el("summary", {}, derivation.title, el("span", { class: "sheet-hidden" }, `: ${spoken}`))
  const box = el("details", { class: "sheet-derivation" }, head)
  box.addEventListener("toggle", () => {
    if (!box.open || box.children.length > 1) return
    box.append(...opened(box))
    fillDerivation(box, box.sheetDerivation)
    for (const line of box.querySelectorAll(".sheet-derived")) WIDE.observe(line)
  })
  return box
}

function opened(box) {
  const { words, label, places, parts } = box.sheetDerivation
  const select = el("select", {}, ...places.map((place, k) => el("option", { value: k }, place)))
  select.addEventListener("change", () => fillDerivation(box, box.sheetDerivation))
  const choice = places.length > 1 ? [el("label", {}, `${label} `, select)] : []
  return [...choice, ...parts.flatMap(newLines), el("p", { class: "sheet-words" }, words)]
}

function newLines({ start, words, lines }) {
  const items = lines.map(([formula, what]) => el("li", {},
    made("div", { class: "sheet-derived" }, formula), el("span", { class: "sheet-words" }, what), " ", el("b", { class: "sheet-gives" })))
  const first = words ? [el("p", { class: "sheet-words" }, words)] : []
  return [made("div", { class: "sheet-derived sheet-start" }, start), ...first, el("ol", {}, ...items)]
}

function fillDerivation(box, derivation) {
  box.sheetDerivation = derivation
  const place = Number(box.querySelector("select")?.value ?? 0)
  box.querySelectorAll(".sheet-gives").forEach((node, k) => {
    const text = derivation.values[k][place]
    if (node.textContent !== text) node.textContent = text
  })
}
