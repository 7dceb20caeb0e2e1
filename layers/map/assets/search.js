// Finds a place by any of its names and flies there.

Atlas.search = (context) => {
  const { h } = Atlas;
  const { text, map } = context;
  const plain = (word) => word.toLocaleLowerCase("az").normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ı", "i").replaceAll("ə", "e");
  const index = text.places.flatMap((place) => ["neutral", "az", "hy", "ru"].filter((lang) => place.names[lang]).flatMap((lang) => place.names[lang].split(" / ").map((part) => ({ place, key: plain(part), word: part }))));
  const fit = (entry, key) => (entry.key === key ? 0 : entry.key.startsWith(key) ? 1 : 2);
  const id = `atlas${context.uid}-places`;
  const { field, node } = context.parts.searchBox;
  const list = h("ul", { id, class: "atlas-found", role: "listbox", hidden: true });
  const roles = { role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(roles)) field.setAttribute(name, value);
  node.append(list);
  let found = [];
  let chosen = -1;
  let ring = null;

  const shut = () => { list.hidden = true; chosen = -1; field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); };
  const go = ({ place }) => {
    shut();
    field.value = context.words.name(place.names);
    map.flyTo([place.lat, place.lon], Math.max(map.getZoom(), 10.5), { animate: !window.matchMedia("(prefers-reduced-motion: reduce)").matches });
    if (ring) ring.remove();
    ring = L.circleMarker([place.lat, place.lon], { radius: 14, color: "#26242b", weight: 2, fill: false, interactive: false }).addTo(map);
    context.say(context.words.name(place.names));
  };
  const draw = () => {
    list.replaceChildren(...found.map(({ place, word }, number) => h("li", { id: `${id}-${number}`, role: "option", "aria-selected": String(number === chosen), onmousedown: (press) => { press.preventDefault(); go({ place }); } },
      context.words.name(place.names), context.words.name(place.names).includes(word) ? "" : ` (${word})`)));
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(Boolean(found.length)));
    if (chosen >= 0) field.setAttribute("aria-activedescendant", `${id}-${chosen}`);
  };
  const look = () => {
    const key = plain(field.value.trim());
    const seen = new Set();
    found = key ? index.filter((entry) => entry.key.includes(key)).sort((a, b) => fit(a, key) - fit(b, key) || a.place.rank - b.place.rank)
      .filter((entry) => !seen.has(entry.place.id) && seen.add(entry.place.id)).slice(0, 8) : [];
    chosen = found.length ? 0 : -1;
    draw();
  };
  field.addEventListener("input", look);
  field.addEventListener("keydown", (press) => {
    if (press.key === "ArrowDown" || press.key === "ArrowUp") {
      press.preventDefault();
      chosen = found.length ? (chosen + (press.key === "ArrowDown" ? 1 : found.length - 1)) % found.length : -1;
      draw();
    } else if (press.key === "Enter" && found[chosen]) go(found[chosen]);
    else if (press.key === "Escape") shut();
  });
  field.addEventListener("blur", shut);
  if (field.value) look();
  return { words: () => list.setAttribute("aria-label", context.words.t("Places found")) };
};
