// Phones' keypads for numbers often have no minus: a button above the cell that is typed into changes the sign.

function listenToSign(sheet) {
  const button = sheet.root.querySelector(".sheet-sign")
  sheet.root.addEventListener("focusin", ({ target }) => {
    if (!target.matches("input[data-cell]") || !matchMedia("(pointer: coarse)").matches) return
    const [cell, all] = [target.getBoundingClientRect(), sheet.root.getBoundingClientRect()]
    button.hidden = false
    button.style.top = `${cell.top - all.top}px`
    button.style.left = `${cell.left - all.left}px`
  })
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
