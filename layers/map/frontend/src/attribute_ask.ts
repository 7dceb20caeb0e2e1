// What a list was taken for: its columns and first rows. The reader changes what is wrong, and only then it is placed.

import type { Choice } from "./attribute_columns.ts";
import type { Said } from "./attribute_words.ts";
import type { Opened, Preview } from "./attribute_work.ts";
import { h } from "./dom.ts";
import { type Values, word } from "./language.ts";

export interface Say {
  (english: string, values?: Values): string;
  /** What is wrong with a list or a row of it. */
  said(said: Said): string;
}
const LABELS = {
  lat: word("Latitude"),
  lon: word("Longitude"),
  place: word("Place (latitude, longitude)"),
  date: word("Date"),
  dateEnd: word("Last day, if a span"),
};
const ORDERS = [word("not known: leave such days out"), word("3 April 2020"), word("4 March 2020")];
type Column = keyof typeof LABELS;

/** The questions, with the preview below; `preview` asks the worker, `place` is pressed when all is right. */
export function createAsk(
  opened: Opened,
  t: Say,
  preview: (choice: Choice) => Promise<Preview>,
  place: (choice: Choice) => void,
): HTMLElement {
  const choice: Choice = { ...opened.found };
  const together = !opened.placed && !(choice.lat && choice.lon) && choice.place !== null;
  const asked: Column[] = opened.placed ? ["date"] : together ? ["place", "date"] : ["lat", "lon", "date"];
  const shown = h("div", { class: "atlas-own-preview" });
  const button = h(
    "button",
    { type: "button", class: "atlas-own-place", onclick: () => place(choice) },
    t("Place the points"),
  );
  let latest = 0;
  const update = async () => {
    latest += 1;
    const mine = latest;
    const missing = asked.filter((role) => choice[role] === null);
    button.disabled = true;
    if (missing.length) {
      shown.replaceChildren(
        t("Choose the column of: {columns}.", { columns: missing.map((role) => t(LABELS[role])).join(", ") }),
      );
      return;
    }
    const found = await preview(choice);
    if (mine !== latest) return;
    shown.replaceChildren(...shownAs(found, t));
    button.disabled = found.error !== null;
  };
  const columns = [...asked, "dateEnd" as const].map((role) =>
    select(t(LABELS[role]), [[""], ...opened.names.map((name): [string] => [name])], choice[role] ?? "", (value) => {
      choice[role] = value || null;
      void update();
    }),
  );
  const orders = (["", "dmy", "mdy"] as const).map((order, at): [string, string] => [order, t(ORDERS[at] ?? "")]);
  const order = select(t("03/04/2020 means"), orders, "", (value) => {
    choice.order = (value || null) as Choice["order"];
    void update();
  });
  const box = h("input", { type: "checkbox", checked: true });
  box.addEventListener("change", () => {
    choice.precision = box.checked;
    void update();
  });
  const own = t("Take the list's own precision: a code or radius makes a place a disc, or a day a span");
  void update();
  return h(
    "div",
    {},
    opened.messages.map((message) => h("p", { class: "atlas-own-note" }, t.said(message))),
    h("div", { class: "atlas-own-columns" }, columns, order),
    h("label", { class: "atlas-own-check" }, box, own),
    shown,
    button,
  );
}

function select(
  name: string,
  options: [value: string, text?: string][],
  chosen: string,
  choose: (value: string) => void,
) {
  const box = h(
    "select",
    { class: "atlas-select" },
    options.map(([value, text]) => h("option", { value, selected: value === chosen }, text ?? (value || "–"))),
  );
  box.addEventListener("change", () => choose(box.value));
  return h("label", {}, h("span", {}, name), box);
}

function shownAs({ error, rows, precision }: Preview, t: Say): Node[] {
  if (error) return [h("p", { class: "atlas-own-wrong", role: "alert" }, t.said(error))];
  const degrees = (value: number) => (Number.isNaN(value) ? "" : value.toFixed(4));
  const head = [t("Date"), t("Latitude"), t("Longitude"), t("Radius, m"), t("By the columns"), t("Problem")];
  const cells = rows.map((row) => [
    row.date,
    degrees(row.lat),
    degrees(row.lon),
    row.radius,
    row.rule,
    row.said.map(t.said).join("; "),
  ]);
  return [
    h("p", {}, t("The first rows, as they were read:")),
    table(head, cells),
    ...(precision.length ? [h("p", {}, t("Precision: {columns}.", { columns: precision.join(", ") }))] : []),
  ];
}

/** A table that scrolls within itself. */
export function table(head: string[], rows: (string | number)[][]): HTMLElement {
  return h(
    "div",
    { class: "atlas-own-table", tabindex: "0", role: "group", "aria-label": head.join(", ") },
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          head.map((text) => h("th", { scope: "col" }, text)),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((row) =>
          h(
            "tr",
            {},
            row.map((cell) => h("td", {}, cell)),
          ),
        ),
      ),
    ),
  );
}
