// The tabs beside the map: layers, the card, what changed, the table.
Atlas.tabs = (context, panels) => {
  const { h } = Atlas;
  const names = { layers: "Layers", card: "Card", compare: "Changes", table: "Table" };
  // words: Layers | Card | Changes | Table
  const buttons = {};
  let now = "layers";
  for (const key of Object.keys(panels)) {
    const [tab, panel] = [`atlas${context.uid}-tab-${key}`, `atlas${context.uid}-panel-${key}`];
    buttons[key] = h("button", { type: "button", role: "tab", id: tab, "aria-controls": panel, onclick: () => choose(key) });
    const holder = h("div", { role: "tabpanel", id: panel, "aria-labelledby": tab, class: "atlas-tabpanel", tabindex: "-1" }, panels[key]);
    panels[key] = holder;
  }
  const bar = h("div", { class: "atlas-tabs", role: "tablist" }, Object.values(buttons));
  const box = h("div", { class: "atlas-tabbox" }, Object.values(panels));
  const refresh = (key) => {
    if (key === "card") context.parts.card.render();
    if (key === "table" || key === "compare") context.use(key, (part) => { panels[key].replaceChildren(part.node); part.update(); });
  };
  const choose = (key) => {
    now = key;
    for (const [id, button] of Object.entries(buttons)) {
      Atlas.flag(button, "aria-selected", String(id === key));
      button.tabIndex = id === key ? 0 : -1;
      panels[id].hidden = id !== key;
    }
    refresh(key);
  };
  bar.addEventListener("keydown", (press) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[press.key];
    if (!step) return;
    const keys = Object.keys(buttons);
    const next = keys[(keys.indexOf(now) + step + keys.length) % keys.length];
    choose(next);
    buttons[next].focus();
  });
  const words = () => { for (const [key, button] of Object.entries(buttons)) Atlas.write(button, context.words.t(names[key])); };
  const update = () => { refresh(now); if (now !== "compare") context.parts.compare?.update(); };
  for (const [id] of Object.entries(buttons)) panels[id].hidden = id !== now;
  Atlas.flag(buttons.layers, "aria-selected", "true");
  return { bar, box, choose, words, update, focus: () => buttons[now].focus() };
};
