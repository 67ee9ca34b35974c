// What is chosen in the network, taken apart: its sums, and the table of its paths to the loss.

function drawPart(box, part) {
  const frame = JSON.stringify(part)
  if (box.networkFrame === frame) return
  box.networkFrame = frame
  box.replaceChildren(...(part ? [node("h3", {}, part.title), ...part.sums.flatMap(sumLines), ...pathTable(part.paths)] : []))
}

function node(tag, attributes, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

// Only for MathML that Python has made
function formula(tag, attributes, html) {
  const made = node(tag, attributes)
  made.innerHTML = html
  return made
}

function numberNode(tag, attributes, [text, exact = ""]) {
  return node(tag, exact ? { ...attributes, title: exact } : attributes, text)
}

function sumLines({ formula: html, terms, value }) {
  const line = node("p", { class: "network-terms" }, `= ${terms ? `${terms} = ` : ""}`, numberNode("b", {}, value))
  return [formula("div", { class: "network-formula" }, html), line]
}

function pathTable(paths) {
  if (!paths) return []
  const words = [node("h3", {}, "Every path to the loss"), node("p", { class: "network-words" }, paths.words)]
  if (!paths.rows.length) return words
  const heads = paths.head.map((html) => formula("th", { scope: "col" }, html))
  const head = node("tr", {}, node("th", { scope: "col" }, "Path"), ...heads, node("th", { scope: "col" }, "product"))
  const rows = paths.rows.map(({ way, factors, value }) => node("tr", {}, node("th", { scope: "row" }, way),
    ...factors.map((factor) => numberNode("td", {}, factor)), numberNode("td", { class: "network-product" }, value)))
  const table = node("table", {}, node("caption", {}, paths.total), node("thead", {}, head), node("tbody", {}, ...rows))
  return [...words, node("div", { class: "network-scroll", tabindex: "0", role: "group", "aria-label": "Paths to the loss" }, table)]
}
