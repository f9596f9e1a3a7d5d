/* The form of a record: the state of its sections, a word before work is lost, a way into what is folded. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-participation-record]");
  if (!form) { return; }
  const words = form.dataset;

  // How many required fields of each section are still empty, in the list of contents.

  function isEmpty(field) {
    const boxes = [...field.querySelectorAll("input[type=checkbox]")];
    if (boxes.some((box) => box.checked)) { return false; }
    if (field.matches("[data-participation-parts]")) { return !field.querySelector(".participation-part > fieldset:not([disabled])"); }
    const controls = [...field.querySelectorAll("input:not([type=checkbox], [tabindex='-1']), select, textarea")];
    return !controls.some((control) => control.value.trim());
  }

  function missing(section) {
    return [...section.querySelectorAll(".participation-field")]
      .filter((field) => field.querySelector(":scope > .form-label .control-required") && !field.closest(".participation-part"))
      .filter(isEmpty).length;
  }

  function renew() {
    document.querySelectorAll(".participation-contents [data-section]").forEach((line) => {
      const section = document.getElementById(line.dataset.section);
      const count = missing(section);
      const told = line.querySelector(".participation-contents-missing");
      told.hidden = count === 0;
      told.querySelector("[data-count]").textContent = count;
      line.classList.toggle("is-complete", count === 0);
    });
  }

  // A word before work is lost.

  let isChanged = "changed" in words;
  let isSent = false;
  const state = document.querySelector("[data-participation-unsaved]");
  function touched() {
    isChanged = true;
    if (state) { state.hidden = false; }
    renew();
  }
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener("submit", () => { isSent = true; });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged && !isSent) { event.preventDefault(); }
  });
  window.addEventListener("pageshow", () => { isSent = false; });

  // What a link of the contents or of the errors leads to is unfolded and gets the focus.

  function unfold() {
    const part = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!part) { return; }
    for (let box = part.closest("details"); box; box = box.parentElement.closest("details")) { box.open = true; }
    part.scrollIntoView();
    const control = part.matches("input, select, textarea, summary") ? part : part.querySelector("summary, input:not([type=hidden]), select, textarea");
    if (control) { control.focus({ preventScroll: true }); }
  }
  window.addEventListener("hashchange", unfold);
  document.addEventListener("click", (event) => { // a second click on the same link changes no address
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) { unfold(); }
  });

  const errors = document.getElementById("participation-errors");
  if (errors) { errors.focus(); }
  renew();
  unfold();
})();
