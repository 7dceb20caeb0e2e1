// Furniture of the map: zoom, full screen, scale bar, coordinates, credits, relief.

Atlas.base = (context) => {
  const { map, text, stage, options } = context;
  const { h } = Atlas;
  const button = (label, sign, act) => h("button", { type: "button", class: "atlas-tool", "aria-label": label, title: label, onclick: act }, sign);
  const tools = h("div", { class: "atlas-tools" });
  const measureButton = (label) => {
    const found = button(label, "↔", () => context.use("measure", (part) => part.toggle()));
    found.dataset.tool = "measure";
    return found;
  };
  const scale = h("div", { class: "atlas-scale", "aria-hidden": "true" }, h("span"), h("i"));
  const where = h("output", { class: "atlas-where" });
  const credits = h("p", { class: "atlas-credits" });
  stage.append(tools, h("div", { class: "atlas-foot" }, where, scale));

  const fullScreen = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (context.root.requestFullscreen) context.root.requestFullscreen();
  };
  let extra = "";
  const credit = (other) => {
    extra = other;
    credits.textContent = ["Leaflet", text.credits, other].filter(Boolean).join(" · ");
  };
  const words = () => {
    const { t } = context.words;
    tools.replaceChildren(
      button(t("Zoom in"), "+", () => map.zoomIn()),
      button(t("Zoom out"), "−", () => map.zoomOut()),
      button(t("Whole area"), "◱", () => { context.set({ view: null }); context.still(context.home); }),
      measureButton(t("Measure")),
      document.fullscreenEnabled ? button(t("Full screen"), "⛶", fullScreen) : "",
    );
    credit(extra);
  };

  const steps = [1, 2, 5];
  const measure = () => {
    const middle = map.getSize().divideBy(2);
    const metres = map.distance(map.containerPointToLatLng([0, middle.y]), map.containerPointToLatLng([100, middle.y]));
    if (!metres) return;
    const power = 10 ** Math.floor(Math.log10(metres));
    const length = power * steps.findLast((step) => step * power <= metres);
    scale.lastChild.style.width = `${Math.round((100 * length) / metres)}px`;
    scale.firstChild.textContent = length >= 1000 ? `${length / 1000} km` : `${length} m`;
  };
  const readOut = ({ latlng }) => { where.textContent = `${latlng.lat.toFixed(4)}° N, ${latlng.lng.toFixed(4)}° E`; };
  map.on("mousemove", readOut);
  map.on("zoomend moveend resize", measure);
  measure();

  let relief = null;
  const showRelief = (on) => {
    if (on && !relief && options.reliefUrl && text.relief_bounds) {
      map.createPane("atlasRelief").style.zIndex = 405;
      relief = L.imageOverlay(options.reliefUrl, text.relief_bounds, { pane: "atlasRelief", opacity: 0.45, interactive: false, className: "atlas-relief", alt: "" });
    }
    if (relief) { if (on) relief.addTo(map); else relief.remove(); }
  };
  return { words, credits, credit, showRelief, hasRelief: Boolean(options.reliefUrl && text.relief_bounds) };
};
