/* Evidence both ways. Everything here is also a plain link; the script adds stepping, a card, and steadier scrolling. */
(function () {
  "use strict";
  const wide = matchMedia("(min-width: 60em)");
  let end = () => {};

  function start() {
    end();
    const page = document.querySelector(".dk-article");
    const stop = new AbortController();
    const card = makeCard(page);
    const stepper = page && makeStepper(page);
    end = () => {
      stop.abort();
      card?.remove();
      stepper?.bar.remove();
    };
    if (!page) return;
    const on = (target, type, handler) => target.addEventListener(type, handler, { signal: stop.signal });

    on(wide, "change", () => fold(page));
    on(window, "hashchange", follow);
    on(window, "beforeprint", () => page.querySelectorAll(".dk-panel").forEach((panel) => (panel.open = true)));
    on(window, "afterprint", () => fold(page));
    on(document, "keydown", key);
    on(page, "click", (event) => {
      const link = event.target.closest("a.dk-entity__name, a.dk-back, a.dk-entry__link");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (link.matches(".dk-back") && wide.matches) keepPlace(event, link);
      else if (link.hash === location.hash) follow();
    });
    card?.listen(page, on);
    fold(page);
    follow();

    /* What the address names is lit by CSS; here the other side of it is lit too. */
    function follow() {
      page.querySelectorAll(".dk-chosen").forEach((item) => item.classList.remove("dk-chosen"));
      page.querySelectorAll(".dk-quote.dk-lit").forEach((item) => item.classList.remove("dk-lit"));
      const target = named(page);
      if (target?.matches(".dk-mention")) return stepper.at(target);
      stepper.finish();
      if (target?.matches(".dk-quote")) choose(page, page.querySelector("#" + other(target.id, "e")));
      if (target?.matches(".dk-entry")) {
        target.closest("details").open = true;
        if (!wide.matches) target.scrollIntoView({ block: "center" });
        page.querySelector("#" + other(target.id, "t"))?.classList.add("dk-lit");
      }
    }

    function key(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
      if (event.key === "Escape") {
        if (!card?.hide()) stepper.finish(true);
      } else if (stepper.active() && (event.key === "n" || event.key === "p")) {
        event.preventDefault();
        event.stopImmediatePropagation();
        stepper.step(event.key === "n" ? 1 : -1, true);
      }
    }
  }

  const named = (page) => (location.hash.length > 1 ? page.querySelector("#" + CSS.escape(decodeURIComponent(location.hash.slice(1)))) : null);
  const other = (id, prefix) => CSS.escape(prefix + id.slice(1));

  /* On a wide screen both lists always stand open: the state says so, and the headings are no buttons. */
  function fold(page) {
    page.querySelectorAll(".dk-panel").forEach((panel) => {
      panel.open = wide.matches || panel.contains(named(page));
      panel.querySelector("summary").tabIndex = wide.matches ? -1 : 0;
    });
  }

  /* Light an item of a list and bring it into its panel's view, without moving the page. */
  function choose(page, item) {
    if (!item) return;
    item.classList.add("dk-chosen");
    if (!wide.matches) return;
    const list = item.closest(".dk-panel__body");
    const [inner, outer] = [item.getBoundingClientRect(), list.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom - 32) list.scrollTop += inner.top - outer.top - list.clientHeight / 3;
  }

  /* The list stands beside the text: going to an entry must not take the text away. */
  function keepPlace(event, link) {
    event.preventDefault();
    const back = () => window.scrollTo({ top, behavior: "instant" });
    const top = window.scrollY;
    location.hash = link.hash;
    back();
    requestAnimationFrame(back);
  }

  function element(tag, name, text) {
    const made = document.createElement(tag);
    made.className = name;
    if (text) made.textContent = text;
    return made;
  }

  /* A bar that leads from mention to mention of one entity. */
  function makeStepper(page) {
    const words = page.querySelector(".dk-stepper-parts")?.dataset;
    const bar = element("div", "dk-stepper");
    const name = element("b", "dk-stepper__name");
    const place = element("span", "dk-stepper__place");
    const button = (label, sign, act) => {
      const made = element("button", "", sign);
      made.type = "button";
      made.title = label;
      made.setAttribute("aria-label", label);
      made.addEventListener("click", act);
      return made;
    };
    let mentions = [];
    let now = 0;
    let item = null;
    bar.hidden = true;
    bar.setAttribute("role", "group");
    place.setAttribute("role", "status");
    place.setAttribute("aria-live", "polite");
    if (words) {
      bar.append(
        name,
        place,
        button(words.previous + " (p)", "↑", () => step(-1)),
        button(words.next + " (n)", "↓", () => step(1)),
        button(words.stop + " (Esc)", "✕", () => finish(true)),
      );
      document.body.append(bar);
    }

    function at(mention) {
      const id = mention.dataset.entity;
      if (item?.dataset.entity !== id) clear();
      item = page.querySelector(`.dk-entity[data-entity="${CSS.escape(id)}"]`);
      mentions = [...page.querySelectorAll(`.dk-text .dk-mention[data-entity="${CSS.escape(id)}"][id]`)];
      now = Math.max(0, mentions.indexOf(mention));
      page.querySelectorAll(`.dk-text .dk-mention[data-entity="${CSS.escape(id)}"]`).forEach((one) => one.classList.add("dk-lit"));
      mentions.forEach((one, index) => one.classList.toggle("dk-current", index === now));
      choose(page, item);
      const type = [...mention.classList].find((one) => one.startsWith("dk-") && !/mention|lit|current/.test(one));
      bar.className = "dk-stepper " + type;
      bar.hidden = false;
      name.textContent = item ? item.querySelector(".dk-entity__name").textContent : mention.textContent;
      bar.setAttribute("aria-label", name.textContent);
      place.textContent = words.place.replace("{n}", now + 1).replace("{total}", mentions.length);
    }

    /* Steps replace each other in the history, so that "back" leaves the mentions at once. */
    function step(by, focus) {
      const held = document.activeElement;
      const next = mentions[(now + by + mentions.length) % mentions.length];
      at(next);
      location.replace("#" + next.id);
      if (focus) next.focus({ preventScroll: true });
      else held.focus({ preventScroll: true });
    }

    function clear() {
      page.querySelectorAll(".dk-mention.dk-lit, .dk-mention.dk-current").forEach((one) => one.classList.remove("dk-lit", "dk-current"));
      item?.classList.remove("dk-chosen");
    }

    function finish(byHand) {
      if (bar.hidden) return;
      clear();
      bar.hidden = true;
      if (!byHand) return;
      const link = item?.querySelector(".dk-entity__name");
      history.replaceState(history.state, "", location.pathname + location.search);
      if (wide.matches || item?.closest("details").open) link?.focus({ preventScroll: true });
      else mentions[now].focus({ preventScroll: true });
      item = null;
    }

    return { at, step, finish, bar, active: () => !bar.hidden };
  }

  /* Who a mention means, from what the panel already says. */
  function makeCard(page) {
    if (!page) return null;
    const box = element("div", "dk-card-of");
    let timer = 0;
    let shown = null;
    box.id = "dk-card-of";
    box.setAttribute("role", "tooltip");
    box.hidden = true;
    document.body.append(box);

    function show(mention) {
      const item = page.querySelector(`.dk-entity[data-entity="${CSS.escape(mention.dataset.entity)}"]`);
      if (!item || mention.matches(".dk-current")) return;
      const name = item.querySelector(".dk-entity__name");
      const count = item.querySelector(".dk-count");
      box.className = "dk-card-of " + [...item.classList].find((one) => /^dk-(?!entity|chosen)/.test(one));
      box.replaceChildren(element("b", "", name.textContent));
      for (const text of [name.title, count.title]) if (text) box.append(element("span", "", text));
      box.hidden = false;
      const place = mention.getClientRects()[0];
      const edge = page.querySelector(".dk-text").getBoundingClientRect().right;
      const above = place.top > box.offsetHeight + 80;
      box.style.left = Math.max(8, Math.min(place.left, edge - box.offsetWidth)) + scrollX + "px";
      box.style.top = (above ? place.top - box.offsetHeight - 6 : place.bottom + 6) + scrollY + "px";
      mention.setAttribute("aria-describedby", box.id);
      shown = mention;
    }

    function hide() {
      clearTimeout(timer);
      if (!shown) return false;
      shown.removeAttribute("aria-describedby");
      shown = null;
      box.hidden = true;
      return true;
    }

    function later(act, wait) {
      clearTimeout(timer);
      timer = setTimeout(act, wait);
    }

    function listen(within, on) {
      const of = (event) => event.target.closest(".dk-text .dk-mention");
      on(within, "pointerover", (event) => event.pointerType === "mouse" && of(event) && later(() => show(of(event)), 350));
      on(within, "pointerout", (event) => of(event) && later(hide, 200));
      on(box, "pointerover", () => clearTimeout(timer));
      on(box, "pointerout", () => later(hide, 200));
      on(within, "focusin", (event) => of(event)?.matches(":focus-visible") && show(of(event)));
      on(within, "focusout", (event) => of(event) && hide());
    }

    return { listen, hide, remove: () => box.remove() };
  }

  /* Material takes every alternate of a page for another language, and asks for a sitemap beside it. A feed is none. */
  function feedsAreNoLanguages() {
    document.querySelectorAll("link[rel=alternate]:not([hreflang])").forEach((link) => (link.rel = "alternate feed"));
  }

  feedsAreNoLanguages();
  document.addEventListener("DOMContentLoaded", () => {
    if (window.document$?.subscribe) window.document$.subscribe(start);
    else start();
  });
})();
