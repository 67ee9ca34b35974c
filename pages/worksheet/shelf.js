// What is worked on in this tab, kept by the tab until it is closed: a reload goes on from there, with every variant.
// The address has what stands on the page now, written over and not added: Back leaves the page, it takes no number back.

const SHELF = "practice"
const asked = new WeakSet()

export default function ({ data, parentElement, setStateValue }) {
  const shelf = kept()
  if (!data.heard && !asked.has(parentElement) && Object.keys(shelf).length) setStateValue("kept", shelf)
  asked.add(parentElement)
  if (data.work) keep(shelf, data)
  const address = new URL(location)
  if (!address.pathname.endsWith(`/${data.page}`) || (address.searchParams.get(data.parameter) ?? "") === data.address) return
  if (data.address) address.searchParams.set(data.parameter, data.address)
  else address.searchParams.delete(data.parameter)
  history.replaceState(history.state, "", address)
}

// A browser may refuse to keep anything: then the address alone goes on
function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(SHELF)) ?? {}
  } catch {
    return {}
  }
}

// The latest last; of the oldest nothing is kept
function keep(shelf, { name, work, most }) {
  if (shelf[name] === work) return
  delete shelf[name]
  shelf[name] = work
  for (const old of Object.keys(shelf).slice(0, -most)) delete shelf[old]
  try {
    sessionStorage.setItem(SHELF, JSON.stringify(shelf))
  } catch {}
}
