// The network as vectors whose marks can be pointed at, reached by keyboard and chosen; what is chosen is taken apart
// in Python: its sums, and every path from it to the loss. network_part.js and read.js follow in the same module.

const SVG = "http://www.w3.org/2000/svg"
const ON = ["ArrowRight", "ArrowDown"]
const BACK = ["ArrowLeft", "ArrowUp"]
const networks = new WeakMap()

export default function ({ data: sent, parentElement, setStateValue }) {
  const network = networks.get(parentElement) ?? newNetwork(parentElement)
  networks.set(parentElement, network)
  network.choose = (part) => setStateValue("part", part)
  const text = textOf(sent)
  if (text === network.drawn) return
  network.drawn = text
  const data = JSON.parse(text)
  network.hint = data.hint
  fillList(network.select, data.diagram.parts)
  network.select.value = data.diagram.chosen
  drawDiagram(network, data.diagram)
  drawPart(network.part, data.part)
  if (!network.exact.textContent) network.exact.textContent = data.hint
}

function newNetwork(root) {
  const find = (selector) => root.querySelector(selector)
  const network = { svg: find("svg"), exact: find(".network-exact"), select: find("select"), part: find(".network-part"), drawn: "" }
  network.select.onchange = () => network.choose(network.select.value)
  const { svg } = network
  const markOf = (event) => event.target.closest("[data-part]")
  svg.onclick = (event) => network.choose(markOf(event)?.dataset.part ?? "")
  svg.onpointerover = (event) => tell(network, markOf(event))
  svg.onfocus = null
  svg.addEventListener("focusin", (event) => tell(network, markOf(event)))
  svg.onpointerleave = () => tell(network, document.activeElement?.closest?.(".network [data-part]"))
  svg.onkeydown = (event) => steer(network, event)
  return network
}

function tell(network, mark) {
  if (mark === null || mark === undefined) network.exact.textContent = network.hint
  else network.exact.textContent = mark.getAttribute("aria-label") + (mark.dataset.exact ? ` (${mark.dataset.exact})` : "")
}

// The arrow keys go from mark to mark, Enter or the space bar chooses one
function steer(network, event) {
  const marks = [...network.svg.querySelectorAll("[data-part]")]
  const at = marks.indexOf(event.target.closest("[data-part]"))
  const to = ON.includes(event.key) ? at + 1 : BACK.includes(event.key) ? at - 1 : event.key === "Home" ? 0 : event.key === "End" ? marks.length - 1 : null
  if (at < 0) return
  if (event.key === "Enter" || event.key === " ") network.choose(marks[at].dataset.part)
  else if (event.key === "Escape") network.choose("")
  else if (to === null) return
  else if (marks[to]) {
    marks[at].setAttribute("tabindex", "-1")
    marks[to].setAttribute("tabindex", "0")
    marks[to].focus()
  }
  event.preventDefault()
}

function fillList(select, parts) {
  const frame = JSON.stringify(parts)
  if (select.networkFrame === frame) return
  select.networkFrame = frame
  select.replaceChildren(new Option("nothing", ""), ...parts.map(([part, name]) => new Option(name, part)))
}

// Marks are made anew only where the network has another shape; else their looks and names are written anew
function drawDiagram(network, diagram) {
  const { svg } = network
  const shape = JSON.stringify([diagram.box, diagram.heads.map(([x]) => x), diagram.units.map(({ part }) => part), diagram.edges.map(({ part }) => part)])
  put(svg, "viewBox", `0 0 ${diagram.box[0]} ${diagram.box[1]}`)
  put(svg, "aria-label", diagram.alt)
  if (network.shape !== shape) {
    network.shape = shape
    const marks = [...diagram.units.map(newUnit), ...diagram.edges.map(newEdge)]
    marks[0]?.setAttribute("tabindex", "0")
    const [units, edges] = [marks.slice(0, diagram.units.length), marks.slice(diagram.units.length)]
    // Units come first for the keyboard and stand above the edges for the eye
    const below = vector("g")
    below.append(...edges.map((edge) => edge.networkLine))
    svg.replaceChildren(...diagram.heads.flatMap(newHead), below, ...units, ...edges)
    network.marks = marks
  }
  svg.querySelectorAll(".network-head").forEach((text, k) => write(text, diagram.heads[Math.floor(k / 2)][1 + (k % 2)]))
  diagram.units.forEach((unit, k) => fillUnit(network.marks[k], unit, diagram.chosen))
  diagram.edges.forEach((edge, k) => fillEdge(network.marks[diagram.units.length + k], edge, diagram.chosen))
}

function vector(tag, attributes = {}) {
  const node = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  return node
}

function newHead([x]) {
  return [vector("text", { class: "network-head", x, y: 12 }), vector("text", { class: "network-head network-quantity", x, y: 27 })]
}

function newMark(part) {
  return vector("g", { "data-part": part, tabindex: "-1", role: "button" })
}

function newUnit({ part, place: [x, y], square }) {
  const mark = newMark(part)
  mark.append(square ? vector("rect", { x: x - 12, y: y - 12, width: 24, height: 24, rx: 3 }) : vector("circle", { cx: x, cy: y, r: 16 }),
    vector("text", { class: "network-letters", x, y: y + 4 }), vector("text", { class: "network-number", x, y: y + 28 }))
  return mark
}

function newEdge({ part, ends: [x1, y1, x2, y2] }) {
  const mark = newMark(part)
  const ends = { x1, y1, x2, y2 }
  mark.networkLine = vector("line", { ...ends, class: "network-line" })
  // A wide line nobody sees, for pointers and fingers; it leaves the units at both ends alone
  const [dx, dy] = [0.16 * (x2 - x1), 0.16 * (y2 - y1)]
  mark.append(vector("line", { x1: x1 + dx, y1: y1 + dy, x2: x2 - dx, y2: y2 - dy, class: "network-hit" }))
  return mark
}

function write(text, words) {
  if (text.textContent !== words) text.textContent = words
}

function fillMark(mark, { name, exact, part }, chosen) {
  put(mark, "aria-label", name)
  put(mark, "aria-pressed", part === chosen)
  put(mark, "data-exact", exact)
}

function fillUnit(mark, unit, chosen) {
  fillMark(mark, unit, chosen)
  put(mark, "style", `opacity: ${unit.opacity}`)
  put(mark, "class", `network-unit${unit.marked ? " network-marked" : ""}`)
  const [letters, number] = mark.querySelectorAll("text")
  write(letters, unit.letters)
  write(number, unit.number)
}

function fillEdge(mark, edge, chosen) {
  const line = mark.networkLine
  fillMark(mark, edge, chosen)
  put(line, "style", `opacity: ${edge.opacity}; stroke-width: ${edge.width}`)
  put(line, "class", `network-line network-${edge.sign || "covered"}${edge.marked ? " network-marked" : ""}${edge.part === chosen ? " network-chosen" : ""}`)
  put(mark, "class", "network-edge")
}
