// Phones' keypads for numbers often have no minus: a button above the cell that is typed into changes the sign.

function listenToSign(sheet) {
  const button = sheet.root.querySelector(".sheet-sign")
  const place = () => {
    const input = document.activeElement
    if (!input?.matches?.("input[data-cell]") || !sheet.root.contains(input) || !matchMedia("(pointer: coarse)").matches) return
    const [cell, all] = [input.getBoundingClientRect(), sheet.root.getBoundingClientRect()]
    button.hidden = false
    button.style.top = `${cell.top - all.top}px`
    button.style.left = `${cell.right - all.left - button.offsetWidth}px` // the quantity's name stands on the left
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
