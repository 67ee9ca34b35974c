// The node stays between runs of the page: only a change of its text is spoken
export default function ({ data, parentElement }) {
  const node = parentElement.querySelector("p")
  if (node.textContent !== data.words) node.textContent = data.words
}
