// The sheet of questions 1 and 2: drawn once, then only the cells that have changed are written anew.
// All words and numbers come from Python; nothing is computed here. sheet_draw.js, sheet_cells.js, sheet_edit.js,
// sheet_move.js, sheet_block.js, sheet_sign.js, sheet_answer.js, sheet_derivation.js and read.js follow in this module.

const sheets = new WeakMap()

// Streamlit calls this again whenever the data or the theme changes
export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const sheet = sheets.get(parentElement) ?? newSheet(parentElement)
  sheets.set(parentElement, sheet)
  sheet.send = (name, value) => setStateValue(name, value)
  sheet.trigger = (name, value) => setTriggerValue(name, value)
  const text = textOf(data)
  if (text !== sheet.drawn) show(sheet, JSON.parse(text))
  sheet.drawn = text
  return () => {
    clearTimeout(sheet.fading)
    document.fonts.removeEventListener("loadingdone", sheet.measure)
    removeEventListener("resize", sheet.measure)
    sheets.delete(parentElement)
  }
}

function newSheet(root) {
  const sheet = {
    root: root.querySelector(".sheet"),
    typed: new Map(), // key of a cell: what was typed since the version began, and when
    version: null,
    count: 0, // of entries: Python says up to which it has heard
    range: null, // cells that are picked for copying
    changed: new Set(),
    opened: new Set(), // names of the blocks whose derivations are open
    fading: null,
    drawn: "",
  }
  // The place that was kept for it becomes as high as it is
  root.closest('[data-testid="stElementContainer"]').dataset.sheetDrawn = ""
  sheet.measure = () => measureAnew(sheet)
  document.fonts.addEventListener("loadingdone", sheet.measure)
  addEventListener("resize", sheet.measure)
  listenToEdits(sheet)
  listenToMoves(sheet)
  listenToBlocks(sheet)
  listenToPointing(sheet)
  listenToAnswers(sheet)
  listenToSign(sheet)
  return sheet
}

function show(sheet, data) {
  const first = sheet.version === null
  takeVersion(sheet, data)
  drawSheet(sheet, data)
  if (first) sheet.changed.clear()
  markChanged(sheet)
  sendAgain(sheet)
  returnFocus(sheet)
}

// What has changed is marked for a moment
function markChanged(sheet) {
  if (!sheet.changed.size) return
  clearTimeout(sheet.fading)
  for (const cell of sheet.root.querySelectorAll(".sheet-changed")) {
    if (!sheet.changed.has(cell)) cell.classList.remove("sheet-changed")
  }
  for (const cell of sheet.changed) cell.classList.add("sheet-changed")
  sheet.changed.clear()
  sheet.fading = setTimeout(() => {
    for (const cell of sheet.root.querySelectorAll(".sheet-changed")) cell.classList.remove("sheet-changed")
  }, 1800)
}
