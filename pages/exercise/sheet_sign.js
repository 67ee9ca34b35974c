// Phones' keypads for numbers often have no minus: a button beside the row that is typed into changes the sign.

const GAP = 6

function listenToSign(sheet) {
  const button = sheet.root.querySelector(".sheet-sign")
  const place = () => {
    const input = document.activeElement
    if (!input?.matches?.("input[data-cell]") || !sheet.root.contains(input) || !matchMedia("(pointer: coarse)").matches) return
    button.hidden = false
    const [x, y] = freePlace(input, button, sheet.root.getBoundingClientRect())
    button.style.left = `${x}px`
    button.style.top = `${y}px`
  }
  sheet.root.addEventListener("focusin", place)
  // What is said of an answer comes and goes above the cell: the button would be left behind, over another cell
  new ResizeObserver(place).observe(sheet.root.querySelector(".sheet-columns"))
  sheet.root.addEventListener("focusout", () => (button.hidden = true))
  // The cell keeps the focus, so that the keypad stays
  button.addEventListener("pointerdown", (event) => event.preventDefault())
  button.addEventListener("mousedown", (event) => event.preventDefault())
  button.addEventListener("click", () => {
    const input = document.activeElement
    if (!input?.matches?.(".sheet input[data-cell]")) return
    const text = input.value.trim()
    input.value = /^[-−–]/.test(text) ? text.slice(1) : `-${text}`
  })
}

// Right of all that stands in the line, or above it at the edge of the sheet: over a cell it would take its taps, and over
// a column's name or a value that was just revealed hide it
function freePlace(input, button, all) {
  const line = input.closest(".sheet-eq")
  const boxes = [...line.children].map((each) => each.getBoundingClientRect())
  const cell = input.getBoundingClientRect()
  const right = Math.max(...boxes.map((box) => box.right)) - all.left + GAP
  if (right + button.offsetWidth <= all.width) return [right, cell.top - all.top + (cell.height - button.offsetHeight) / 2]
  return [all.width - button.offsetWidth, Math.min(...boxes.map((box) => box.top)) - all.top - button.offsetHeight]
}
