// Blocks of numbers: cells picked together are copied as a table, and a table that is pasted fills the cells.

const LONGEST = 20000

function listenToBlocks(sheet) {
  sheet.root.addEventListener("pointerdown", (event) => {
    const place = event.target.closest("[data-row]")
    const from = document.activeElement?.closest?.("[data-row]")
    if (event.shiftKey && place && from && sheet.root.contains(from) && gridOf(from).flat().includes(place)) {
      event.preventDefault()
      pick(sheet, sheet.range?.from ?? from, place)
    } else dropRange(sheet)
  })
  sheet.root.addEventListener("copy", (event) => {
    if (!sheet.range) return
    event.clipboardData.setData("text/plain", tableOf(sheet.range.cells))
    event.preventDefault()
  })
  sheet.root.addEventListener("paste", (event) => {
    if (!event.target.matches("input[data-cell]")) return
    const rows = rowsOf(event.clipboardData.getData("text/plain"))
    if (rows.length < 2 && (rows[0] ?? []).length < 2) return
    event.preventDefault()
    fill(sheet, event.target.closest("[data-row]"), rows)
  })
}

function extend(sheet, from, to) {
  const range = sheet.range
  const start = range?.from ?? from
  const end = range ? beside(range.to, ...stepFrom(from, to)) ?? range.to : to
  pick(sheet, start, end)
}

function stepFrom(from, to) {
  const grid = gridOf(from)
  const [a, b] = [placeIn(grid, from), placeIn(grid, to)]
  return [b[0] - a[0], b[1] - a[1]]
}

function pick(sheet, from, to) {
  dropRange(sheet)
  const grid = gridOf(from)
  const [[r1, c1], [r2, c2]] = [placeIn(grid, from), placeIn(grid, to)]
  const rows = grid.slice(Math.min(r1, r2), Math.max(r1, r2) + 1)
  const cells = rows.map((row) => row.slice(Math.min(c1, c2), Math.max(c1, c2) + 1))
  for (const cell of cells.flat()) cell.classList.add("sheet-picked")
  sheet.range = { from, to, cells }
}

function dropRange(sheet) {
  for (const cell of sheet.range?.cells.flat() ?? []) cell.classList.remove("sheet-picked")
  sheet.range = null
}

// With all digits, and the minus sign that a spreadsheet reads
function tableOf(cells) {
  return cells.map((row) => row.map((cell) => (cell.title || cell.querySelector("input")?.value || cell.textContent).replaceAll("−", "-")).join("\t")).join("\n")
}

// Rows by line ends; cells by tabs, else semicolons, else commas where they can't be decimal ones, else blanks
function rowsOf(text) {
  const plain = text.slice(0, LONGEST).replace(/\][\s,;]*\[/g, "\n").replace(/[[\]]/g, "").replace(/[ \u00a0]*([/·⋅×*]|x(?=[ \u00a0]*10))[ \u00a0]*/g, "$1")
  const lines = plain.replace(/(\r\n|\n|\r)+$/, "").split(/\r\n|\n|\r/)
  const mark = ["\t", ";"].find((each) => plain.includes(each)) ?? (lines.some(commasPart) ? "," : null)
  return lines.map((line) => (mark ? line.split(mark) : line.trim().split(/[ \u00a0]+/)).map((cell) => cell.trim()))
}

function commasPart(line) {
  return line.includes(",") && (line.includes(".") || line.split(",").length > 2 || /,\s/.test(line))
}

function fill(sheet, start, rows) {
  const grid = gridOf(start)
  const [row, column] = placeIn(grid, start)
  let changed = false
  let beyond = 0
  rows.forEach((texts, i) => texts.forEach((text, j) => {
    const input = grid[row + i]?.[column + j]?.querySelector("input")
    if (input) changed = enter(sheet, input, text.slice(0, 24)) || changed
    else if (text) beyond += 1
  }))
  if (changed) sendEntries(sheet)
  start.querySelector("input").select()
  if (beyond) sheet.root.querySelector(".sheet-exact").textContent = `${beyond} of the pasted numbers did not fit here.`
}
