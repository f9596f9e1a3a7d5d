/* A calendar beside each day of a form: the browser's own, which writes into the field that is typed in. */
(() => {
  "use strict";

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

  equip(document);
  document.addEventListener("participation-part", (event) => equip(event.target));
})();
