/* Suggestions while somebody types in a search box: an ARIA 1.2 combobox with a list of links to go to.
   The box stays a plain search: Enter without a chosen suggestion sends it, and so does everything without a script. */
(() => {
  "use strict";
  const WAIT = 150; // ms of rest after a letter
  const LEAST = 2; // letters
  const LONGEST = 100; // letters that the site looks at

  function element(name, attributes, ...inside) {
    const made = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...inside);
    return made;
  }

  class Combobox {
    constructor(input, number) {
      this.input = input;
      this.words = JSON.parse(input.dataset.words);
      this.id = `suggestions-${number}`;
      this.options = [];
      this.active = -1;
      this.list = element("div", { id: this.id, class: "suggestions", role: "listbox", "aria-label": this.words.label, hidden: "" });
      this.status = element("div", { class: "visually-hidden", role: "status" });
      input.after(this.list, this.status);
      Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-controls": this.id })
        .forEach(([key, value]) => input.setAttribute(key, value));
      this.listen();
    }

    listen() {
      this.input.addEventListener("input", (event) => { if (!event.isComposing) { this.typed(); } });
      this.input.addEventListener("compositionend", () => this.typed());
      this.input.addEventListener("keydown", (event) => this.pressed(event));
      this.input.addEventListener("blur", () => this.close());
      this.input.form.addEventListener("submit", () => this.close());
      window.addEventListener("pagehide", () => this.close());
      this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) { this.go(option); }
      });
    }

    asked() {
      return this.input.value.trim().slice(0, LONGEST);
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
      const address = new URL(this.input.dataset.participationSuggest, location.href);
      address.searchParams.set("q", this.asked());
      try {
        const answer = await fetch(address, { signal: asking.signal });
        const told = await answer.json();
        if (this.asking === asking) { this.show(told.success ? told.result.suggestions : []); }
      } catch (problem) {
        if (this.asking === asking) { this.close(); } // no answer: the plain search is still there
      }
    }

    show(suggestions) {
      const groups = new Map();
      suggestions.forEach((each) => groups.set(each.kind, [...(groups.get(each.kind) || []), each]));
      this.options = [];
      this.choose(-1);
      this.list.replaceChildren(...[...groups].map(([kind, each]) => this.group(kind, each)));
      this.open(suggestions.length > 0);
      this.say(suggestions.length);
    }

    group(kind, suggestions) {
      const heading = element("div", { id: `${this.id}-${kind}`, class: "kind", role: "presentation" }, this.words[kind]);
      const options = suggestions.map((each) => this.option(each));
      return element("div", { role: "group", "aria-labelledby": heading.id }, heading, ...options);
    }

    option(suggestion) {
      const inside = [element("span", {}, suggestion.title)];
      if (suggestion.detail) { inside.push(" ", element("span", { class: "detail" }, suggestion.detail)); }
      const id = `${this.id}-${this.options.length + 1}`;
      const made = element("div", { id, role: "option", "aria-selected": "false", "data-url": suggestion.url }, ...inside);
      this.options.push(made);
      return made;
    }

    open(isOpen) {
      this.list.hidden = !isOpen;
      this.input.setAttribute("aria-expanded", String(isOpen));
    }

    say(count) {
      const { none, one, many } = this.words;
      this.status.textContent = count === 0 ? none : count === 1 ? one : many.replace("{number}", count);
    }

    close() {
      this.forget();
      this.choose(-1);
      this.options = [];
      this.open(false);
      this.list.replaceChildren();
      this.status.textContent = "";
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

    go(option) {
      const address = new URL(option.dataset.url, location.href);
      this.close();
      if (address.origin === location.origin) { location.assign(address); }
    }

    pressed(event) {
      const act = { ArrowDown: "down", ArrowUp: "up", Enter: "enter", Escape: "escape", Tab: "leave",
        Home: "text", End: "text", ArrowLeft: "text", ArrowRight: "text" }[event.key];
      if (act && !event.isComposing && this[act](event)) { event.preventDefault(); }
    }

    // What keys do; true where the field itself should do nothing.

    down() {
      if (!this.options.length && this.asked().length >= LEAST) { this.ask(); }
      return this.step(1);
    }

    up(event) {
      if (event.altKey) { this.close(); return true; }
      return this.step(-1);
    }

    step(by) { // through the suggestions and the field itself, round and round
      const places = this.options.length + 1;
      if (places > 1) { this.choose((this.active + 1 + by + places) % places - 1); }
      return true;
    }

    enter() {
      if (this.active < 0) { this.forget(); return false; }
      this.go(this.options[this.active]);
      return true;
    }

    escape() {
      const wasOpen = !this.list.hidden;
      this.close();
      return wasOpen;
    }

    leave() {
      this.close();
      return false;
    }

    text() { // the caret moves: back to the letters
      this.choose(-1);
      return false;
    }
  }

  document.querySelectorAll("input[data-participation-suggest]:not([role])")
    .forEach((input, index) => new Combobox(input, index + 1));
})();
