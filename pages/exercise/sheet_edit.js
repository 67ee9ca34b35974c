// Typing: an entry is sent when it is left, by whichever way, and stands until Python has heard of it.

function listenToEdits(sheet) {
  // All of a number is picked when its cell is reached, by the first click too; the next one puts the cursor into it
  sheet.root.addEventListener("focusin", ({ target }) => {
    if (!target.matches("input[data-cell]")) return
    target.select()
    target.sheetReached = true
  })
  sheet.root.addEventListener("mousedown", (event) => {
    const input = event.target
    if (!input.sheetReached || input !== document.activeElement || input.value !== input.sheetShown) return
    event.preventDefault()
    input.select()
  })
  // Chromium collapses what is picked when the button is let go, even if the press was taken
  sheet.root.addEventListener("mouseup", (event) => {
    const input = event.target
    if (input.sheetReached && input.value === input.sheetShown && input.selectionEnd - input.selectionStart === input.value.length) event.preventDefault()
  })
  sheet.root.addEventListener("click", ({ target }) => (target.sheetReached = false))
  sheet.root.addEventListener("focusout", ({ target }) => target.matches("input[data-cell]") && commit(sheet, target))
  sheet.root.addEventListener("keydown", (event) => {
    const input = event.target
    if (!input.matches("input[data-cell]") || event.isComposing) return
    if (event.key === "Escape") {
      input.value = input.sheetShown
      input.select()
    } else if (event.key === "Enter") {
      event.preventDefault()
      commit(sheet, input)
      const inputs = [...sheet.root.querySelectorAll("input[data-cell]")]
      const next = inputs[inputs.indexOf(input) + (event.shiftKey ? -1 : 1)]
      if (next) next.focus()
      else input.select()
    }
  })
}

function commit(sheet, input) {
  if (enter(sheet, input, input.value)) sendEntries(sheet)
}

function enter(sheet, input, text) {
  if (text === input.sheetShown) return false
  input.value = text
  input.sheetShown = text
  sheet.count += 1
  sheet.typed.set(input.dataset.cell, { text, count: sheet.count })
  return true
}

function sendEntries(sheet) {
  const cells = Object.fromEntries([...sheet.typed].map(([key, { text }]) => [key, text]))
  sheet.send("entries", { version: sheet.version, count: sheet.count, cells })
}

// A new version has new numbers; what was typed after those that it is made of is entered again
function takeVersion(sheet, data) {
  const anew = sheet.version !== null && sheet.version !== data.version
  sheet.heard = data.heard
  sheet.count = Math.max(sheet.count, data.heard)
  if (anew) for (const [key, { count }] of sheet.typed) if (count <= data.heard) sheet.typed.delete(key)
  sheet.late = anew && sheet.typed.size > 0
  sheet.version = data.version
}

function sendAgain(sheet) {
  if (!sheet.late) return
  sheet.late = false
  for (const key of sheet.typed.keys()) if (!sheet.root.querySelector(`input[data-cell="${CSS.escape(key)}"]`)) sheet.typed.delete(key)
  if (sheet.typed.size) sendEntries(sheet)
}
