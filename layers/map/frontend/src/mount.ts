// Mounts the map into an element and hands out its handle, which is window.atlas too (contract.ts).
//
// Leaflet and the ground (window.atlasDraw, which Folium rendered) must be loaded. Nothing else is needed.

import { type App, createApp } from "./app.ts";
import type { Atlas, State } from "./contract.ts";
import { fetchJson, h, painted, whenIdle } from "./dom.ts";
import type { LoadLate } from "./later.ts";
import type { MountOptions } from "./options.ts";
import type { Texts } from "./payload.ts";
import type { Surrounding } from "./surroundings.ts";
import type { Camera } from "./view.ts";
import type { Words } from "./words.ts";

/** The handle, with what our own components use beside the contract. */
export interface AtlasHandle extends Atlas {
  /** Resolves when the first map is painted; rejects with what is wrong. */
  readonly drawn: Promise<void>;
  /** Where the map looks; for what is drawn over it. */
  camera(): Camera;
  /** Calls a listener with every change of the days, in the same frame as the map's own paint. */
  follow(listener: (state: State) => void): () => void;
  /** The parts of the map; for the page around it (page.ts). */
  parts(): App;
}
declare global {
  interface Window {
    atlas?: AtlasHandle;
    /** In the self-contained document (document.ts). */
    atlasMount?: (element: HTMLElement, options?: MountOptions) => AtlasHandle;
  }
}

const copy = (state: State): State => JSON.parse(JSON.stringify(state)) as State;

/** Puts up a map in place of what the element holds; `surroundings` connect it with the window. */
export function mount(
  element: HTMLElement,
  options: MountOptions,
  loadLate: LoadLate,
  surroundings: Surrounding[] = [],
): AtlasHandle {
  const root = h("div", {
    class: options.drawerOpen ? "atlas is-side-open" : "atlas",
    "data-chrome": options.chrome ?? "page",
  });
  element.replaceChildren(root);
  let app: App | null = null;
  let alive = true;
  let ends: (() => void)[] = [];

  const drawn = (async () => {
    const texts = await (options.bundle ?? fetchJson<Texts>(options.bundleUrl ?? ""));
    if (!alive) return;
    const made = createApp(root, texts, options, loadLate);
    app = made;
    ends = surroundings.map((begin) => begin(made));
    follow(made, options);
    await painted();
    if (!alive) return;
    whenIdle(() => alive && made.refreshTab());
  })();
  drawn.catch((error: Error) => tellFailure(root, error));

  const ready = drawn.then(() => app?.later.here);
  // What is wrong stands in the map's place: a page that does not wait for it need not catch it.
  ready.catch(() => {});

  const up = (): App => {
    if (!app) throw new Error("The map is not there yet: wait for atlas.ready.");
    return app;
  };
  let rev = options.rev ?? 0;
  let serial = 0;
  let { onState } = options;
  drawn.then(
    () =>
      app?.store.subscribe("rest", null, (state, _changed, _before, origin) => {
        serial += 1;
        onState?.(copy(state), rev, serial, origin);
      }),
    () => {},
  );

  const handle: AtlasHandle = {
    drawn,
    ready,
    ...readers(up),
    show: async (wish) => {
      await drawn;
      app?.ask(wish, "host");
      await painted();
    },
    update: async (news) => {
      if (news.onState) onState = news.onState;
      if (!(news.rev > rev)) return;
      rev = news.rev;
      await handle.show(news.state);
    },
    destroy: () => {
      alive = false;
      for (const end of ends) end();
      app?.stop();
      if (window.atlas === handle) delete window.atlas;
      root.remove();
    },
  };
  window.atlas = handle;
  return handle;
}

function tellFailure(root: HTMLElement, error: Error): void {
  console.error(error);
  const words =
    `The map can't be shown: its data are damaged or missing (${error.message}). ` +
    "Reload the page; if that does not help, rebuild the map's files.";
  root.replaceChildren(h("p", { class: "atlas-failure", role: "alert" }, words));
}

/** What comes with the late parts. */
const answers = ({ later: { parts } }: App) => {
  if (!parts) throw new Error("The answers are not there yet: wait for atlas.ready.");
  return parts.answers;
};

/** What a handle answers without changing anything. */
const readers = (up: () => App): Omit<AtlasHandle, "drawn" | "ready" | "show" | "update" | "destroy"> => ({
  parts: up,
  camera: () => up().map.camera,
  follow: (listener) => up().store.subscribe("paint", ["on", "from"], listener),
  state: () => copy(up().store.state),
  at: (...about) => answers(up()).at(...about),
  status: (...about) => answers(up()).status(...about),
  changes: (...about) => answers(up()).changes(...about),
  on: (_event, listener) => up().store.subscribe("settle", null, (state) => listener(copy(state))),
});

/** Fetches the words of a language when it is first chosen; the map stays in English until they have arrived. */
function follow({ store, language, say }: App, { wordsUrl = {}, laterWords }: MountOptions): void {
  const ask = (lang: string): Promise<Words | undefined> | undefined => {
    const url = wordsUrl[lang];
    return url ? fetchJson<Words>(url) : laterWords?.().then((all) => all[lang]);
  };
  const load = ({ lang }: State) => {
    if (language.has(lang)) return;
    ask(lang)?.then(
      (words) => {
        if (!words) return;
        language.add(lang, words);
        if (store.state.lang === lang) store.refresh("lang");
      },
      () =>
        say([
          language.t(
            "The words of this language can't be loaded: the map stays in English. Choose the language again.",
          ),
        ]),
    );
  };
  store.subscribe("paint", ["lang"], load);
  load(store.state);
}
