// An address with ?v= names an edition of the data: another one than this opens from the archive, at the same state.
const asked = new URLSearchParams(location.search).get("v")?.replaceAll(" ", "+");
if (asked && asked !== document.currentScript.dataset.version && /^[0-9A-Za-z][0-9A-Za-z.+-]{0,63}$/.test(asked)) {
  location.replace(`archive/${asked}/map.html${location.hash}`);
}
