// What Python sends is JSON as bytes (pages/exercise/files.py)
function textOf(data) {
  return new TextDecoder().decode(data)
}

// Written only where it is another: each write has the browser look through its styles again
function put(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value)
}
