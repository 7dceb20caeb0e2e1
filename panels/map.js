// Mounts the map: loads Leaflet and our hashed files once, then hands over to atlasMount.
// Streamlit calls the function on every rerun that changes `data`; the map itself stays.
const loaded = new Map();
const mounted = new WeakMap();

const script = (address) => once(address, () => Object.assign(document.createElement("script"), { src: address }));
const style = (address) => once(address, () => Object.assign(document.createElement("link"), { rel: "stylesheet", href: address }));

function once(address, make) {
  if (!loaded.has(address)) {
    loaded.set(address, new Promise((done, fail) => {
      const element = make();
      element.onload = done;
      element.onerror = () => { loaded.delete(address); element.remove(); fail(new Error(address)); };
      document.head.append(element);
    }));
  }
  return loaded.get(address);
}

export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".atlas-mount");
  let it = mounted.get(root);
  if (!it) {
    it = { rev: data.rev, attend: data.attend };
    mounted.set(root, it);
    it.ready = mount(root, data, (state) => it.report({ state, rev: it.rev }));
  }
  it.report = (report) => setStateValue("report", report);
  if (data.rev > it.rev) {
    it.rev = data.rev;
    it.ready.then((atlas) => atlas.show(data.state));
  }
  if (data.attend > it.attend) {
    it.attend = data.attend;
    root.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }
}
