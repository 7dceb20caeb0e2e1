// A group of buttons that is one stop of the Tab key; arrows go from button to button.

import { h } from "./dom.ts";

export function toolbar(className: string, buttons: HTMLButtonElement[]): HTMLElement {
  const node = h("div", { class: className, role: "toolbar", "aria-orientation": "vertical" }, buttons);
  // Those that join it later count too.
  const all = () => [...node.querySelectorAll("button")];
  const usable = () => all().filter((button) => !button.hidden);
  const choose = (chosen: HTMLButtonElement | undefined) => {
    for (const button of all()) button.tabIndex = button === chosen ? 0 : -1;
  };
  node.addEventListener("focusin", ({ target }) => choose(target as HTMLButtonElement));
  node.addEventListener("keydown", (press) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[press.key];
    const able = usable();
    const next = step && able[(able.indexOf(press.target as HTMLButtonElement) + step + able.length) % able.length];
    if (!next) return;
    press.preventDefault();
    next.focus();
  });
  choose(usable()[0]);
  return node;
}
