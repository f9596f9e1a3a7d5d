/* The form of a record: a calendar beside each day, the state of its sections, a word before work is lost. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-participation-record]");
  if (!form) { return; }
  const words = form.dataset;

  // A calendar beside each day: the browser's own, which writes into the field that is typed in.

  function calendar(box) {
    box.dataset.ready = "";
    const typed = box.querySelector("input");
    const isMoment = "moment" in box.dataset;
    const picker = document.createElement("input");
    if (!picker.showPicker) { return; }
    Object.assign(picker, { type: isMoment ? "datetime-local" : "date", tabIndex: -1, className: "participation-day-picker" });
    picker.setAttribute("aria-hidden", "true");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn quiet", textContent: box.dataset.participationDay });
    const label = document.querySelector(`label[for="${typed.id}"]`);
    button.setAttribute("aria-label", `${box.dataset.participationDay}: ${label ? label.textContent.trim() : ""}`);
    button.addEventListener("click", () => {
      const [, day, month, year, time] = typed.value.match(/^(\d{1,2})[./](\d{1,2})[./](\d{4})(?: (\d{2}:\d{2}))?$/) || [];
      if (year) {
        picker.value = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}${isMoment ? `T${time || "00:00"}` : ""}`;
      }
      picker.showPicker();
    });
    picker.addEventListener("change", () => {
      const [day, time] = picker.value.split("T");
      typed.value = day ? day.split("-").reverse().join("/") + (time ? ` ${time}` : "") : "";
      typed.dispatchEvent(new Event("input", { bubbles: true }));
      typed.focus();
    });
    box.append(picker, button);
  }

  function equip(within) {
    within.querySelectorAll("[data-participation-day]:not([data-ready])").forEach(calendar);
  }

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

  equip(document);
  document.addEventListener("participation-part", (event) => equip(event.target));
  const errors = document.getElementById("participation-errors");
  if (errors) { errors.focus(); }
  renew();
  unfold();
})();
