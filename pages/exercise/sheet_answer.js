// Below the cells that are asked for: what is said of the answer, and what can be done with it.

function newAnswer() {
  return el("div", { class: "sheet-answer" },
    el("p", { class: "sheet-said", role: "status" }), el("div", { class: "sheet-actions" }))
}

function fillAnswer(node, block) {
  const said = node.querySelector(".sheet-said")
  if (said.textContent !== block.said) said.textContent = block.said
  if (block.verdict) node.dataset.verdict = block.verdict
  else delete node.dataset.verdict
  const update = (button, [, label]) => { if (button.textContent !== label) button.textContent = label }
  const make = ([name, label]) => el("button", { type: "button", "data-action": name, "aria-label": "" }, label)
  keyed(node.querySelector(".sheet-actions"), block.actions.map((action) => [action[0], "", action]), make, update)
  for (const button of node.querySelectorAll("button[data-action]")) button.setAttribute("aria-label", `${button.textContent}: ${block.spoken}`)
}

function listenToAnswers(sheet) {
  sheet.root.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-action]")
    if (!button) return
    const name = button.closest("[data-step]").dataset.step
    sheet.asked = { name, what: button.dataset.action }
    sheet.trigger("action", { name, what: button.dataset.action })
  })
}

// A hint makes a block anew: the keyboard stays at the button that asked for it
function returnFocus(sheet) {
  const { name, what } = sheet.asked ?? {}
  sheet.asked = null
  if (!name || document.activeElement !== document.body) return
  const block = sheet.root.querySelector(`[data-step="${CSS.escape(name)}"]`)
  ;(block?.querySelector(`[data-action="${what}"]`) ?? block?.querySelector("input"))?.focus()
}
