// The panel of the reader's own points over the map of a file (dist/attribute_panel.js).

import type { Say } from "./attribute_ask.ts";
import { createOwnList, type Shell } from "./attribute_list.ts";
import { h, label } from "./dom.ts";
import { closeIcon, icon } from "./icons.ts";

window.atlasPoints = (handle, root, kit, opener) => {
  const shell = createShell(root, () => {
    list.leave();
    opener.focus();
  });
  const list = createOwnList(handle, kit, shell, null);
  return list;
};

/** A box over the map that does not block it; Escape closes it. */
function createShell(root: HTMLElement, closed: () => void): Shell {
  const heading = h("h3", { id: "atlas-own-title", tabindex: "-1" });
  const close = h("button", { type: "button", class: "atlas-tool" }, icon(closeIcon));
  const body = h("div", { class: "atlas-own-body" });
  const box = h(
    "section",
    { class: "atlas-own-panel", role: "dialog", "aria-labelledby": "atlas-own-title", hidden: true },
    h("header", {}, heading, close),
    body,
  );
  const shut = () => {
    box.hidden = true;
    body.replaceChildren();
    closed();
  };
  close.addEventListener("click", shut);
  box.addEventListener("keydown", (press) => {
    if (press.key !== "Escape") return;
    press.stopPropagation();
    shut();
  });
  root.append(box);
  return {
    body,
    // A focus that would be lost goes to the heading.
    fill: (nodes: Node[]) => {
      const within = body.contains(document.activeElement);
      body.replaceChildren(...nodes);
      if (within) heading.focus();
    },
    title: (t: Say) => {
      heading.textContent = t("Your own points");
      label(close, t("Close"));
    },
    open: () => {
      box.hidden = false;
      heading.focus();
    },
  };
}
