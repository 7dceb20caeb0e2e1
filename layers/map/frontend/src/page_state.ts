// What the page's address tells beside the state of the map: how two days are compared, the open card, the tab.

import type { Target } from "./actions.ts";
import type { App } from "./app.ts";
import type { Tab } from "./tabs.ts";
import type { Layout } from "./twin.ts";

/** Keys of the page in an address (layers/view_state.yaml, page_keys); what is not set is left out. */
export interface PageState {
  step?: string | undefined;
  compare?: string | undefined;
  card?: string | undefined;
  tab?: string | undefined;
}
const KINDS = ["clause", "place", "event", "piece", "zone", "line", "point"] as const;
const ORDER = ["step", "compare", "card", "tab"] as const;
const LAYOUTS: readonly string[] = ["swipe", "beside"] satisfies Layout[];
const TABS: readonly string[] = ["compare", "table"] satisfies Tab[];

/** A card in a few letters, such as `place:shusha` or `piece:kalbajar@40.1,46.2`. */
export function cardText(target: Target | null): string | undefined {
  if (!target) return undefined;
  const at = target.at?.map((degrees) => degrees.toFixed(4)).join(",");
  const kind = KINDS.find((name) => target[name] !== undefined);
  if (!kind) return at && `at:${at}`;
  return `${kind}:${target[kind]}${at && kind !== "place" ? `@${at}` : ""}`;
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
  return { [kind as string]: kind === "clause" ? Number(id) : id, ...at };
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
export function showPage({ later, tabs }: App, { compare, card, tab }: PageState): void {
  const target = cardTarget(card);
  if (!later.parts && !target && !compare && !tab) return;
  later.use((parts) => {
    const layout = compare !== undefined && LAYOUTS.includes(compare) ? (compare as Layout) : null;
    if (parts.compare.layout() !== layout) parts.compare.arrange(layout);
    if (cardText(parts.card.target()) !== cardText(target)) parts.card.show(target);
    if (tab !== undefined && TABS.includes(tab)) tabs.choose(tab as Tab);
    else if (!target && tabs.now() !== "layers" && tabs.now() !== "card") tabs.choose("layers");
  });
}

/** The keys that are set, in the order of an address. */
export const pairs = (state: PageState): [string, string][] =>
  ORDER.flatMap((key) => (state[key] === undefined ? [] : [[key, state[key]]])) as [string, string][];
