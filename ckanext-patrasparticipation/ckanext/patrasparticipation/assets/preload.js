/* Hands data that a page carries as JSON to scripts that expect it in a global name: no script stands inside a page. */
document.querySelectorAll('script[type="application/json"][data-name]').forEach(function (block) {
  window[block.dataset.name] = JSON.parse(block.textContent);
});

/* CKAN's table gives setTimeout what a function returned, `undefined`, which a browser would evaluate as text. */
var later = window.setTimeout;
window.setTimeout = function (what) {
  return what === undefined ? 0 : later.apply(window, arguments);
};
