// The card beside the map: of a clause, of an area, a line or a point, of an event, or of any place pressed.

import { CARD_OPENED, type Target } from "./actions.ts";
import { clauseCard } from "./card_clause.ts";
import { edgeCard } from "./card_edge.ts";
import type { CardDeps } from "./card_parts.ts";
import { eventCard, pieceCard, placeCard, zoneCard } from "./card_place.ts";
import type { CardTexts } from "./card_texts.ts";
import { type ContestDeps, createContest } from "./contest.ts";
import { type Child, flat, h, label } from "./dom.ts";
import { closeIcon, icon } from "./icons.ts";
import type { TabContent } from "./tabs.ts";

export interface Card extends TabContent {
  /** Shows a card; `from` gets the focus back when it is closed. */
  open(target: Target, from?: Element | null): void;
  /** What it is about; null: nothing. */
  target(): Target | null;
  /** Shows a card, or none, and leaves the focus where it is. */
  show(target: Target | null): void;
  update(): void;
}
interface Deps extends CardDeps, ContestDeps {
  cardTexts: CardTexts;
  /** Brings the card's tab into sight, or goes back to the layers. */
  choose(tab: "card" | "layers"): void;
  tabBar(): HTMLElement;
  /** Marks on the map what the card is about (null: nothing), and brings the mark of an opened card into sight. */
  mark(target: Target | null, opened?: boolean): void;
}

export function createCard(deps: Deps): Card {
  const { language, actions } = deps;
  const body = h("div", { class: "atlas-card-body" });
  const node = h("article", { class: "atlas-card", tabindex: "-1" }, body);
  const contest = createContest(deps);
  let showing: Target | null = null;
  let opener: Element | null = null;

  const update = () => {
    const { t } = language;
    if (!showing) {
      body.replaceChildren(
        h("p", { class: "atlas-hint" }, t("Choose an area, a line or a clause, or click anywhere on the map.")),
      );
      return;
    }
    const close = h("button", { type: "button", class: "atlas-close", onclick: shut }, icon(closeIcon));
    label(close, t("Close"));
    const waiting = deps.cardTexts.waiting(showing);
    const content = flat([contentOf(deps, showing)]);
    body.replaceChildren(
      close,
      ...(waiting ? [...framed(content), h("p", { class: "atlas-hint" }, waiting)] : flat([content, contest(showing)])),
    );
  };
  const open: Card["open"] = (target, from = document.activeElement) => {
    showing = target;
    deps.cardTexts.retry();
    opener = from;
    deps.choose("card");
    node.dispatchEvent(new CustomEvent(CARD_OPENED, { bubbles: true }));
    node.scrollTop = 0;
    node.focus({ preventScroll: true });
    if (node.getBoundingClientRect().top > window.innerHeight - 120) deps.tabBar().scrollIntoView({ block: "center" });
    deps.mark(target, true);
    actions.say(body.querySelector("h3")?.textContent ?? "");
  };
  const shut = () => {
    showing = null;
    update();
    deps.choose("layers");
    deps.mark(null);
    if (opener?.isConnected) (opener as HTMLElement).focus({ preventScroll: true });
  };
  node.addEventListener("keydown", (press) => {
    if (press.key !== "Escape") return;
    press.stopPropagation();
    shut();
  });
  update();
  const show: Card["show"] = (target) => {
    showing = target;
    deps.cardTexts.retry();
    opener = null;
    update();
    deps.choose(target ? "card" : "layers");
    if (target) node.dispatchEvent(new CustomEvent(CARD_OPENED, { bubbles: true }));
    deps.mark(target);
  };
  return { node, open, update, show, target: () => showing };
}

function contentOf(deps: CardDeps, target: Target): Child {
  const { clause, event, place, piece, edge, zone, at } = target;
  if (clause !== undefined) return clauseCard(deps, clause);
  if (event !== undefined) return [eventCard(deps, event), here(deps, target)];
  if (place !== undefined) {
    const settlement = deps.texts.places.find((one) => one.id === place);
    return settlement ? placeCard(deps, [settlement.lat, settlement.lon], settlement) : null;
  }
  if (piece !== undefined) return pieceCard(deps, piece, at);
  if (edge !== undefined) return edgeCard(deps, edge);
  if (zone !== undefined) return [zoneCard(deps, zone, target), here(deps, target)];
  return here(deps, target);
}

/** What a card shows before its texts are here: all up to its heading. */
const framed = (content: (Node | string)[]) =>
  content.slice(0, content.findIndex((node) => node instanceof HTMLHeadingElement) + 1);

const here = (deps: CardDeps, { at }: Target): Child =>
  at && h("section", { class: "atlas-here" }, placeCard(deps, at));
