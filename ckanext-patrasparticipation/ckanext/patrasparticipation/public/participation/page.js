/* Small helps that every page may use; without them everything still works. */
(function () {
  "use strict";
  document.querySelectorAll("[data-participation-submit]").forEach(function (select) {
    select.addEventListener("change", function () { select.form.requestSubmit(); });
  });
  var narrow = window.matchMedia("(max-width: 56rem)");
  document.querySelectorAll("[data-participation-fold]").forEach(function (box) {
    function fold() { box.open = !narrow.matches || Boolean(box.querySelector("[aria-invalid]")); }
    fold();
    narrow.addEventListener("change", fold);
  });
  document.querySelectorAll("[data-participation-copy]").forEach(function (button) {
    if (!navigator.clipboard) { return; }
    var words = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent).then(function () {
        button.textContent = button.dataset.done;
        setTimeout(function () { button.textContent = words; }, 2000);
      });
    });
  });
  function reveal() {
    var part = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var box = part && part.querySelector(":scope > details");
    if (box) { box.open = true; }
  }
  window.addEventListener("hashchange", reveal);
  reveal();
})();
