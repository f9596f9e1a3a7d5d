/* The ground of every map: the municipality's own polygons, their names as HTML, the page's own colours. */
import { Map as Chart, Marker, NavigationControl } from "../vendor/maplibre-gl/maplibre-gl.mjs";

/** The value of one of the page's colours, such as `--sea`. */
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const dark = matchMedia("(prefers-color-scheme: dark)");

const style = (areas) => ({
  version: 8,
  sources: { areas: { type: "geojson", data: areas } },
  layers: [
    { id: "sea", type: "background", paint: { "background-color": colour("--sea-tint") } },
    { id: "land", type: "fill", source: "areas", paint: { "fill-color": colour("--paper") } },
    { id: "borders", type: "line", source: "areas", paint: { "line-color": colour("--line"), "line-width": 1.5 } },
  ],
});

const repaint = (chart) => {
  chart.setPaintProperty("sea", "background-color", colour("--sea-tint"));
  chart.setPaintProperty("land", "fill-color", colour("--paper"));
  chart.setPaintProperty("borders", "line-color", colour("--line"));
};

const name = (chart, feature, language) => {
  const label = document.createElement("span");
  label.className = "map-place";
  label.textContent = feature.properties.label[language] || feature.properties.label.el;
  new Marker({ element: label }).setLngLat(feature.properties.at).addTo(chart);
};

/** The box round all features with a `bbox` of their own: [west, south, east, north]. */
export const around = (features) => features.map((feature) => feature.properties.bbox).reduce(
  (all, box) => [Math.min(all[0], box[0]), Math.min(all[1], box[1]), Math.max(all[2], box[2]), Math.max(all[3], box[3])],
  [180, 90, -180, -90]);

/** Draw the ground in `frame`; resolves with the chart once it is drawn, rejects where WebGL is missing. */
export async function ground(frame, { areas, language, words }) {
  const answer = await fetch(areas);
  if (!answer.ok) { throw new Error(`${areas}: ${answer.status}`); }
  const city = await answer.json();
  const box = document.createElement("div");
  frame.append(box);
  const chart = new Chart({
    container: box, style: style(city), ...(city.features.length ? { bounds: around(city.features) } : {}), fitBoundsOptions: { padding: 16 },
    attributionControl: false, dragRotate: false, pitchWithRotate: false, cooperativeGestures: false, fadeDuration: 0,
    locale: { "Map.Title": words.map, "NavigationControl.ZoomIn": words.zoomIn || "+", "NavigationControl.ZoomOut": words.zoomOut || "−", "Popup.Close": words.close || "×" },
  });
  chart.touchZoomRotate.disableRotation();
  chart.scrollZoom.disable();
  chart.addControl(new NavigationControl({ showCompass: false }), "top-right");
  await chart.once("load");
  city.features.forEach((feature) => name(chart, feature, language));
  dark.addEventListener("change", () => repaint(chart));
  frame.querySelector(".map-note")?.remove();
  return { chart, city };
}
