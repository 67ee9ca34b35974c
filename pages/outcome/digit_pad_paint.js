// How a pad looks: its lines, and the cross where the keyboard is. Lengths are shares of the pad's width.

const PEN = 0.08

function show(pad) {
  const none = pad.strokes.length === 0
  pad.undo.disabled = pad.clear.disabled = none
  pad.empty.hidden = !none
  paint(pad)
}

function paint({ canvas, strokes, cursor, down }) {
  const pixels = Math.round(canvas.clientWidth * (window.devicePixelRatio || 1))
  if (canvas.width !== pixels) canvas.width = canvas.height = pixels
  const context = canvas.getContext("2d")
  context.setTransform(pixels, 0, 0, pixels, 0, 0)
  context.clearRect(0, 0, 1, 1)
  context.strokeStyle = context.fillStyle = getComputedStyle(canvas).color
  context.lineWidth = PEN
  context.lineCap = context.lineJoin = "round"
  for (const stroke of strokes) line(context, stroke)
  if (cursor) cross(context, cursor, down)
}

// Through the middles between the points, so that a line has no corners
function line(context, stroke) {
  context.beginPath()
  context.moveTo(...stroke[0])
  for (let i = 1; i < stroke.length - 1; i++) {
    const [x, y] = stroke[i]
    context.quadraticCurveTo(x, y, (x + stroke[i + 1][0]) / 2, (y + stroke[i + 1][1]) / 2)
  }
  context.lineTo(...stroke.at(-1))
  context.stroke()
}

function cross(context, [x, y], down) {
  const size = down ? 0.03 : 0.06
  context.lineWidth = 0.008
  context.strokeStyle = getComputedStyle(context.canvas).outlineColor
  context.beginPath()
  context.moveTo(x - size, y)
  context.lineTo(x + size, y)
  context.moveTo(x, y - size)
  context.lineTo(x, y + size)
  context.stroke()
}
