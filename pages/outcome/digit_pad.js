// The drawing lives here: Python hears of every change, and what it sends back counts only for a pad that has just
// appeared.
// A point is [x, y], from 0 to 1 of the pad's width and height. digit_pad_paint.js follows in the same module.

const NEAR = 0.01 // nearer points than this make a line longer to send, and no better
const STEP = 0.04 // of an arrow key
const SEND_MILLISECONDS = 200
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

const pads = new WeakMap()

// Streamlit calls this again whenever the data or the theme changes
export default function ({ data, parentElement, setStateValue }) {
  const pad = pads.get(parentElement) ?? newPad(parentElement, data)
  pads.set(parentElement, pad)
  pad.send = setStateValue
  show(pad)
  return () => {
    pad.observer.disconnect()
    clearTimeout(pad.timer)
    pads.delete(parentElement)
  }
}

function newPad(root, data) {
  const find = (selector) => root.querySelector(selector)
  const pad = {
    canvas: find("canvas"), undo: find(".undo"), clear: find(".clear"), empty: find(".empty"), status: find(".status"),
    strokes: structuredClone(data.strokes), most: data.most, sent: JSON.stringify(data.strokes), timer: null,
    pointer: null, // the id of the pointer that draws
    cursor: null, // where the keyboard is
    down: false, // whether the keyboard draws
  }
  pad.observer = new ResizeObserver(() => paint(pad))
  pad.observer.observe(pad.canvas)
  listenToPointer(pad)
  listenToKeyboard(pad)
  pad.undo.onclick = () => takeBack(pad, pad.strokes.slice(0, -1))
  pad.clear.onclick = () => takeBack(pad, [])
  return pad
}

function listenToPointer(pad) {
  const { canvas } = pad
  canvas.onpointerdown = (event) => {
    if (!event.isPrimary || event.button !== 0) return
    leaveKeyboard(pad)
    if (!begin(pad, place(canvas, event))) return
    canvas.setPointerCapture(event.pointerId)
    pad.pointer = event.pointerId
  }
  canvas.onpointermove = (event) => {
    if (event.pointerId !== pad.pointer) return
    const events = event.getCoalescedEvents?.() ?? []
    for (const each of events.length ? events : [event]) extend(pad, place(canvas, each))
  }
  canvas.onpointerup = canvas.onpointercancel = (event) => {
    if (event.pointerId !== pad.pointer) return
    pad.pointer = null
    report(pad)
  }
}

function listenToKeyboard(pad) {
  pad.canvas.onkeydown = (event) => {
    const arrow = ARROWS[event.key]
    if ((!arrow && event.key !== " ") || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault() // the page would scroll
    pad.cursor ??= [0.5, 0.5]
    if (arrow) {
      pad.cursor = pad.cursor.map((number, axis) => within(number + STEP * arrow[axis]))
      if (pad.down) extend(pad, pad.cursor)
    } else if (!event.repeat) {
      if (pad.down) report(pad)
      pad.down = !pad.down && begin(pad, pad.cursor)
      if (!isFull(pad)) say(pad, pad.down ? "Pen down" : "Pen lifted")
    }
    show(pad)
  }
  pad.canvas.onblur = () => {
    leaveKeyboard(pad)
    show(pad)
  }
}

function leaveKeyboard(pad) {
  pad.cursor = null
  pad.down = false
  say(pad, "")
}

function place(canvas, event) {
  const box = canvas.getBoundingClientRect()
  return [within((event.clientX - box.left) / box.width), within((event.clientY - box.top) / box.height)]
}

function within(number) {
  return Math.round(1000 * Math.min(1, Math.max(0, number))) / 1000
}

function begin(pad, point) {
  if (isFull(pad) || pad.strokes.length >= pad.most.strokes) {
    say(pad, "The pad is full")
    return false
  }
  change(pad, () => pad.strokes.push([point]))
  return true
}

function extend(pad, point) {
  const stroke = pad.strokes.at(-1)
  const [x, y] = stroke.at(-1)
  if (isFull(pad)) say(pad, "The pad is full")
  else if (Math.hypot(point[0] - x, point[1] - y) >= NEAR) change(pad, () => stroke.push(point))
}

function isFull({ strokes, most }) {
  return strokes.reduce((sum, stroke) => sum + stroke.length, 0) >= most.points
}

function takeBack(pad, strokes) {
  leaveKeyboard(pad)
  change(pad, () => (pad.strokes = strokes))
  report(pad)
}

function say(pad, words) {
  pad.status.textContent = words
}

function change(pad, act) {
  act()
  show(pad)
  pad.timer ??= setTimeout(() => report(pad), SEND_MILLISECONDS)
}

function report(pad) {
  clearTimeout(pad.timer)
  pad.timer = null
  const text = JSON.stringify(pad.strokes)
  if (text === pad.sent) return
  pad.sent = text
  pad.send("strokes", JSON.parse(text))
}
