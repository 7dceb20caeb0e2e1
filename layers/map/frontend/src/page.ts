// The map inside the Streamlit page (panels/map.py): loads Leaflet and the map's files once, then hands over to
// atlasMount. Streamlit calls the exported function on every rerun whose data changed; the map itself stays where it is.

import { CARD_OPENED } from "./actions.ts";
import type { State, Wish } from "./contract.ts";
import { calm, fetchJson, h, label } from "./dom.ts";
import { closeIcon, icon } from "./icons.ts";
import type { LoadLate } from "./later.ts";
import { type AtlasHandle, mount } from "./mount.ts";
import type { MountOptions } from "./options.ts";
import type { Texts } from "./payload.ts";

/** Addresses of the map's files by their plain names; the server puts this above the script (server/hashed_files.py). */
declare const FILES: Record<string, string>;
const SCRIPTS = ["leaflet.js", "ground.js"];
const STYLES = ["leaflet.css", "atlas.css"];
const NARROW_PX = 640;

interface Data {
  style: string;
  state: Wish;
  rev: number;
  /** Raised when a panel wants the map in sight. */
  attend: number;
  panel: string;
}
interface Component {
  parentElement: HTMLElement;
  data: Data;
  setStateValue(name: "report", value: Report): void;
}
interface Report {
  state: State;
  rev: number;
  serial: number;
}
interface Mounted {
  handle: Promise<AtlasHandle>;
  attend: number;
  panel?: string;
  report(report: Report): void;
}

const loaded = new Map<string, Promise<void>>();
const mounted = new WeakMap<Element, Mounted>();

/** Adds an element to the page's head once; resolves when what it points to has loaded. */
function load(address: string, make: () => HTMLElement): Promise<void> {
  const known = loaded.get(address);
  if (known) return known;
  const coming = new Promise<void>((done, fail) => {
    const element = make();
    element.onload = () => done();
    element.onerror = () => {
      loaded.delete(address);
      element.remove();
      fail(new Error(address));
    };
    document.head.append(element);
  });
  loaded.set(address, coming);
  return coming;
}

// async = false: fetched side by side, run in order.
const script = (src: string) => load(src, () => Object.assign(document.createElement("script"), { src, async: false }));
const style = (href: string) => load(href, () => h("link", { rel: "stylesheet", href }));
const file = (name: string): string => {
  const address = FILES[name];
  if (!address) throw new Error(`${name} is not among the map's files`);
  return address;
};

/** The parts that come late, and their style. */
const loadLate: LoadLate = async () => {
  await style(file("late.css"));
  return import(new URL(file("late.js"), document.baseURI).href);
};

async function mountMap(
  root: HTMLElement,
  { style: own, state, rev }: Data,
  report: (report: Report) => void,
): Promise<AtlasHandle> {
  const texts = fetchJson<Texts>(file("text.json"));
  await Promise.all([
    texts,
    style(own),
    ...STYLES.map((name) => style(file(name))),
    ...SCRIPTS.map((name) => script(file(name))),
  ]);
  const words = Object.keys(FILES).filter((name) => name.startsWith("words-"));
  const options: MountOptions = {
    bundle: await texts,
    bundleUrl: file("text.json"),
    wordsUrl: Object.fromEntries(words.map((name) => [name.slice(6, 8), file(name)])),
    reliefUrl: FILES["relief.webp"] ?? null,
    chrome: "page",
    state,
    rev,
    onState: (now, seen, serial) => report({ state: now, rev: seen, serial }),
  };
  const handle = mount(root, options, loadLate);
  await handle.ready;
  addClose(root);
  return handle;
}

/** Beside a panel the map's side is closed; an opened card opens it, its button or Escape closes it. */
function addClose(root: HTMLElement): void {
  const open = (yes: boolean) => root.classList.toggle("has-card", yes);
  const close = h(
    "button",
    { type: "button", class: "atlas-mount-close", onclick: () => open(false) },
    icon(closeIcon),
  );
  label(close, "Close");
  root.querySelector(".atlas-tabs")?.append(close);
  root.addEventListener(CARD_OPENED, () => open(true));
  const keys = (press: KeyboardEvent) => {
    if (press.key === "Escape") open(false);
  };
  root.addEventListener("keydown", keys, { capture: true });
}

const smooth = (): ScrollBehavior => (calm() ? "auto" : "smooth");

/** An open panel takes the place of the map's side. On a narrow screen it lies below the map: bring it into sight. */
function showPanel(root: HTMLElement, it: Mounted, name: string): void {
  const open = name !== "start";
  const first = open && !root.classList.contains("has-panel");
  if (first)
    it.handle.then(
      () => root.querySelector(".atlas-legend")?.removeAttribute("open"),
      () => {},
    );
  root.classList.toggle("has-panel", open);
  if (!open) root.classList.remove("has-card");
  const opened = it.panel !== undefined && it.panel !== name && open;
  it.panel = name;
  if (!opened || window.innerWidth >= NARROW_PX) return;
  setTimeout(() => scroller(root).scrollBy({ top: root.getBoundingClientRect().bottom - 72, behavior: smooth() }), 150);
}

/** What scrolls an element: the nearest box around it that does, or the page. */
function scroller(element: Element): Element {
  let box = element.parentElement;
  while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement;
  return box ?? document.documentElement;
}

export default function ({ parentElement, data, setStateValue }: Component): void {
  const root = parentElement.querySelector<HTMLElement>(".atlas-mount");
  if (!root) return;
  let it = mounted.get(root);
  if (!it) {
    const made: Mounted = {
      attend: data.attend,
      report: () => {},
      handle: mountMap(root, data, (report) => made.report(report)),
    };
    made.handle.catch((error: Error) => {
      mounted.delete(root);
      root.textContent = `The map can't be loaded (${error.message}). Check the connection and reload the page.`;
    });
    mounted.set(root, made);
    it = made;
  }
  it.report = (report) => setStateValue("report", report);
  showPanel(root, it, data.panel);
  it.handle.then(
    (handle) => handle.update({ state: data.state, rev: data.rev }),
    () => {},
  );
  if (data.attend > it.attend) {
    it.attend = data.attend;
    root.scrollIntoView({ block: "nearest", behavior: smooth() });
  }
}
