// An address with a state of the map opens it in a window of its own: this edition's, or with ?v= that of the edition named.
const { version, editions, root } = document.currentScript.dataset;
const query = new URLSearchParams(location.search);
// An address that was typed or mailed may not have its plus encoded.
const asked = query.get("v")?.replaceAll(" ", "+") || version;
query.delete("v");
const told = location.hash.slice(1) || query.toString();
const { lang } = document.documentElement;
// A page in another language leads to a map in it, unless the address names one.
const state = told && lang !== "en" && !/(^|&)lang=/.test(told) ? `${told}&lang=${lang}` : told;
if (!editions.split(" ").includes(asked)) {
  addEventListener("DOMContentLoaded", () => {
    const told = document.getElementById("edition");
    told.textContent = told.dataset.gone.replace("{asked}", () => asked).replace("{version}", version);
  });
} else if (asked !== version) location.replace(`${root}archive/${asked}/map.html#${state}`);
else if (state) location.replace(`${root}map.html#${state}`);
