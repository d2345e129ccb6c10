/* Evidence both ways. Everything here is also a plain link; the script adds stepping, and both lists follow what is read and chosen. */
(function () {
  "use strict";
  const wide = matchMedia("(min-width: 60em)");
  let end = () => {};

  function start() {
    end();
    const page = document.querySelector(".dk-article");
    const stop = new AbortController();
    const panels = page && makePanels(page);
    const stepper = page && makeStepper(page, panels);
    end = () => {
      stop.abort();
      panels?.stop();
      stepper?.bar.remove();
    };
    if (!page) return;
    const on = (target, type, handler) => target.addEventListener(type, handler, { signal: stop.signal });

    on(wide, "change", () => (fold(page), panels.place()));
    on(window, "scroll", panels.place);
    on(window, "resize", panels.place);
    on(page, "focusin", focused);
    on(window, "hashchange", follow);
    on(window, "beforeprint", () => page.querySelectorAll(".dk-panel").forEach((panel) => (panel.open = true)));
    on(window, "afterprint", () => fold(page));
    on(document, "keydown", key);
    on(page, "click", (event) => {
      const link = event.target.closest(".dk-entity > a:first-child, a.dk-back, a.dk-entry__link");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (link.matches(".dk-back") && wide.matches) keepPlace(event, link);
      else if (link.hash === location.hash) follow();
    });
    fold(page);
    follow();

    /* What the address names is lit by CSS; here the other side of it is lit too. */
    function follow() {
      page.querySelectorAll(".dk-chosen").forEach((item) => item.classList.remove("dk-chosen"));
      page.querySelectorAll(".dk-quote.dk-lit").forEach((item) => item.classList.remove("dk-lit"));
      const target = named(page);
      if (target?.matches(".dk-mention")) return stepper.at(target);
      stepper.finish();
      const entry = target?.matches(".dk-quote") ? page.querySelector("#" + other(target.id, "e")) : target?.matches(".dk-entry") ? target : null;
      panels.chosen(entry);
      if (target?.matches(".dk-entry")) {
        target.closest("details").open = true;
        if (!wide.matches) target.scrollIntoView({ block: "center" });
        page.querySelector("#" + other(target.id, "t"))?.classList.add("dk-lit");
      }
    }

    /* By keys only: a list that moved under a pointer would be gone from it before the button is let go, and the click lost. */
    function focused({ target }) {
      if (target.matches(":focus-visible")) panels.hold(target.closest(".dk-panel li"));
    }

    function key(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
      if (event.key === "Escape") {
        stepper.finish(true);
      } else if (stepper.active() && (event.key === "n" || event.key === "p")) {
        event.preventDefault();
        event.stopImmediatePropagation();
        stepper.step(event.key === "n" ? 1 : -1, true);
      }
    }
  }

  const named = (page) => (location.hash.length > 1 ? page.querySelector("#" + CSS.escape(decodeURIComponent(location.hash.slice(1)))) : null);
  /* Names beside the text, mentions in it and entries are about the same where they lead to the same page. */
  const leads = (item) => item.lastElementChild.getAttribute("href");
  const idOf = (href) => decodeURIComponent(href.replace(/(\/(index\.html)?|\.html)$/, "").replace(/.*\//, ""));
  const other = (id, prefix) => CSS.escape(prefix + id.slice(1));

  /* On a wide screen both lists always stand open: the state says so, and the headings are no buttons. */
  function fold(page) {
    page.querySelectorAll(".dk-panel").forEach((panel) => {
      panel.open = wide.matches || panel.contains(named(page));
      panel.querySelector("summary").tabIndex = wide.matches ? -1 : 0;
    });
  }

  /*
   * The lists beside the text have no scroll of their own. Where they are taller than the window they move up as the text is
   * read, so that their end is seen with its end, and an item that was chosen is always in view.
   */
  function makePanels(page) {
    const box = page.querySelector(".dk-panels");
    const names = [...page.querySelectorAll(".dk-entity")];
    const entries = [...page.querySelectorAll(".dk-panel .dk-entry")];
    const near = new IntersectionObserver((seen) => seen.forEach(mirror), { rootMargin: "-10% 0px -25%" });
    let held = null;
    let waiting = false;
    let pressed = false;
    const ended = new AbortController();
    const press = (target, type, down) => target?.addEventListener(type, () => ((pressed = down), down || place()), { signal: ended.signal });
    press(box, "pointerdown", true);
    ["pointerup", "pointercancel", "blur"].forEach((type) => press(window, type, false));
    page.querySelectorAll(".dk-text .dk-quote[id]").forEach((quote) => near.observe(quote));

    /* Entries whose words are on the screen say so. */
    function mirror({ target, isIntersecting }) {
      page.querySelector("#" + other(target.id, "e"))?.classList.toggle("dk-here", isIntersecting);
    }

    function place() {
      if (!box || waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        if (pressed) return; // it would be gone from under the pointer before the button is let go, and the click lost
        box.style.transform = wide.matches ? `translateY(${-Math.round(shift())}px)` : "";
      });
    }

    function shift() {
      const top = parseFloat(getComputedStyle(box).top) || 0;
      const room = innerHeight - top - 12;
      const whole = page.getBoundingClientRect();
      const over = box.offsetHeight - room;
      if (over <= 0 || whole.height <= box.offsetHeight) return 0;
      const gone = Math.max(0, top - whole.top);
      const moved = Math.max(0, gone - (whole.height - box.offsetHeight));
      const wanted = Math.min(1, gone / (whole.height - room)) * over;
      return Math.max(0, inView(wanted, room, over) - moved);
    }

    function inView(wanted, room, over) {
      if (!held?.isConnected) return wanted;
      const at = held.getBoundingClientRect().top - box.getBoundingClientRect().top;
      const least = at + held.offsetHeight - room + 24;
      return Math.min(over, Math.max(0, Math.min(Math.max(wanted, least), at - 24)));
    }

    function hold(item) {
      if (!item || item === held) return;
      held = item;
      place();
    }

    function light(item) {
      item?.classList.add("dk-chosen");
      held = item;
      place();
    }

    const dim = (list, fits) => list.forEach((item) => item.classList.toggle("dk-dim", Boolean(fits) && !fits(item)));

    /* A name: entries that tell of others step back. */
    function named(id, item) {
      light(item);
      dim(names, null);
      dim(entries, id && ((entry) => about(entry).includes(id)));
    }

    /* An entry: names that it does not tell of step back. */
    function chosen(entry) {
      light(entry);
      dim(entries, null);
      dim(names, entry && ((name) => about(entry).includes(idOf(leads(name)))));
    }

    const about = (entry) => (entry.dataset.entity || "").split(" ");

    place();
    return { place, hold, named, chosen, stop: () => (near.disconnect(), ended.abort()) };
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
  function makeStepper(page, panels) {
    const { words } = window.dossierkit;
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
    if (page.querySelector(".dk-panels")) {
      bar.append(
        name,
        place,
        button(words.previous_mention + " (p)", "↑", () => step(-1)),
        button(words.next_mention + " (n)", "↓", () => step(1)),
        button(words.stop_stepping + " (Esc)", "✕", () => finish(true)),
      );
      document.body.append(bar);
    }

    function at(mention) {
      const href = mention.getAttribute("href");
      if (item && leads(item) !== href) clear();
      item = [...page.querySelectorAll(".dk-entity")].find((one) => leads(one) === href);
      const alike = [...page.querySelectorAll(".dk-text .dk-mention")].filter((one) => one.getAttribute("href") === href);
      mentions = alike.filter((one) => one.id);
      now = Math.max(0, mentions.indexOf(mention));
      alike.forEach((one) => one.classList.add("dk-lit"));
      mentions.forEach((one, index) => one.classList.toggle("dk-current", index === now));
      panels.named(idOf(href), item);
      const type = [...mention.classList].find((one) => one.startsWith("dk-") && !/mention|lit|current/.test(one));
      bar.className = "dk-stepper " + type;
      bar.hidden = false;
      name.textContent = item ? item.firstElementChild.textContent : mention.textContent;
      bar.setAttribute("aria-label", name.textContent);
      place.textContent = words.mention_of.replace("{n}", now + 1).replace("{total}", mentions.length);
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
      panels.named("", null);
    }

    function finish(byHand) {
      if (bar.hidden) return;
      clear();
      bar.hidden = true;
      if (!byHand) return;
      const link = item?.querySelector(":scope > a:first-child");
      history.replaceState(history.state, "", location.pathname + location.search);
      if (wide.matches || item?.closest("details").open) link?.focus({ preventScroll: true });
      else mentions[now].focus({ preventScroll: true });
      item = null;
    }

    return { at, step, finish, bar, active: () => !bar.hidden };
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
