// Matrices and their cells: given ones are inputs, the rest is text.

function newMatrix({ frame, cells }) {
  if (frame.single) return newCell("span", frame, cells[0], 0, 0, { class: `sheet-number${frame.result ? " sheet-value" : ""}` })
  const [height, width] = frame.shape
  const editable = cells.some((cell) => cell.given ?? cell.asked)
  const named = (frame.result || editable) && frame.columns.length
  const table = el("table", { class: `sheet-m${frame.result ? " sheet-value" : ""}${editable ? " sheet-editable" : ""}`, "aria-label": frame.name })
  if (named) table.append(el("thead", {}, el("tr", {}, corner(frame.rows), ...frame.columns.map((name) => head("col", name)))))
  const body = el("tbody")
  for (let i = 0; i < height; i++) {
    const row = el("tr")
    if (named) row.append(head("row", frame.rows[i]))
    for (let j = 0; j < width; j++) row.append(newCell("td", frame, cells[i * width + j], i, j, {}))
    body.append(row)
  }
  table.append(body)
  return table
}

// "unit 2": on a phone the word stands once, in the corner, and the numbers alone beside their rows
function head(scope, name) {
  const [word, number] = scope === "row" ? parted(name) : ["", name]
  return el("th", { scope }, el("span", {}, word && el("span", { class: "sheet-word" }, `${word} `), number))
}

function corner(rows) {
  const [word] = parted(rows[0] ?? "")
  return el("td", {}, word && el("span", { class: "sheet-corner", "aria-hidden": "true" }, word))
}

function parted(name) {
  const at = name.lastIndexOf(" ")
  return at < 0 ? ["", name] : [name.slice(0, at), name.slice(at + 1)]
}

function newCell(tag, frame, cell, row, column, attributes) {
  const key = cell.given ?? cell.asked
  const node = el(tag, { ...attributes, "data-row": row, "data-column": column })
  node.sheetName = key ? cell.label : [frame.name, frame.rows[row], frame.columns[column]].filter(Boolean).join(", ")
  if (key) {
    const input = el("input", { type: "text", inputmode: "decimal", enterkeyhint: "next", autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: 24, "aria-label": cell.label, "data-cell": key })
    if (cell.asked) {
      node.classList.add("sheet-asked")
      input.dataset.asked = ""
      input.id = `cell-${key.replace(/[ :]/g, "-")}` // where links to it lead (cell_id of mlp/view/sheet/cells.py)
    }
    node.append(input)
    if (cell.slope) node.append(el("small", { class: "sheet-slope" }))
  } else {
    node.classList.add("sheet-shown")
    // One stop of the Tab key for each result; the arrow keys go on from there
    if (frame.result) node.tabIndex = row === 0 && column === 0 ? 0 : -1
  }
  return node
}

function fillBlock(sheet, node, block) {
  const block_ = node.classList.contains("sheet-block") ? node : node.querySelector(".sheet-block")
  if (block.current) block_.setAttribute("aria-current", "step")
  else block_.removeAttribute("aria-current")
  const cells = block.sides.flat().flatMap((part) => part.cells ?? [])
  const places = block_.querySelectorAll("[data-row]")
  const said = []
  cells.forEach((cell, k) => {
    if (cell.given ?? cell.asked) fillInput(sheet, places[k], cell)
    else fillShown(sheet, places[k], cell)
    if (cell.sentence) said.push(cell.sentence)
  })
  fillSentences(block_.querySelector(".sheet-sentences"), said)
  if (block.actions) fillAnswer(block_, block)
  if (block.derivation) fillDerivation(block_.querySelector(".sheet-derivation"), block.derivation)
}

function fillShown(sheet, place, [text, exact = ""]) {
  if (place.textContent !== text) {
    if (place.textContent) sheet.changed.add(place)
    place.textContent = text
  }
  if ((place.title ?? "") !== exact) place.title = exact
}

function fillInput(sheet, place, cell) {
  const input = place.querySelector("input")
  const waits = sheet.typed.get(cell.given ?? cell.asked)
  put(place, "title", cell.exact ?? "")
  // What Python has not heard of yet, or what is being typed, is never overwritten
  if (!waits || waits.count <= sheet.heard) {
    const typing = input === document.activeElement && input.value !== input.sheetShown && input.sheetShown !== undefined
    if (input.sheetShown !== undefined && input.sheetShown !== cell.text && !typing) sheet.changed.add(input)
    input.sheetShown = cell.text
    if (!typing && input.value !== cell.text) {
      input.value = cell.text
      if (input === document.activeElement) input.select()
    }
  }
  if (cell.sentence) input.setAttribute("aria-invalid", "true")
  else input.removeAttribute("aria-invalid")
  if (cell.asked && input.getAttribute("aria-label") !== cell.label) input.setAttribute("aria-label", cell.label)
  if (cell.verdict) place.dataset.verdict = input.dataset.verdict = cell.verdict
  else if (place.dataset.verdict) for (const node of [place, input]) delete node.dataset.verdict
  if (cell.slope) fillSlope(sheet, place.querySelector("small"), cell)
}

function fillSlope(sheet, small, cell) {
  const [text, exact = ""] = cell.slope
  if (small.textContent && small.textContent !== text) sheet.changed.add(small)
  if (small.textContent !== text) small.textContent = text
  put(small, "title", exact)
  small.sheetName = cell.slopeLabel
}

function fillSentences(box, said) {
  if (box.sheetText === said.join("\n")) return
  box.sheetText = said.join("\n")
  box.replaceChildren(...said.map((sentence) => el("p", {}, sentence)))
}
