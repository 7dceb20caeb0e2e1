// The reader's own points in the page (dist/attribute_page.js): the same list as over the map of a file, in the place that
// Streamlit keeps for it (panels/points.py). It outlives Streamlit's reruns, and other panels that are opened meanwhile.

import { createOwnList, type Offers, type OwnList, type Shell } from "./attribute_list.ts";
import { IS_PARQUET, TOO_MANY_ROWS } from "./attribute_words.ts";
import { fetchJson, h } from "./dom.ts";
import { pageMap } from "./points.ts";
import { DROPPED, onDrop, type PointsKit } from "./points_drop.ts";

interface Data {
  /** Addresses of what reads lists and of the list to try. */
  kit: string;
  example: string;
  /** Whether the server holds a list of this reader's: then there is none here. */
  elsewhere: boolean;
  /** What only the page says, in the reader's language. */
  words: Record<"try" | "example" | "invented" | "instead" | "away" | "broken", string>;
}
interface Component {
  parentElement: HTMLElement;
  data: Data;
  /** Tells Python that a list was brought here: the server is to forget its own. */
  setTriggerValue(name: "here", value: true): void;
}

const EXAMPLE = "made-up-incidents.csv";
const body = h("div", { class: "atlas-own-body", tabindex: "-1" });
const shell: Shell = {
  body,
  fill: (nodes) => {
    const within = body.contains(document.activeElement);
    body.replaceChildren(...nodes);
    if (within) body.focus({ preventScroll: true });
  },
  open: () => body.scrollIntoView({ block: "nearest" }),
  title: () => {},
};
let list: Promise<OwnList> | null = null;
let latest: Data | null = null;

const offersOf = (now: () => Data): Offers => ({
  begin: (take) => sample(now(), take),
  end: (leave) => {
    const away = () => {
      leave();
      list?.then(({ show }) => show());
    };
    return h("button", { type: "button", class: "atlas-small", onclick: away }, now().words.away);
  },
  instead: ({ english }) => ([TOO_MANY_ROWS, IS_PARQUET].includes(english) ? now().words.instead : null),
});

/** A list to try with, honestly named: it is read at a press, and can be downloaded to look at. */
function sample({ example, words }: Data, take: (file: File) => void): HTMLElement {
  const note = h("p", { class: "atlas-own-note" }, words.invented);
  const load = async () => {
    const answer = await fetch(example);
    if (!answer.ok) throw new Error(answer.statusText);
    take(new File([await answer.blob()], EXAMPLE));
  };
  const begin = () =>
    void load().catch(() => {
      note.textContent = words.broken;
    });
  return h(
    "div",
    {},
    h("button", { type: "button", class: "atlas-own-place", onclick: begin }, words.try),
    h("p", {}, h("a", { href: example, download: EXAMPLE }, words.example)),
    note,
  );
}

async function begin({ kit: address }: Data): Promise<OwnList> {
  const [handle, kit] = await Promise.all([pageMap(), fetchJson<PointsKit>(address)]);
  const own = createOwnList(
    handle,
    kit,
    shell,
    offersOf(() => latest as Data),
  );
  onDrop(body, own.take);
  return own;
}

export default function ({ parentElement, data, setTriggerValue }: Component): (() => void) | undefined {
  const place = parentElement.querySelector<HTMLElement>(".atlas-own-mount");
  if (!place) return undefined;
  place.replaceChildren(body);
  body.hidden = data.elsewhere;
  latest = data;
  list ??= begin(data);
  const end = new AbortController();
  list.then(
    (own) => {
      if (end.signal.aborted) return;
      if (!data.elsewhere) own.show();
      const dropped = () => {
        if (data.elsewhere) setTriggerValue("here", true);
        else if (window.atlasDropped) own.take(window.atlasDropped);
        if (!data.elsewhere) delete window.atlasDropped;
      };
      window.addEventListener(DROPPED, dropped, { signal: end.signal });
      end.signal.addEventListener("abort", own.hide);
      if (window.atlasDropped) dropped();
    },
    () => {
      list = null;
      place.textContent = data.words.broken;
    },
  );
  return () => end.abort();
}
