/* Filters of a long timeline. The list is whole without it; what is chosen stands in the page's address. */
(function () {
  "use strict";
  let end = () => {};

  function start() {
    end();
    document.querySelectorAll(".dk-chart__drawing").forEach(walkable);
    const form = document.querySelector("form.dk-filter");
    if (!form) return;
    const root = form.parentElement;
    const entries = [...root.querySelectorAll(".dk-entry")];
    const texts = new Map(entries.map((entry) => [entry, fold(entry.textContent)]));
    const periods = [...root.querySelectorAll("[data-period]")].reverse();
    const marks = [...root.querySelectorAll(".dk-chart__mark")];
    const state = form.querySelector("output");
    const clear = form.querySelector("button");
    const folded = form.querySelector("details");
    const stop = new AbortController();
    let timer = 0;
    const on = (target, type, handler) => target.addEventListener(type, handler, { signal: stop.signal });
    end = () => stop.abort();

    on(form, "submit", (event) => event.preventDefault());
    on(form, "change", (event) => event.target.matches("select") && choose(true));
    on(form, "input", (event) => {
      if (!event.target.matches("input")) return;
      clearTimeout(timer);
      timer = setTimeout(() => choose(false), 150);
    });
    on(form, "reset", () => setTimeout(() => (choose(true), form.elements.words.focus())));
    on(window, "popstate", read);
    on(window, "hashchange", reveal);
    read();

    /* What the address says -> the form -> the list. */
    function read() {
      const said = new URLSearchParams(location.search);
      for (const field of fields()) {
        field.value = said.get(field.name) || "";
        if (field.value !== (said.get(field.name) || "")) field.value = "";
      }
      show();
      reveal();
    }

    /* The form -> the address and the list. Letters typed one after the other are one step of the history. */
    function choose(step) {
      clearTimeout(timer);
      const said = new URLSearchParams(location.search);
      for (const field of fields()) {
        if (field.value.trim()) said.set(field.name, field.value.trim());
        else said.delete(field.name);
      }
      const query = said.toString();
      const address = location.pathname + (query && "?" + query) + location.hash;
      if (address !== location.pathname + location.search + location.hash) history[step ? "pushState" : "replaceState"](history.state, "", address);
      show();
    }

    function show() {
      const wanted = [...fields()].map((field) => [field.name, field.name === "words" ? fold(field.value).trim() : field.value]);
      const asked = wanted.filter(([, value]) => value);
      const fits = new Set();
      for (const entry of entries) {
        const fit = asked.every(([name, value]) =>
          name === "words" ? value.split(" ").every((word) => texts.get(entry).includes(word)) : (entry.dataset[name] || "").split(" ").includes(value),
        );
        entry.hidden = !fit;
        if (fit) fits.add(entry.id);
      }
      for (const period of periods) {
        const count = period.querySelectorAll(".dk-entry:not([hidden])").length;
        period.hidden = !count;
        if (asked.length && period.matches("details")) period.open = true;
        if (period.matches("details")) period.querySelector("[data-count]").textContent = count;
        const link = root.querySelector(`.dk-jumps a[href="#${period.dataset.anchor}"]`);
        if (link) {
          link.closest("li, .dk-jumps__year").hidden = !count;
          link.querySelector(".dk-count").textContent = count;
        }
      }
      for (const mark of marks) draw(mark, fits);
      for (const field of fields()) field.closest("label").classList.toggle("dk-set", Boolean(field.value.trim()));
      const pattern = !asked.length ? state.dataset.all : fits.size ? state.dataset.some : state.dataset.none;
      const said = pattern.replace("{n}", fits.size).replace("{total}", entries.length);
      if (state.textContent !== said) state.textContent = said;
      clear.hidden = !asked.length;
      if (asked.length) folded.open = true;
    }

    /* An entry that a link leads to is shown, whatever is chosen. */
    function reveal() {
      const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target || !root.contains(target)) return;
      if (unfold(target)) target.scrollIntoView();
      if (!target.closest("[hidden]")) return;
      for (const field of fields()) field.value = "";
      choose(false);
      target.scrollIntoView();
    }

    function fields() {
      return form.querySelectorAll("select, input");
    }
  }

  /* Not every browser opens what is folded around the target of a link. */
  function unfold(target) {
    const folded = target.closest("details:not([open])");
    for (let one = folded; one; one = one.parentElement.closest("details:not([open])")) one.open = true;
    return Boolean(folded);
  }

  function draw(mark, fits) {
    const of = (mark.dataset.entries || mark.href.baseVal.slice(1)).split(" ");
    mark.classList.toggle("dk-out", !of.some((id) => fits.has(id)));
  }

  /* Letters without marks and case, as searching people write them. */
  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ");
  }

  /* The marks of a drawing are one stop of the Tab key; arrow keys walk along them. */
  function walkable(drawing) {
    const marks = [...drawing.querySelectorAll(".dk-chart__mark")];
    marks.forEach((mark, at) => mark.setAttribute("tabindex", at ? "-1" : "0"));
    drawing.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const at = marks.indexOf(document.activeElement);
      const next = by && at >= 0 && marks[at + (document.dir === "rtl" || document.body.dir === "rtl" ? -by : by)];
      if (!next) return;
      event.preventDefault();
      marks[at].setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  }

  const ready = () => (window.document$?.subscribe ? window.document$.subscribe(start) : start());
  if (document.readyState === "complete") ready();
  else document.addEventListener("DOMContentLoaded", ready);
})();
