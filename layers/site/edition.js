// An address with a state of the map opens it in a window of its own: this edition's, or with ?v= that of the edition named.
const { version, editions } = document.currentScript.dataset;
const query = new URLSearchParams(location.search);
// An address that was typed or mailed may not have its plus encoded.
const asked = query.get("v")?.replaceAll(" ", "+") || version;
query.delete("v");
const state = location.hash.slice(1) || query.toString();
if (!editions.split(" ").includes(asked)) {
  addEventListener("DOMContentLoaded", () => {
    document.getElementById("edition").textContent =
      `This link was made from version ${asked} of the data, which this site does not keep; it shows version ${version}.`;
  });
} else if (asked !== version) location.replace(`archive/${asked}/map.html#${state}`);
else if (state) location.replace(`map.html#${state}`);
