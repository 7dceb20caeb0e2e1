// What the page's address tells beside the state of the map: how two days are compared, the open card, the tab.

import type { Target } from "./actions.ts";
import type { App } from "./app.ts";
import { edgeId } from "./card_edge.ts";
import type { Tab } from "./tabs.ts";
import type { Layout } from "./twin.ts";

/** Keys of the page in an address (layers/view_state.yaml, page_keys); what is not set is left out. */
export interface PageState {
  step?: string | undefined;
  compare?: string | undefined;
  card?: string | undefined;
  tab?: string | undefined;
}
/** What a card may be about; a line or a point is named after its zone, as in `line:corridor-routes.new-road`. */
const KINDS = ["clause", "place", "event", "piece", "edge", "line", "point", "zone"] as const;
const ORDER = ["step", "compare", "card", "tab"] as const;
const LAYOUTS: readonly string[] = ["swipe", "beside"] satisfies Layout[];
const TABS: readonly string[] = ["compare", "table"] satisfies Tab[];

/** A card in a few letters, such as `place:shusha` or `piece:kalbajar@40.1,46.2`. */
export function cardText(target: Target | null): string | undefined {
  if (!target) return undefined;
  const at = target.at?.map((degrees) => degrees.toFixed(4)).join(",");
  const kind = KINDS.find((name) => target[name] !== undefined);
  if (!kind) return at && `at:${at}`;
  const within = kind === "line" || kind === "point" ? `${target.zone}.` : "";
  return `${kind}:${within}${target[kind]}${at && kind !== "place" ? `@${at}` : ""}`;
}

/** The card that some text names, or null. */
export function cardTarget(text: string | undefined): Target | null {
  const [, kind, id, where] = /^([a-z]+):([^@]*)(?:@(.*))?$/.exec(text ?? "") ?? [];
  const numbers = (kind === "at" ? id : where)?.split(",").map(Number) ?? [];
  const [lat, lng] = numbers;
  const at =
    lat !== undefined && lng !== undefined && numbers.every(Number.isFinite)
      ? { at: [lat, lng] as [number, number] }
      : {};
  if (kind === "at") return "at" in at ? at : null;
  if (!id || !KINDS.some((name) => name === kind)) return null;
  if (kind === "clause") return { clause: Number(id), ...at };
  if (kind !== "line" && kind !== "point") return { [kind as string]: id, ...at };
  const [zone, part] = id.split(".");
  return zone && part ? { zone, [kind]: part, ...at } : null;
}

/** Whether the record knows what a card is about. */
function exists({ texts, eventById, map }: App, { clause, place, event, piece, edge, zone }: Target): boolean {
  return (
    (clause === undefined || texts.clauses.some((one) => one.number === clause)) &&
    (place === undefined || texts.places.some((one) => one.id === place)) &&
    (event === undefined || eventById.has(event)) &&
    (piece === undefined || map.ground.pieces.some((one) => one.piece.piece === piece)) &&
    (edge === undefined || map.ground.edges.some((one) => edgeId(one.edge) === edge)) &&
    (zone === undefined || Object.hasOwn(texts.zones, zone))
  );
}

/** What is shown now. */
export function readPage({ later, tabs }: App, step: string | null): PageState {
  const tab = tabs.now();
  return {
    step: step ?? undefined,
    compare: later.parts?.compare.layout() ?? undefined,
    card: cardText(later.parts?.card.target() ?? null),
    tab: TABS.includes(tab) ? tab : undefined,
  };
}

/** Shows what an address asks for; what it does not name is closed. */
export function showPage(app: App, { compare, card, tab }: PageState): void {
  const { later, tabs } = app;
  const asked = cardTarget(card);
  const target = asked && exists(app, asked) ? asked : null;
  if (!later.parts && !target && !compare && !tab) return;
  later.use((parts) => {
    const layout = compare !== undefined && LAYOUTS.includes(compare) ? (compare as Layout) : null;
    if (parts.compare.layout() !== layout) parts.compare.arrange(layout);
    if (cardText(parts.card.target()) !== cardText(target)) parts.card.show(target);
    if (tab !== undefined && TABS.includes(tab)) tabs.choose(tab as Tab);
    else if (!target && tabs.now() !== "layers" && tabs.now() !== "card") tabs.choose("layers");
  });
}

/** The panel that an address means; one without any word of ours is the landing. */
export const panelOf = (query: URLSearchParams): string => query.get("panel") ?? (query.size ? "start" : "story");

/** The keys that are set, in the order of an address. */
export const pairs = (state: PageState): [string, string][] =>
  ORDER.flatMap((key) => (state[key] === undefined ? [] : [[key, state[key]]])) as [string, string][];
