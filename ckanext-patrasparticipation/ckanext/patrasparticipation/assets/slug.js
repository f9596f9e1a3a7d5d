/* Addresses in Latin letters while the title is typed: the browser's reading of records/greek.py.
 *
 * The table travels in the page (data-module-table), so that server and browser follow one definition;
 * tests/catalogue/test_slugs.py runs both over the same words.
 */
(function (root) {
  "use strict";

  function word(text, table) {
    table.rules.forEach(function (rule) {
      text = text.replace(new RegExp(rule[0], "g"), rule[1]);
    });
    return text.normalize("NFKD").replace(new RegExp(table.marks, "g"), "");
  }

  function slug(text, table, length) {
    var plain = text.toLowerCase().normalize("NFKD").replace(new RegExp(table.unused, "g"), "").normalize("NFC");
    var latin = plain.split(new RegExp(table.between)).map(function (part) { return word(part, table); }).join("");
    var whole = latin.replace(new RegExp(table.gap, "g"), "-").replace(/^-+|-+$/g, "");
    if (whole.length > length) {
      var cut = whole.slice(0, length);
      whole = whole[length] === "-" || cut.indexOf("-") < 0 ? cut : cut.slice(0, cut.lastIndexOf("-"));
    }
    whole = whole.replace(/^-+|-+$/g, "");
    return whole.length > 1 ? whole : "";
  }

  if (typeof module !== "undefined" && module.exports) {
    module.exports = slug;
  }
  if (!root.ckan || !root.ckan.module) {
    return;
  }

  /* Sits on the address field: follows the title until somebody edits the address by hand. */
  root.ckan.module("participation-slug", function () {
    return {
      options: { table: null, length: 95, source: "" },
      initialize: function () {
        var address = this.el[0];
        var options = this.options;
        var source = document.querySelector(options.source);
        var following = source && !address.value;
        if (source) {
          source.addEventListener("input", function () {
            if (following) {
              address.value = slug(source.value, options.table, options.length);
            }
          });
        }
        // An address nobody chose is left to the server, which knows the ones that are taken.
        address.form.addEventListener("submit", function () {
          if (following) {
            address.value = "";
          }
        });
        address.addEventListener("input", function () { following = false; });
        address.addEventListener("change", function () {
          address.value = slug(address.value, options.table, options.length);
          following = !address.value;
        });
      }
    };
  });
})(this);
