// What comes from around the map: the window's address and messages, fingers, size, paper.

// Hash changes and messages from the embedding page, through the same schema.
Atlas.ownWindow = (context, schema, warn) => {
  const onHash = () => context.readAddress();
  const onMessage = (message) => {
    if (window.parent === window || message.source !== window.parent || !message.data || message.data.type !== "atlas") return;
    context.show({ ...context.state, ...Object(message.data.state) }, { said: Object(message.data.state) });
  };
  window.addEventListener("popstate", onHash);
  window.addEventListener("message", onMessage);
  context.ends.push(() => { window.removeEventListener("popstate", onHash); window.removeEventListener("message", onMessage); });
};

// Inside a page one finger scrolls the page and two move the map.
Atlas.touch = (context) => {
  const { map, mapBox } = context;
  mapBox.classList.add("is-touchable");
  if (!L.Browser.touch) return;
  const fingers = (event) => { if (event.touches.length < 2) map.dragging.disable(); else map.dragging.enable(); };
  const mouse = (event) => { if (event.pointerType === "mouse") map.dragging.enable(); };
  mapBox.addEventListener("touchstart", fingers, { capture: true, passive: true });
  mapBox.addEventListener("pointerdown", mouse, { capture: true });
};

Atlas.listen = (context) => {
  const watch = new ResizeObserver(() => {
    if (!context.alive) return;
    context.still(() => {
      context.map.invalidateSize({ animate: false });
      if (!context.state.view) context.home();
    });
    context.parts.time.drawYears();
  });
  watch.observe(context.mapBox);
  // On paper the map has a size of its own, with the legend open below it.
  let wasOpen = false;
  const print = (on) => () => {
    const { legend, labels } = context.parts;
    if (on) wasOpen = legend.node.open;
    legend.node.open = on || wasOpen;
    context.root.classList.toggle("is-print", on);
    context.still(() => {
      context.map.invalidateSize({ animate: false });
      if (!context.state.view) context.home();
    });
    labels.draw();
  };
  const printing = { beforeprint: print(true), afterprint: print(false) };
  for (const [name, act] of Object.entries(printing)) {
    window.addEventListener(name, act);
    context.ends.push(() => window.removeEventListener(name, act));
  }
  context.root.addEventListener("keydown", (press) => press.stopPropagation());
  context.ends.push(() => watch.disconnect(), () => context.parts.time.destroy(), () => context.parts.compare?.destroy());
};
