// Moving between cells with the arrow keys, and the line that tells all digits of the number pointed at.

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

function listenToMoves(sheet) {
  sheet.root.addEventListener("keydown", (event) => {
    const move = MOVES[event.key]
    const place = event.target.closest("[data-row]")
    if (!move || !place || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target.matches("input") && !leaves(event.target, event)) return
    const next = beside(place, ...move)
    if (event.shiftKey) extend(sheet, place, next ?? place)
    else {
      dropRange(sheet)
      if (next) focusOn(next)
    }
    event.preventDefault()
  })
}

// In the middle of a text the arrow keys move in the text
function leaves(input, { key, shiftKey }) {
  if (key === "ArrowUp" || key === "ArrowDown") return true
  const all = input.selectionStart === 0 && input.selectionEnd === input.value.length
  if (all) return true
  if (shiftKey) return false
  return input.selectionStart === input.selectionEnd && input.selectionStart === (key === "ArrowLeft" ? 0 : input.value.length)
}

// The matrices of a side of an equation that stand beside each other are one grid: W and b, so that a row goes on
function gridOf(place) {
  const line = place.closest(".sheet-eq")
  const editable = place.querySelector("input")
  const tables = editable ? [...line.querySelectorAll(".sheet-editable")] : [place.closest("table")].filter(Boolean)
  if (!tables.length) return [[place]]
  const rows = []
  for (const table of tables) {
    for (const cell of table.querySelectorAll("[data-row]")) (rows[Number(cell.dataset.row)] ??= []).push(cell)
  }
  return rows
}

function placeIn(grid, place) {
  const row = grid.findIndex((cells) => cells.includes(place))
  return [row, grid[row].indexOf(place)]
}

function beside(place, down, right) {
  const grid = gridOf(place)
  const [row, column] = placeIn(grid, place)
  return grid[row + down]?.[column + right]
}

function focusOn(place) {
  const input = place.querySelector("input")
  if (!input && place.tabIndex < 0) place.tabIndex = -1
  ;(input ?? place).focus()
}

function listenToPointing(sheet) {
  const line = sheet.root.querySelector(".sheet-exact")
  const hint = line.textContent
  const tell = (event) => {
    const small = event.target.closest(".sheet-slope")
    const place = small ?? event.target.closest("[data-row]")
    if (!place) return
    const digits = place.title || place.querySelector?.("input")?.value || place.textContent
    line.textContent = [place.sheetName, digits].filter(Boolean).join(": ")
  }
  for (const name of ["pointerover", "focusin", "click"]) sheet.root.addEventListener(name, tell)
  sheet.root.addEventListener("pointerleave", () => {
    const place = document.activeElement?.closest?.(".sheet [data-row]")
    if (place) tell({ target: place })
    else line.textContent = hint
  })
}
