// The shapes on the map as things to walk through by keyboard.

import type { MapShapes } from "./shapes.ts";
import type { Store } from "./store.ts";
import type { Camera } from "./view.ts";
import type { Viewport } from "./viewport.ts";

const WAYS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface Deps {
  camera: Camera;
  viewport: Pick<Viewport, "zoomBy">;
  store: Store;
  shapes: Pick<MapShapes, "kinds">;
}

/** Tab reaches one shape of each kind; arrows go to the neighbour in that direction, Page Up and Page Down through all
 * of the kind (shapes.ts: Enter opens the card). */
export function walkByKeyboard({ camera, viewport, store, shapes: { kinds } }: Deps): void {
  let stops: SVGPathElement[] = [];
  const settle = () => {
    const now = kinds();
    const next = now.flatMap((nodes) => stops.find((node) => nodes.includes(node)) ?? nodes[0] ?? []);
    for (const node of stops) if (!next.includes(node)) node.setAttribute("tabindex", "-1");
    for (const node of next) node.setAttribute("tabindex", "0");
    stops = next;
  };
  const go = (node: SVGPathElement | undefined, kind: SVGPathElement[]) => {
    if (!node) return;
    stops = [...stops.filter((one) => !kind.includes(one)), node];
    for (const one of kind) one.setAttribute("tabindex", one === node ? "0" : "-1");
    node.focus({ preventScroll: true });
  };
  const step = (node: SVGPathElement, key: string): boolean => {
    const kind = kinds().find((nodes) => nodes.includes(node));
    const way = WAYS[key];
    if (!kind) return false;
    const at = kind.indexOf(node);
    if (way) go(neighbour(kind, node, way), kind);
    else if (key === "PageDown") go(kind[(at + 1) % kind.length], kind);
    else if (key === "PageUp") go(kind[(at - 1 + kind.length) % kind.length], kind);
    else if (key === "Home") go(kind[0], kind);
    else if (key === "End") go(kind.at(-1), kind);
    else return false;
    return true;
  };
  camera.box.addEventListener("keydown", (press) => {
    press.stopPropagation();
    const node = (press.target as Element).closest<SVGPathElement>("path[data-zone]");
    if (press.key === "+" || press.key === "=") viewport.zoomBy(1);
    else if (press.key === "-") viewport.zoomBy(-1);
    else if (!node || !step(node, press.key)) return;
    press.preventDefault();
  });
  store.follow(["on", "from", "layers", "clause"], settle);
}

/** The nearest shape whose middle lies in a direction. */
function neighbour(
  all: SVGPathElement[],
  node: SVGPathElement,
  [dx, dy]: [number, number],
): SVGPathElement | undefined {
  const middle = (one: SVGPathElement) => {
    const box = one.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2] as const;
  };
  const [x, y] = middle(node);
  let best: { node?: SVGPathElement; cost: number } = { cost: Number.POSITIVE_INFINITY };
  for (const other of all) {
    if (other === node) continue;
    const [toX, toY] = middle(other);
    const ahead = (toX - x) * dx + (toY - y) * dy;
    const aside = Math.abs((toX - x) * dy) + Math.abs((toY - y) * dx);
    if (ahead > 1 && ahead + 2 * aside < best.cost) best = { node: other, cost: ahead + 2 * aside };
  }
  return best.node;
}
