// The form with which a fact is contested: a patch file and a text from what was filled in.  Nothing is sent.
const parts = ["entry", "field", "present", "proposed"];
const cited = ["publisher", "title", "date", "address"];
const box = (id) => document.getElementById(id);
const value = (id) => box(id).value.trim();
const asked = new URLSearchParams(location.search);
for (const id of parts) if (asked.get(id)) box(id).value = asked.get(id);

function patch() {
  const source = Object.fromEntries(cited.filter(value).map((id) => [id, value(id)]));
  const { version } = box("contest").dataset;
  const filled = Object.fromEntries(parts.filter(value).map((id) => [id, value(id)]));
  if (Object.keys(source).length) filled.source = source;
  if (value("comment")) filled.comment = value("comment");
  return `${JSON.stringify({ ...filled, data: version }, null, 1)}\n`;
}

function complete() {
  const names = { entry: "the entry", field: "what about it", proposed: "what it should say", title: "the source" };
  const missing = Object.keys(names).filter((id) => !value(id));
  box("missing").textContent = missing.length ? `Still missing: ${missing.map((id) => names[id]).join(", ")}.` : "";
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
  box("missing").textContent = `${link.download} is saved.`;
});
box("copy").addEventListener("click", async () => {
  if (!complete()) return;
  try {
    await navigator.clipboard.writeText(patch());
    box("missing").textContent = "The text is copied.";
  } catch {
    getSelection().selectAllChildren(box("patch"));
    box("missing").textContent = "The text is selected below: copy it from there.";
  }
});
show();
