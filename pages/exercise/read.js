// What Python sends is JSON as bytes (pages/exercise/files.py)
function textOf(data) {
  return new TextDecoder().decode(data)
}
