/* The rows of a feed on the map: coloured by a closed list, told in a popup made of text nodes only. */
import { LngLatBounds, Popup } from "../vendor/maplibre-gl/maplibre-gl.mjs";
import { colour, ground } from "./ground.mjs";

const KEYS = ["--sea-2", "--sun", "--leaf", "--warn"];
const OTHERS = ["#7a4f9a", "#5f6e78"];
const palette = () => [...KEYS.map(colour), ...OTHERS];

const element = (tag, text) => {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
};

/** A value as the reader reads it: a choice by its label, a number as the language writes it. */
const told = (value, column, { language, words }) => {
  if (typeof value === "boolean") { return value ? words.yes : words.no; }
  if (Object.hasOwn(column.choices, value)) { return column.choices[value]; }
  if (typeof value === "number" && (column.unit || !Number.isInteger(value))) {
    return new Intl.NumberFormat(language, { maximumFractionDigits: 6 }).format(value);
  }
  return String(value);
};

/** What a popup says: a list of terms, built from text nodes. Nothing of the data is ever read as HTML. */
const story = (properties, setting) => {
  const list = document.createElement("dl");
  for (const column of setting.columns) {
    const value = properties[column.name];
    if (value === null || value === undefined || value === "" || column.name === "geometry") { continue; }
    const unit = column.unit ? ` ${column.unit}` : "";
    list.append(element("dt", column.label), element("dd", told(value, column, setting) + unit));
  }
  return list;
};

const counts = (features, key) => {
  const found = new Map();
  for (const { properties } of features) { found.set(properties[key], (found.get(properties[key]) || 0) + 1); }
  return [...found].sort((one, other) => other[1] - one[1]);
};

/** The most frequent codes, each with a colour; the rest share the last one and one line of the legend. */
const keyed = (features, setting) => {
  const all = counts(features, setting.colour);
  const last = KEYS.length + OTHERS.length - 1;
  const whole = all.length > last + 1 ? last : all.length;
  const keys = all.slice(0, whole).map(([code, number], place) => ({ code, number, place }));
  const rest = all.slice(whole).reduce((sum, [, number]) => sum + number, 0);
  return rest ? [...keys, { rest: true, number: rest, place: last }] : keys;
};

const legend = (list, keys, setting) => {
  const column = setting.columns.find((one) => one.name === setting.colour);
  const format = new Intl.NumberFormat(setting.language);
  for (const { code, number, place, rest } of keys) {
    const item = document.createElement("li");
    const swatch = document.createElement("span");
    swatch.className = `swatch k${place}`;
    const named = code === null || code === undefined ? setting.words.none : told(code, column, setting);
    item.append(swatch, element("span", rest ? setting.words.others : named), element("span", format.format(number)));
    item.lastChild.className = "num";
    list.append(item);
  }
};

const fill = (keys, setting) => {
  const colours = palette();
  const cases = keys.filter(({ code }) => typeof code === "string").flatMap(({ code, place }) => [code, colours[place]]);
  const rest = keys.some((key) => key.rest) ? colours.at(-1) : colours[0];
  return cases.length ? ["match", ["to-string", ["get", setting.colour]], ...cases, rest] : colours[0];
};

const layer = (setting, paint) => setting.geometry === "area"
  ? { id: "rows", type: "fill", source: "rows", paint: { "fill-color": paint, "fill-opacity": 0.35, "fill-outline-color": colour("--sea") } }
  : { id: "rows", type: "circle", source: "rows", paint: {
    "circle-color": paint, "circle-opacity": 0.8,
    "circle-radius": ["interpolate", ["linear"], ["zoom"], 9, 2, 12, 3.5, 15, 7, 18, 11],
    "circle-stroke-color": colour("--paper"), "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 12, 0, 14, 1.2],
  } };

const extent = (features) => {
  const box = new LngLatBounds();
  const walk = (part) => typeof part[0] === "number" ? box.extend(part) : part.forEach(walk);
  features.filter(({ geometry }) => geometry).forEach(({ geometry }) => walk(geometry.coordinates));
  return box;
};

async function draw(figure) {
  const { points, areas, language, geometry, colour: by } = figure.dataset;
  const setting = { language, geometry, colour: by, columns: JSON.parse(figure.dataset.columns), words: JSON.parse(figure.dataset.words) };
  const [rows, { chart }] = await Promise.all([
    fetch(points).then((answer) => { if (!answer.ok) { throw new Error(`${points}: ${answer.status}`); } return answer.json(); }),
    ground(figure.querySelector(".map-frame"), { areas, language, words: setting.words }),
  ]);
  const keys = by ? keyed(rows.features, setting) : [];
  if (keys.length) { legend(figure.querySelector("[data-participation-legend]"), keys, setting); }
  chart.addSource("rows", { type: "geojson", data: rows });
  chart.addLayer(layer(setting, fill(keys, setting)));
  const box = extent(rows.features);
  if (!box.isEmpty()) { chart.fitBounds(box, { padding: 24, maxZoom: 16, animate: false }); }
  chart.on("mouseenter", "rows", () => { chart.getCanvas().style.cursor = "pointer"; });
  chart.on("mouseleave", "rows", () => { chart.getCanvas().style.cursor = ""; });
  chart.on("click", "rows", ({ features, lngLat }) => {
    new Popup({ maxWidth: "20rem" }).setLngLat(lngLat).setDOMContent(story(features[0].properties, setting)).addTo(chart);
  });
  chart.once("idle", () => { figure.dataset.drawn = String(rows.features.length); });
  figure.chart = chart;
}

for (const figure of document.querySelectorAll("[data-participation-map]")) {
  draw(figure).catch((problem) => {
    const frame = figure.querySelector(".map-frame");
    frame.replaceChildren(Object.assign(element("p", JSON.parse(figure.dataset.words).failed), { className: "map-note" }));
    figure.dataset.failed = problem.message;
  });
}
