// The form with which a fact is contested: a patch file and a text from what was filled in.  Nothing is sent.
const parts = ["entry", "field", "present", "proposed"];
const cited = ["publisher", "title", "date", "address"];
const box = (id) => document.getElementById(id);
const value = (id) => box(id).value.trim();
// What the form says, in the page's language.
const told = box("contest").dataset;
const asked = new URLSearchParams(location.search);
for (const id of parts) if (asked.get(id)) box(id).value = asked.get(id);

function patch() {
  const source = Object.fromEntries(cited.filter(value).map((id) => [id, value(id)]));
  const filled = Object.fromEntries(parts.filter(value).map((id) => [id, value(id)]));
  if (Object.keys(source).length) filled.source = source;
  if (value("comment")) filled.comment = value("comment");
  return `${JSON.stringify({ ...filled, data: told.version }, null, 1)}\n`;
}

function complete() {
  const missing = ["entry", "field", "proposed", "title"].filter((id) => !value(id));
  const names = missing.map((id) => box(id).labels[0].textContent).join(", ");
  box("missing").textContent = names && told.missing.replace("{names}", () => names);
  if (missing.length) box(missing[0]).focus();
  return !missing.length;
}

function show() {
  box("patch").textContent = patch();
}

box("contest").addEventListener("input", show);
box("contest").addEventListener("submit", (event) => event.preventDefault());
box("file").addEventListener("click", () => {
  if (!complete()) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([patch()], { type: "application/json" }));
  link.download = `contest-${value("entry").replace(/[^\w-]+/g, "-")}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
  box("missing").textContent = told.saved.replace("{file}", link.download);
});
box("copy").addEventListener("click", async () => {
  if (!complete()) return;
  try {
    await navigator.clipboard.writeText(patch());
    box("missing").textContent = told.copied;
  } catch {
    getSelection().selectAllChildren(box("patch"));
    box("missing").textContent = told.selected;
  }
});
show();
