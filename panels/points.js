// The reader's own points, drawn on a canvas over the map that window.atlas holds, at their dates.
// On the day shown (or between the days compared) a point is large, from before it is small, after it there is none.
// Drawing again costs one pass over the points; positions are projected only when the zoom changes.
const DAY = 86_400_000;
const pixel = (...channels) => new Uint32Array(new Uint8Array(channels).buffer)[0];
const INK = pixel(20, 24, 26, 255);
const HALO = pixel(255, 255, 255, 255);
const DUST = pixel(20, 24, 26, 150);
const layers = new WeakMap();

const dayNumber = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);

async function atlas() {
  for (let tries = 0; tries < 300; tries += 1) {
    if (window.atlas) {
      await window.atlas.ready;
      return window.atlas;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("the map is not there");
}

// Web Mercator, in pixels of a zoom level: what Leaflet does for one point, for all.
function project(points, zoom) {
  const scale = 256 * 2 ** zoom;
  const count = points.day.length;
  const xy = new Float64Array(2 * count);
  for (let i = 0; i < count; i += 1) {
    const lat = Math.max(-85, Math.min(85, points.lat[i] / 1e5)) * (Math.PI / 180);
    xy[2 * i] = scale * (points.lon[i] / 1e5 / 360 + 0.5);
    xy[2 * i + 1] = scale * (0.5 - Math.log(Math.tan(Math.PI / 4 + lat / 2)) / (2 * Math.PI));
  }
  return xy;
}

// Number of points dated before a day; they stand oldest first.
function before(days, day) {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle] < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function layer(handle, points, tell) {
  const map = handle.map();
  const canvas = document.createElement("canvas");
  canvas.className = "atlas-own-points";
  canvas.setAttribute("aria-hidden", "true");
  canvas.style.cssText = "position:absolute;pointer-events:none;z-index:450";
  map.getPanes().mapPane.append(canvas);
  const pen = canvas.getContext("2d");
  let xy = null;
  let zoom = null;
  let ratio = 1;
  let image = null;
  let pixels = null;

  const place = () => {
    const size = map.getSize();
    ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(size.x * ratio) || canvas.height !== Math.round(size.y * ratio)) {
      canvas.width = Math.round(size.x * ratio);
      canvas.height = Math.round(size.y * ratio);
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    window.L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    if (zoom !== map.getZoom()) {
      zoom = map.getZoom();
      xy = project(points, zoom);
    }
  };
  // Marks are written as pixels: a tenth of the time of as many rectangles.
  const stamp = (from, to, size, colour, left, top, only) => {
    const { width, height } = canvas;
    const side = Math.round(size * ratio);
    for (let i = from; i < to; i += 1) {
      if (only && points.certain[i]) continue;
      const x = Math.round((xy[2 * i] - left) * ratio - side / 2);
      const y = Math.round((xy[2 * i + 1] - top) * ratio - side / 2);
      if (x < 0 || y < 0 || x + side > width || y + side > height) continue;
      for (let row = 0, at = y * width + x; row < side; row += 1, at += width) pixels.fill(colour, at, at + side);
    }
  };
  const draw = () => {
    const start = performance.now(); // for the benchmark
    const { on, from } = handle.state();
    const last = before(points.day, dayNumber(on) + 1);
    const first = before(points.day, from ? dayNumber(from) + 1 : dayNumber(on));
    const { x: left, y: top } = map.project(map.containerPointToLatLng([0, 0]), zoom);
    if (!image || image.width !== canvas.width || image.height !== canvas.height) {
      image = pen.createImageData(canvas.width, canvas.height);
      pixels = new Uint32Array(image.data.buffer);
    }
    pixels.fill(0);
    stamp(0, first, 3, DUST, left, top);
    stamp(first, last, 10, HALO, left, top);
    stamp(first, last, 8, INK, left, top);
    stamp(first, last, 4, HALO, left, top, true);
    pen.putImageData(image, 0, 0);
    canvas.dataset.ms = (performance.now() - start).toFixed(2);
    tell({ on: Math.max(0, last - first), before: first, day: on, all: points.day.length });
  };
  const all = () => { place(); draw(); };
  const hide = () => pen.clearRect(0, 0, canvas.width, canvas.height);
  map.on("moveend zoomend resize viewreset", all);
  map.on("zoomstart", hide);
  // The time bar says the date that it shows; it changes before the map's own paint, so the points come with it.
  const root = map.getContainer().closest(".atlas");
  const bar = root.querySelector(".atlas-range");
  const watch = new MutationObserver(draw);
  watch.observe(bar, { attributes: true, attributeFilter: ["aria-valuetext"] });
  const later = () => requestAnimationFrame(draw); // another day to compare with leaves the time bar alone
  root.addEventListener("change", later);
  all();
  return {
    handle,
    points,
    remove: () => {
      watch.disconnect();
      root.removeEventListener("change", later);
      map.off("moveend zoomend resize viewreset", all);
      map.off("zoomstart", hide);
      canvas.remove();
    },
  };
}

export default function ({ parentElement, data }) {
  const text = parentElement.querySelector(".atlas-own");
  const { points, words } = data;
  let alive = true;
  const number = (value) => value.toLocaleString("en");
  const tell = (counts) => {
    const count = words.count.replace(/\{(on|before|day|all)\}/g, (_, name) => (name === "day" ? counts.day : number(counts[name])));
    text.textContent = `${count} ${words.hint}`;
  };
  const old = layers.get(text);
  atlas().then((handle) => {
    if (!alive) return;
    if (old) old.remove();
    layers.set(text, layer(handle, points, tell));
  }).catch((error) => { text.textContent = String(error.message); });
  return () => {
    alive = false;
    layers.get(text)?.remove();
    layers.delete(text);
  };
}
