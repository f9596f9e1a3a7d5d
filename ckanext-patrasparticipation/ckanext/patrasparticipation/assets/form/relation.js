/* Choose records by name: an ARIA 1.2 combobox that asks the catalogue, and the list of what was chosen, in order.
   What is written and not chosen is sent as it stands: the catalogue reads an address or a name. */
(() => {
  "use strict";
  const WAIT = 200; // ms of rest after a letter
  const LEAST = 2; // letters
  let made = 0;

  function element(name, attributes, ...inside) {
    const result = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => result.setAttribute(key, value));
    result.append(...inside);
    return result;
  }

  class Picker {
    constructor(box) {
      this.box = box;
      box.dataset.ready = "";
      this.words = JSON.parse(box.dataset.words);
      this.several = "several" in box.dataset;
      this.input = box.querySelector("input[type=text]");
      this.name = this.input.name;
      this.chosen = box.querySelector(".participation-chosen");
      this.options = [];
      this.active = -1;
      this.id = `relation-${made += 1}`;
      this.list = element("div", { id: this.id, class: "suggestions", role: "listbox", "aria-label": box.querySelector("label").textContent.trim(), hidden: "" });
      this.status = element("div", { class: "visually-hidden", role: "status" });
      this.input.after(this.list, this.status);
      Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.id })
        .forEach(([key, value]) => this.input.setAttribute(key, value));
      [...this.chosen.children].forEach((item) => this.adopt(item));
      this.listen();
      this.renew();
    }

    listen() {
      this.input.addEventListener("input", (event) => { if (!event.isComposing) { this.typed(); } });
      this.input.addEventListener("compositionend", () => this.typed());
      this.input.addEventListener("keydown", (event) => this.pressed(event));
      this.input.addEventListener("blur", () => this.close());
      this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) { this.take(this.options.indexOf(option)); }
      });
      this.chosen.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (button) { this[button.dataset.act](button.closest("li"), button); }
      });
    }

    // What was chosen.

    adopt(item) { // from a ticked box, as the page has it without scripts
      const box = item.querySelector("input");
      const title = item.querySelector(".participation-chosen-title").textContent;
      const type = item.querySelector(".tag").textContent;
      item.replaceWith(this.item(box.value, title, type));
    }

    item(id, title, type) {
      const tools = element("span", { class: "participation-chosen-tools" });
      const tool = (act, sign) => tools.append(element("button", { type: "button", class: "btn quiet", "data-act": act, "aria-label": `${this.words[act]}: ${title}`, title: this.words[act] },
        element("span", { "aria-hidden": "true" }, sign)));
      if (this.several) { tool("up", "↑"); tool("down", "↓"); }
      tool("remove", "✕");
      const words = element("span", { class: "participation-chosen-title", "data-content": "" }, title);
      const item = element("li", { class: "participation-chosen-one" }, words, " ", element("span", { class: "tag mute" }, type), " ", tools);
      item.append(element("input", { type: "hidden", name: this.name, value: id }));
      return item;
    }

    title(item) {
      return item.querySelector(".participation-chosen-title").textContent;
    }

    renew() {
      const items = [...this.chosen.children];
      this.chosen.hidden = items.length === 0;
      this.input.hidden = !this.several && items.length > 0;
      items.forEach((item, at) => {
        const up = item.querySelector("[data-act=up]");
        if (up) {
          up.disabled = at === 0;
          item.querySelector("[data-act=down]").disabled = at === items.length - 1;
        }
      });
    }

    take(at) {
      const found = this.found[at];
      this.input.value = "";
      this.close();
      if (![...this.chosen.querySelectorAll("input")].some((one) => one.value === found.id)) {
        this.chosen.append(this.item(found.id, found.title, found.kind));
      }
      this.renew();
      this.changed(this.words.added.replace("{title}", found.title));
      if (this.input.hidden) { this.chosen.querySelector("button").focus(); }
    }

    remove(item) {
      const title = this.title(item);
      const beside = item.nextElementSibling || item.previousElementSibling;
      item.remove();
      this.renew();
      this.changed(this.words.removed.replace("{title}", title));
      (beside ? beside.querySelector("[data-act=remove]") : this.input).focus();
    }

    up(item, button) {
      item.previousElementSibling.before(item);
      this.moved(item, button);
    }

    down(item, button) {
      item.nextElementSibling.after(item);
      this.moved(item, button);
    }

    moved(item, button) {
      this.renew();
      (button.disabled ? item.querySelector("button:not([disabled])") : button).focus();
      const number = [...this.chosen.children].indexOf(item) + 1;
      this.changed(this.words.moved.replace("{title}", this.title(item)).replace("{number}", number));
    }

    changed(words) {
      this.status.textContent = words;
      this.box.dispatchEvent(new Event("change", { bubbles: true }));
    }

    // The search.

    asked() {
      return this.input.value.trim();
    }

    typed() {
      this.forget();
      if (this.asked().length < LEAST) {
        this.close();
      } else {
        this.timer = setTimeout(() => this.ask(), WAIT);
      }
    }

    forget() {
      clearTimeout(this.timer);
      if (this.asking) { this.asking.abort(); }
      this.asking = null;
    }

    async ask() {
      this.forget();
      const asking = this.asking = new AbortController();
      const address = new URL(this.box.dataset.participationRelation, location.href);
      address.searchParams.set("q", this.asked());
      ["type", "field", "id"].filter((key) => this.box.dataset[key])
        .forEach((key) => address.searchParams.set(key, this.box.dataset[key]));
      try {
        const answer = await fetch(address, { signal: asking.signal });
        const told = await answer.json();
        if (this.asking === asking) { this.show(told.success ? told.result.suggestions : null); }
      } catch (problem) {
        if (this.asking === asking) { this.show(null); }
      }
    }

    show(found) {
      const labels = JSON.parse(this.box.dataset.labels);
      this.found = (found || []).map((one) => ({ ...one, kind: labels[one.type] || one.type }));
      this.options = this.found.map((one, at) => element("div", { id: `${this.id}-${at}`, role: "option", "aria-selected": "false" },
        element("span", {}, one.title), " ", element("span", { class: "detail" }, one.kind)));
      this.choose(-1);
      const empty = element("div", { class: "detail participation-relation-none" }, found ? this.words.none : this.words.failed);
      this.list.replaceChildren(...(this.options.length ? this.options : [empty]));
      this.open(true);
      this.status.textContent = this.options.length ? this.words.found.replace("{number}", this.options.length) : empty.textContent;
    }

    open(isOpen) {
      this.list.hidden = !isOpen || !this.list.children.length;
      this.input.setAttribute("aria-expanded", String(isOpen && this.options.length > 0));
      if (this.options.length) { this.list.setAttribute("role", "listbox"); } else { this.list.removeAttribute("role"); }
      if (!this.list.hidden) { this.list.scrollIntoView({ block: "nearest" }); } // the field may stand at the lower edge
    }

    close() {
      this.forget();
      this.choose(-1);
      this.options = [];
      this.list.replaceChildren();
      this.open(false);
    }

    choose(at) {
      this.active = at;
      this.options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
      if (at < 0) {
        this.input.removeAttribute("aria-activedescendant");
      } else {
        this.input.setAttribute("aria-activedescendant", this.options[at].id);
        this.options[at].scrollIntoView({ block: "nearest" });
      }
    }

    pressed(event) {
      const act = { ArrowDown: "next", ArrowUp: "before", Enter: "enter", Escape: "escape" }[event.key];
      if (act && !event.isComposing && this[act]()) { event.preventDefault(); }
    }

    // What keys do; true where the field itself should do nothing.

    next() {
      if (!this.options.length) { if (this.asked().length >= LEAST) { this.ask(); } return true; }
      this.choose((this.active + 1) % this.options.length);
      return true;
    }

    before() {
      if (this.options.length) { this.choose((this.active + this.options.length - (this.active < 0 ? 0 : 1)) % this.options.length); }
      return true;
    }

    enter() { // never sends a half-filled form
      if (this.options.length) { this.take(Math.max(this.active, 0)); }
      return true;
    }

    escape() {
      const wasOpen = !this.list.hidden;
      this.close();
      return wasOpen;
    }
  }

  function equip(within) {
    within.querySelectorAll("[data-participation-relation]:not([data-ready])").forEach((box) => new Picker(box));
  }

  // Those of a part's template wait until the part is added.
  equip(document);
  document.addEventListener("participation-part", (event) => equip(event.target));
})();
