// A row stays in view: of the button that trains above what it starts, which is brought into view once it begins.

const seen = new WeakMap()

// Where nothing was drawn yet, the page has its length only a moment after the start
const MOMENTS = [0, 700]

export default function ({ data, parentElement }) {
  // Streamlit wraps a container once more: the wrapper is what lies in the page
  const bar = document.querySelector(`.st-key-${data.bar}`)?.parentElement
  if (!bar) return
  const paper = getComputedStyle(parentElement.querySelector("i")).getPropertyValue("--st-background-color")
  bar.setAttribute("data-run-bar", data.edge)
  bar.style.setProperty("--run-bar-paper", paper)
  if (data.starts > seen.get(parentElement)) MOMENTS.forEach((moment) => setTimeout(show, moment, bar))
  seen.set(parentElement, data.starts)
}

function show(bar) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches
  // Its own place, and not where it sticks
  bar.style.position = "static"
  if (bar.getBoundingClientRect().top > window.innerHeight / 2) {
    bar.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" })
  }
  bar.style.position = ""
}
