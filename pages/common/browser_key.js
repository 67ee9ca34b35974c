// One cookie, for a year: the key by which this browser's runs are found again. A key that is there already stays, as
// another tab may have set it a moment ago; Python hears which one it is.

const FORM = /^[A-Za-z0-9_-]{43}$/

export default function ({ data, setStateValue }) {
  if (data.forget) write(data.name, "", 0)
  if (!data.wanted) return
  // Set anew what is there too: its year begins again
  write(data.name, FORM.test(read(data.name)) ? read(data.name) : data.key, data.seconds)
  const kept = read(data.name)
  if (kept !== data.said) setStateValue("key", kept)
}

function read(name) {
  const pair = document.cookie.split("; ").find((each) => each.startsWith(`${name}=`))
  return pair ? pair.slice(name.length + 1) : ""
}

function write(name, value, seconds) {
  const secure = location.protocol === "https:" ? "; Secure" : ""
  document.cookie = `${name}=${value}; Path=/; Max-Age=${seconds}; SameSite=Lax${secure}`
}
