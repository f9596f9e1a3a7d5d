/* A search leaves its empty fields out of the address; without this they stand there empty and mean the same. */
(function () {
  "use strict";
  document.querySelectorAll("form[data-participation-lean]").forEach(function (form) {
    form.addEventListener("formdata", function (event) {
      Array.from(event.formData.keys()).forEach(function (name) {
        if (event.formData.getAll(name).every(function (value) { return value === ""; })) { event.formData.delete(name); }
      });
    });
  });
})();
