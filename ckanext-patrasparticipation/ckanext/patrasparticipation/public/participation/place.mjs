/* Search for a place: drag a box on the map; the address carries it as ext_bbox. The list beside it needs no map. */
import { ground } from "./ground.mjs";

const PRECISION = 4; // decimals of a degree, about ten metres

const asked = (text) => {
  const sides = text.split(",").map(Number);
  return sides.length === 4 && sides.every(Number.isFinite) ? sides : null;
};

/** Send the search form with that box as its place, so that nothing else in the form is lost. */
const go = (sides) => {
  const box = sides.map((side) => side.toFixed(PRECISION)).join(",");
  const list = document.getElementById("field-place");
  list.append(new Option(box, box, true, true));
  list.form.requestSubmit();
};

const stretch = (rectangle, from, to) => {
  Object.assign(rectangle.style, {
    left: `${Math.min(from.x, to.x)}px`, top: `${Math.min(from.y, to.y)}px`,
    width: `${Math.abs(from.x - to.x)}px`, height: `${Math.abs(from.y - to.y)}px`,
  });
};

const within = (frame, event) => {
  const edge = frame.getBoundingClientRect();
  return { x: event.clientX - edge.left, y: event.clientY - edge.top };
};

/** Let the reader drag a rectangle over the chart, with mouse, pen or finger. */
const drawing = (frame, chart) => {
  const canvas = chart.getCanvasContainer();
  const rectangle = Object.assign(document.createElement("div"), { className: "map-box", hidden: true });
  let from = null;
  frame.classList.add("drawing");
  frame.append(rectangle);
  chart.dragPan.disable();
  chart.boxZoom.disable();
  canvas.style.touchAction = "none";
  canvas.addEventListener("pointerdown", (event) => {
    from = within(frame, event);
    canvas.setPointerCapture(event.pointerId);
    stretch(rectangle, from, from);
    rectangle.hidden = false;
  });
  canvas.addEventListener("pointermove", (event) => { if (from) { stretch(rectangle, from, within(frame, event)); } });
  canvas.addEventListener("pointerup", (event) => {
    const to = within(frame, event);
    const [one, other] = [chart.unproject([from.x, from.y]), chart.unproject([to.x, to.y])];
    const small = Math.abs(from.x - to.x) < 4 || Math.abs(from.y - to.y) < 4;
    from = null;
    if (small) { rectangle.hidden = true; return; }
    go([Math.min(one.lng, other.lng), Math.min(one.lat, other.lat), Math.max(one.lng, other.lng), Math.max(one.lat, other.lat)]);
  });
};

const outline = (chart, [west, south, east, north], colour) => {
  const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
  chart.addSource("asked", { type: "geojson", data: { type: "Polygon", coordinates: [ring] } });
  chart.addLayer({ id: "asked", type: "line", source: "asked", paint: { "line-color": colour, "line-width": 2 } });
};

const open = async (place, button, words) => {
  const frame = Object.assign(document.createElement("div"), { className: "map-frame" });
  const help = Object.assign(document.createElement("p"), { className: "meta", textContent: words.draw });
  button.replaceWith(help, frame);
  try {
    const { chart } = await ground(frame, { areas: place.dataset.areas, language: place.dataset.language, words });
    const box = asked(place.dataset.box);
    if (box) { outline(chart, box, getComputedStyle(document.documentElement).getPropertyValue("--sun").trim()); }
    drawing(frame, chart);
    place.dataset.drawn = "1";
  } catch (problem) {
    frame.replaceChildren(Object.assign(document.createElement("p"), { className: "map-note", textContent: words.failed }));
    place.dataset.failed = problem.message;
  }
};

for (const place of document.querySelectorAll("[data-participation-place]")) {
  const words = JSON.parse(place.dataset.words);
  const button = Object.assign(document.createElement("button"), { type: "button", className: "linklike", textContent: words.open });
  button.addEventListener("click", () => open(place, button, words));
  place.append(button);
  place.hidden = false;
}
