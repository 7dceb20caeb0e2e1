// Mounts the map: loads Leaflet and the map's hashed files once, then hands over to atlasMount (layers/map/assets/mount.js).
// FILES, their addresses, stands above this in the served file (server/hashed_files.py). Streamlit calls the exported function on every rerun whose data changed; the map itself stays where it is.
const SCRIPTS = ["leaflet.js", "atlas.js", "ground.js"];
const STYLES = ["leaflet.css", "atlas.css"];
const loaded = new Map();
const mounted = new WeakMap();

// Adds an element to the page's head once; resolves when what it points to has loaded.
function load(address, make) {
  if (!loaded.has(address)) {
    loaded.set(address, new Promise((done, fail) => {
      const element = make();
      element.onload = done;
      element.onerror = () => {
        loaded.delete(address);
        element.remove();
        fail(new Error(address));
      };
      document.head.append(element);
    }));
  }
  return loaded.get(address);
}

// async = false: fetched side by side, run in order.
const script = (src) => load(src, () => Object.assign(document.createElement("script"), { src, async: false }));
const style = (href) => load(href, () => Object.assign(document.createElement("link"), { rel: "stylesheet", href }));

async function text(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

async function mount(root, { style: own, state, rev }, onState) {
  const parts = [text(FILES["text.json"]), style(own), ...STYLES.map((name) => style(FILES[name])), ...SCRIPTS.map((name) => script(FILES[name]))];
  const [bundle] = await Promise.all(parts);
  const words = Object.keys(FILES).filter((name) => name.startsWith("words-"));
  const handle = window.atlasMount(root, {
    bundle,
    bundleUrl: FILES["text.json"],
    wordsUrl: Object.fromEntries(words.map((name) => [name.slice(6, 8), FILES[name]])),
    reliefUrl: FILES["relief.webp"],
    chrome: "page",
    state,
    rev,
    onState,
  });
  await handle.ready;
  card(root);
  return handle;
}

// Beside a panel the map's side is closed; a press on a shape opens it for the card, its button or Escape closes it.
function card(root) {
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "×", className: "atlas-mount-close" });
  close.setAttribute("aria-label", "Close");
  const open = (yes) => root.classList.toggle("has-card", yes);
  const opens = (event) => event.target.closest?.(".atlas-shape") && open(true);
  root.querySelector(".atlas-tabs")?.append(close);
  close.addEventListener("click", () => open(false));
  root.addEventListener("click", opens);
  root.addEventListener("keydown", (press) => {
    if (press.key === "Escape") open(false);
    if (press.key === "Enter") opens(press);
  }, { capture: true });
}

// An open panel takes the place of the map's side. On a narrow screen it lies below the map: bring it into sight.
function panel(root, it, name) {
  const open = name !== "start";
  if (open && !root.classList.contains("has-panel")) it.handle.then(() => root.querySelector(".atlas-legend")?.removeAttribute("open"), () => {});
  root.classList.toggle("has-panel", open);
  if (!open) root.classList.remove("has-card");
  const opened = it.panel !== undefined && it.panel !== name && open;
  it.panel = name;
  if (opened && window.innerWidth < 640) setTimeout(() => scroller(root).scrollBy({ top: root.getBoundingClientRect().bottom - 72, behavior: "smooth" }), 150);
}

function scroller(element) {
  let box = element.parentElement;
  while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement;
  return box || document.scrollingElement;
}

export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".atlas-mount");
  let it = mounted.get(root);
  if (!it) {
    it = { attend: data.attend };
    it.handle = mount(root, data, (state, rev) => it.report({ state, rev }));
    it.handle.catch((error) => {
      mounted.delete(root);
      root.textContent = `The map can't be loaded (${error.message}). Check the connection and reload the page.`;
    });
    mounted.set(root, it);
  }
  it.report = (report) => setStateValue("report", report);
  panel(root, it, data.panel);
  it.handle.then((handle) => handle.update({ state: data.state, rev: data.rev }), () => {});
  if (data.attend > it.attend) {
    it.attend = data.attend;
    root.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }
}
