/* Records on the map: those of a list by their address, or the one of a page; told in a popup of text nodes only. */
import { LngLatBounds, Popup } from "../vendor/maplibre-gl/maplibre-gl.mjs";
import { colour, ground } from "./ground.mjs";

const extent = (features) => {
  const box = new LngLatBounds();
  const walk = (part) => typeof part[0] === "number" ? box.extend(part) : part.forEach(walk);
  features.forEach(({ geometry }) => walk(geometry.coordinates));
  return box;
};

const found = async ({ places, features }) => {
  if (features) { return JSON.parse(features); }
  const answer = await fetch(places);
  if (!answer.ok) { throw new Error(`${places}: ${answer.status}`); }
  return answer.json();
};

/** A place by its title, which leads to its page. Nothing of the data is ever read as HTML. */
const story = ({ title, url }) => {
  const told = document.createElement(url ? "a" : "span");
  if (url) { told.href = url; }
  told.textContent = title;
  return told;
};

const layers = () => [
  { id: "areas-of-records", type: "fill", source: "records", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour("--sea-2"), "fill-opacity": 0.3, "fill-outline-color": colour("--sea") } },
  { id: "lines-of-records", type: "line", source: "records", filter: ["==", ["geometry-type"], "LineString"], paint: { "line-color": colour("--sea-2"), "line-width": 4 } },
  { id: "points-of-records", type: "circle", source: "records", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-color": colour("--sea-2"), "circle-radius": 8, "circle-stroke-color": colour("--paper"), "circle-stroke-width": 2 } },
];

async function draw(figure) {
  const { areas, language } = figure.dataset;
  const words = JSON.parse(figure.dataset.words);
  const [records, { chart }] = await Promise.all([found(figure.dataset), ground(figure.querySelector(".map-frame"), { areas, language, words })]);
  chart.addSource("records", { type: "geojson", data: records });
  for (const layer of layers()) {
    chart.addLayer(layer);
    chart.on("mouseenter", layer.id, () => { chart.getCanvas().style.cursor = "pointer"; });
    chart.on("mouseleave", layer.id, () => { chart.getCanvas().style.cursor = ""; });
    chart.on("click", layer.id, ({ features, lngLat }) => {
      new Popup({ maxWidth: "20rem" }).setLngLat(lngLat).setDOMContent(story(features[0].properties)).addTo(chart);
    });
  }
  const box = extent(records.features);
  if (!box.isEmpty()) { chart.fitBounds(box, { padding: 40, maxZoom: 13, animate: false }); }
  chart.once("idle", () => { figure.dataset.drawn = String(records.features.length); });
}

/** Draw at once, or, inside a folded part, when it is opened. */
for (const figure of document.querySelectorAll("[data-participation-places]")) {
  const fold = figure.closest("details");
  const begin = () => draw(figure).catch((problem) => {
    const note = Object.assign(document.createElement("p"), { className: "map-note", textContent: JSON.parse(figure.dataset.words).failed });
    figure.querySelector(".map-frame").replaceChildren(note);
    figure.dataset.failed = problem.message;
  });
  if (!fold || fold.open) { begin(); } else { fold.addEventListener("toggle", begin, { once: true }); }
}
