// Small helpers for the page. Text always goes in as text, never as markup.

import type { Schedule } from "./store.ts";

export type Child = Node | string | number | null | undefined | false | Child[];
type Attribute = string | number | boolean | null | undefined | ((event: never) => void);

/** The nodes of nested children, without those that are not there. */
export function flat(children: readonly Child[]): (Node | string)[] {
  return children.flatMap((child) => {
    if (child === null || child === undefined || child === false) return [];
    if (Array.isArray(child)) return flat(child);
    return [typeof child === "number" ? String(child) : child];
  });
}

/** Makes an element: `h("p", {class: "x", onclick: f}, "text", child, [more])`. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, Attribute> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...flat(children));
  return element;
}

/** Makes an SVG element. */
export function s<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string | number> = {},
  ...children: Node[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** Writes text only where it differs: most of a date step changes nothing. */
export function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Sets an attribute only where it differs; null removes it. */
export function flag(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Gives an element its name for assistive technology, and the same as a tooltip. */
export function label(element: HTMLElement, text: string): void {
  flag(element, "aria-label", text);
  element.title = text;
}

/** Resolves after the next paint and after the tasks that wait for it. */
export const painted = (): Promise<void> =>
  new Promise((done) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() => done()))));

/** The phases of a store in a browser window. */
export const browserSchedule: Schedule = {
  afterPaint: (task) => requestAnimationFrame(() => setTimeout(task)),
  after: (milliseconds, task) => {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Runs a task when the browser has nothing else to do. */
export const whenIdle = (task: () => void): void => {
  if ("requestIdleCallback" in window) window.requestIdleCallback(task, { timeout: 1000 });
  else setTimeout(task, 200);
};

/** Puts a text on the clipboard; false where the browser does not let us. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether the reader asked for less motion. */
export const calm = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Fetches JSON, or throws with the address and what is wrong; `low` lets everything else go first. */
export async function fetchJson<T>(url: string | URL, priority: RequestPriority = "auto"): Promise<T> {
  const answer = await fetch(url, { priority });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json() as Promise<T>;
}
