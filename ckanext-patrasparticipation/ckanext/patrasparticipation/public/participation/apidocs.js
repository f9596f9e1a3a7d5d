/* Lay Swagger UI over the list of calls; without it, or if it does not load, the list stays. */
(function () {
  "use strict";
  var place = document.getElementById("swagger");
  if (!place || !window.SwaggerUIBundle) { return; }
  window.SwaggerUIBundle({
    url: place.dataset.document,
    domNode: place,
    docExpansion: "none",
    defaultModelsExpandDepth: -1,
    deepLinking: true,
    filter: true,
    validatorUrl: null, // nothing is asked of another site
    onComplete: function () {
      place.hidden = false;
      document.getElementById("api-list").hidden = true;
    },
  });
})();
