/* Repeating parts of a form: add, remove and bring back, move. The parts are numbered on the page at once, in the
   names of their fields when the form is sent. Without this script the parts there are can still be changed. */
(() => {
  "use strict";

  class Parts {
    constructor(box) {
      this.box = box;
      this.name = box.dataset.participationParts;
      this.list = box.querySelector(":scope > .participation-parts-list");
      this.title = this.list.dataset.title;
      this.template = box.querySelector(":scope > template");
      this.status = document.createElement("div");
      this.status.className = "visually-hidden";
      this.status.setAttribute("role", "status");
      box.append(this.status);
      const blank = this.list.querySelector(":scope > [data-blank]");
      this.next = this.list.children.length;
      if (blank) { blank.remove(); }
      [...this.list.children].forEach((part) => this.equip(part));
      box.querySelector(":scope > .participation-parts-add").hidden = false;
      box.addEventListener("click", (event) => this.clicked(event));
      box.form.addEventListener("formdata", (event) => this.number(event.formData));
      this.count();
    }

    equip(part) {
      part.querySelector(".participation-part-tools").hidden = false;
    }

    clicked(event) {
      const button = event.target.closest("[data-act]");
      if (button && button.closest("[data-participation-parts]") === this.box) {
        this[button.dataset.act](button.closest(".participation-part"), button);
      }
    }

    standing() {
      return [...this.list.children].filter((part) => !this.fields(part).disabled);
    }

    fields(part) {
      return part.querySelector(":scope > fieldset");
    }

    add() {
      const made = this.template.content.firstElementChild.cloneNode(true);
      const index = String(this.next);
      this.next += 1;
      made.dataset.part = index;
      made.querySelectorAll("*").forEach((element) => {
        [...element.attributes].filter((one) => one.value.includes("__part__"))
          .forEach((one) => { one.value = one.value.replaceAll("__part__", index); });
      });
      this.list.append(made);
      this.equip(made);
      this.count();
      made.dispatchEvent(new CustomEvent("participation-part", { bubbles: true }));
      this.say(this.box.dataset.added, made);
      this.focus(made);
      this.changed();
    }

    focus(part) {
      const control = this.fields(part).querySelector("input:not([type=hidden]), select, textarea");
      if (control) { control.focus(); }
    }

    remove(part) {
      this.fields(part).disabled = true; // what is disabled is not sent
      this.fields(part).hidden = true;
      const told = part.querySelector(":scope > .participation-part-removed");
      told.hidden = false;
      told.querySelector("button").focus();
      this.count();
      this.changed();
    }

    undo(part) {
      part.querySelector(":scope > .participation-part-removed").hidden = true;
      this.fields(part).disabled = false;
      this.fields(part).hidden = false;
      this.count();
      this.focus(part);
      this.changed();
    }

    up(part, button) {
      const before = this.standing()[this.standing().indexOf(part) - 1];
      if (before) { before.before(part); }
      this.moved(part, button);
    }

    down(part, button) {
      const after = this.standing()[this.standing().indexOf(part) + 1];
      if (after) { after.after(part); }
      this.moved(part, button);
    }

    moved(part, button) {
      this.count();
      const other = part.querySelector(`[data-act=${button.dataset.act === "up" ? "down" : "up"}]`);
      (button.disabled ? other : button).focus();
      this.say(this.box.dataset.moved, part);
      this.changed();
    }

    say(words, part) {
      const number = this.standing().indexOf(part) + 1;
      this.status.textContent = words.replace("{title}", this.title).replace("{number}", number);
    }

    changed() {
      this.box.dispatchEvent(new Event("change", { bubbles: true }));
    }

    count() {
      const standing = this.standing();
      standing.forEach((part, at) => {
        part.querySelectorAll("[data-number]").forEach((place) => { place.textContent = at + 1; });
        part.querySelector("[data-act=up]").disabled = at === 0;
        part.querySelector("[data-act=down]").disabled = at === standing.length - 1;
      });
    }

    number(sent) { // the names of what is sent follow the order on the page
      const order = new Map(this.standing().map((part, at) => [part.dataset.part, at]));
      const pattern = new RegExp(`^${this.name}-([0-9]+)-(.+)$`);
      const ours = [...sent.entries()].filter(([name]) => pattern.test(name));
      ours.forEach(([name]) => sent.delete(name));
      ours.forEach(([name, value]) => {
        const [, index, field] = name.match(pattern);
        if (order.has(index)) { sent.append(`${this.name}-${order.get(index)}-${field}`, value); }
      });
    }
  }

  document.querySelectorAll("[data-participation-parts]").forEach((box) => new Parts(box));
})();
