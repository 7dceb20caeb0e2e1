// A picture (PNG) of the map as it is seen, with the reader's own points, the legend, the day and the credits. It is made in the
// browser: the map's nodes are drawn as an SVG that holds them, so nothing is sent anywhere.

const LINE_PX = 20;
const MARGIN_PX = 12;
const SHARP = 2;

/** Offers the picture of a map's box for download. */
export async function savePicture(box: HTMLElement, lines: readonly string[], name: string): Promise<void> {
  const url = URL.createObjectURL(await pictureOf(box, lines));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

async function pictureOf(box: HTMLElement, lines: readonly string[]): Promise<Blob> {
  const { width, height: tall } = box.getBoundingClientRect();
  const legend = legendOf(box, width);
  const height = tall + legend.height;
  const drawn = new Image();
  drawn.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgOf(box, width, tall, legend))}`;
  await drawn.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * SHARP;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("this browser has no canvas");
  const font = `${15 * SHARP}px system-ui, sans-serif`;
  pen.font = font;
  const wrapped = lines.flatMap((line) => wrap(pen, line, (width - 2 * MARGIN_PX) * SHARP));
  canvas.height = (height + 2 * MARGIN_PX + LINE_PX * wrapped.length) * SHARP;
  pen.fillStyle = "#fffefb";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(drawn, 0, 0, width * SHARP, height * SHARP);
  pen.fillStyle = "#23211d";
  pen.font = font; // a changed size takes it back
  for (const [i, line] of wrapped.entries())
    pen.fillText(line, MARGIN_PX * SHARP, (height + MARGIN_PX + LINE_PX * (i + 0.75)) * SHARP);
  return new Promise((done, failed) =>
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture came of it"))), "image/png"),
  );
}

const LEGEND = [
  "list-style:none",
  "display:grid",
  "grid-template-columns:repeat(auto-fill,minmax(240px,1fr))",
  "gap:4px 16px",
  "margin:0",
  "padding:12px 12px 0",
  "box-sizing:border-box",
  "font:13px/1.25 system-ui,sans-serif",
  "color:#23211d;",
].join(";");
const LEGEND_ROW = "display:flex;gap:8px;align-items:center;margin:0";
interface Legend {
  node: HTMLElement | null;
  height: number;
}

/** What the legend beside the map holds, in columns of a picture as wide as the map. */
function legendOf(box: HTMLElement, width: number): Legend {
  const node = box.closest(".atlas")?.querySelector(".atlas-legend-list")?.cloneNode(true) as HTMLElement | undefined;
  if (!node?.children.length) return { node: null, height: 0 };
  node.removeAttribute("class");
  node.setAttribute("style", `${LEGEND}width:${width}px;position:absolute;visibility:hidden`);
  for (const row of node.children) row.setAttribute("style", LEGEND_ROW);
  for (const swatch of node.querySelectorAll("svg")) swatch.setAttribute("style", "flex:none");
  document.body.append(node);
  const { height } = node.getBoundingClientRect();
  node.remove();
  node.setAttribute("style", `${LEGEND}width:${width}px`);
  return { node, height };
}

/** A text in lines that are no wider than so many pixels. */
function wrap(pen: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.filter(Boolean);
}

/** The nodes of a box, with all styles and what is painted on canvases, within the shells of what is around it; below it the legend. */
function svgOf(box: HTMLElement, width: number, height: number, legend: Legend): string {
  let copy = box.cloneNode(true) as HTMLElement;
  const canvases = copy.querySelectorAll("canvas");
  for (const [i, canvas] of box.querySelectorAll("canvas").entries()) canvases[i]?.replaceWith(painted(canvas));
  const pictures = copy.querySelectorAll("img");
  for (const [i, picture] of box.querySelectorAll("img").entries()) inline(picture, pictures[i]);
  for (const tip of copy.querySelectorAll(".atlas-own-tip")) tip.remove();
  for (let around = box.parentElement; around?.closest(".atlas"); around = around.parentElement) {
    const shell = around.cloneNode(false) as HTMLElement;
    shell.append(copy);
    copy = shell;
  }
  const style = document.createElement("style");
  const own = [
    `width: ${width}px`,
    `height: ${height}px`,
    "display: block",
    "position: relative",
    "inset: auto",
    "margin: 0",
  ];
  const firm = own.map((rule) => `${rule} !important`).join(";");
  style.textContent = `${rules()} .atlas, .atlas-stage, .atlas-map { ${firm} }`;
  copy.prepend(style);
  const parts = legend.node ? [copy, legend.node] : [copy];
  const content = parts.map((part) => new XMLSerializer().serializeToString(part)).join("");
  const held = `<foreignObject width="100%" height="100%">${content}</foreignObject>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + legend.height}">${held}</svg>`;
}

function painted(canvas: HTMLCanvasElement): HTMLImageElement {
  const picture = new Image();
  picture.setAttribute("style", canvas.getAttribute("style") ?? "");
  picture.src = canvas.toDataURL();
  return picture;
}

/** Puts a picture's content in place of its address; one from another host is left out. */
function inline(from: HTMLImageElement, copy: HTMLImageElement | undefined): void {
  if (!copy || from.src.startsWith("data:")) return;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [from.naturalWidth, from.naturalHeight];
  try {
    canvas.getContext("2d")?.drawImage(from, 0, 0);
    copy.src = canvas.toDataURL();
  } catch {
    copy.remove();
  }
}

/** All rules of the page's style sheets that can be read. */
function rules(): string {
  const found: string[] = [];
  for (const sheet of document.styleSheets) {
    try {
      for (const rule of sheet.cssRules) found.push(rule.cssText);
    } catch {
      // A sheet of another host says nothing about the map.
    }
  }
  return found.join("\n");
}
