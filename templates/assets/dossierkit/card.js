/*
 * What a link leads to, before it is followed: a person, a quote, an event with its evidence, all from the page itself.
 * A mouse and the keyboard see it beside the link; a finger gets it in place of leaving the page, with a link onwards.
 */
(function () {
  "use strict";
  const within = (selector, make) => ({ selector, make });
  const KINDS = [
    within(".dk-text .dk-mention", mention),
    within(".dk-text .dk-back", (link) => Object.assign(event(byHash(link.hash), link), { open: say("card.timeline") })),
    within("a[data-quote]", (link) => [quoted(link.dataset.quote, link.querySelector("[lang]")?.lang)]),
    within(".dk-moments .dk-entry__text a", (link) => event(moment(link.closest("li")), link)),
    within(".dk-chart__mark:not([data-entries])", (link) => event(byHash(link.href.baseVal), link)),
    within(".dk-entry__text a", (link) => event(link.closest(".dk-entry"), link, true)),
    within("a[href]", named),
  ];
  const LINKS = "main a[href]";
  let box = null;
  let shown = null;
  let left = null; /* whose card the reader closed */
  let timer = 0;
  let pointer = "mouse";

  const say = (key) => window.dossierkit.words[key];
  const moment = (item) => item.querySelector("template")?.content.firstElementChild || document.getElementById(item.dataset.entry);
  const byHash = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));
  const plain = (node) => node.textContent.replace(/\s+/g, " ").trim();

  function element(tag, name, text) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  }

  function quoted(text, lang) {
    const made = element("q", "dk-card-of__quote", text);
    if (lang) made.lang = lang;
    made.dir = "auto";
    return made;
  }

  /* A mouse has the sentence's own sign to copy it; a finger has this card. */
  function mention(link, sheet) {
    const item = [...document.querySelectorAll(".dk-entity")].find((one) => one.lastElementChild.getAttribute("href") === link.getAttribute("href"));
    if (!item || link.matches(".dk-current")) return null;
    const name = item.firstElementChild;
    const lines = [name.title].filter(Boolean).map((text) => element("span", "", text));
    const after = sheet && [...document.querySelectorAll(".dk-text .dk-permalink")].find((one) => link.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    const copy = after && window.dossierkit?.quote && (() => window.dossierkit.quote(after)); /* each sentence with a name ends in its address */
    return Object.assign([element("b", "", plain(name)), ...lines], { type: type(link), open: say("card.profile"), copy });
  }

  /* A name elsewhere is one of those below the entries of a timeline; of some the page has descriptions, by where they lead. */
  function named(link) {
    const there = `="${CSS.escape(link.getAttribute("href"))}"]`;
    const name = document.querySelector(`.dk-timelines .dk-chip[href${there}`);
    if (!name || link.closest(".dk-cast")) return null;
    const said = document.querySelector("template.dk-names")?.content.querySelector(`[data-of${there}`);
    const lines = [element("b", "", plain(name)), ...(said ? [element("span", "", said.textContent)] : [])];
    return Object.assign(lines, { type: type(name), open: say("card.profile") });
  }

  const type = (item) => [...item.classList].find((one) => /^dk-(person|organization|place|document|event)$/.test(one)) || "";

  /* An entry of a timeline: when, what, in which words, who says so. `own`: the entry is there to be read beside it. */
  function event(entry, link, own) {
    if (!entry) return null;
    const date = entry.querySelector(":is(time, bdi).dk-date, .dk-moments__date");
    const heading = entry.querySelector(".dk-entry__text");
    const told = [...entry.querySelectorAll(".dk-told")];
    const lines = [];
    if (!own) {
      if (date) lines.push(element("b", "dk-card-of__date", plain(date)));
      if (heading) lines.push(Object.assign(element("span", "", plain(heading)), { lang: heading.lang || document.documentElement.lang, dir: "auto" }));
      for (const one of told.slice(0, 2)) {
        const words = one.querySelector("blockquote");
        lines.push(quoted(plain(words), words.lang), element("span", "dk-card-of__source", plain(one.querySelector(":scope > p"))));
      }
      for (const one of entry.querySelectorAll(".dk-entry__differ, .dk-differ__label")) lines.push(element("span", "dk-card-of__differ", plain(one)));
      const also = entry.querySelector(".dk-entry__also");
      if (also) lines.push(element("span", "", plain(also)));
    }
    return Object.assign(lines, { copy: () => citation(entry, link, date, heading), open: say("card.sentence") });
  }

  /* The entry with its words, where they stand, and its address. */
  function citation(entry, link, date, heading) {
    const told = entry.querySelector(".dk-told");
    const own = document.getElementById("t" + entry.id.slice(1));
    const quote = told ? plain(told.querySelector("blockquote")) : own ? plain(own) : "";
    const credit = told ? plain(told.querySelector(":scope > p")) : document.querySelector(".dk-copy-parts")?.dataset.credit;
    const source = (told?.querySelector(":scope > p a:not(.dk-original)") || (told && entry.querySelector(".dk-entry__text a")))?.href || link.href;
    const head = [date && plain(date), heading && plain(heading)].filter(Boolean).join(": ");
    return [head, quote && window.dossierkit.quoted(quote), [credit, source].filter(Boolean).join(say("comma"))].filter(Boolean).join("\n");
  }

  const find = (link, sheet) => KINDS.find((kind) => link.matches(kind.selector))?.make(link, sheet);

  function show(link, sheet) {
    const found = find(link, sheet);
    if (!found || (!sheet && !found.length && !found.copy)) return false;
    hide();
    box ||= make();
    box.className = `dk-card-of ${found.type || ""}`;
    box.classList.toggle("dk-card-of--sheet", Boolean(sheet));
    box.classList.toggle("dk-card-of--typed", Boolean(found.type));
    const row = actions(link, found, sheet);
    box.replaceChildren(...found, row);
    box.setAttribute("role", row ? "group" : "tooltip");
    box.hidden = false;
    if (sheet) clear(link);
    else beside(link);
    link.setAttribute("aria-describedby", box.id);
    shown = link;
    return true;
  }

  function make() {
    const made = element("div", "dk-card-of");
    made.id = "dk-card-of";
    made.addEventListener("pointerenter", () => clearTimeout(timer));
    made.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && later(hide, 200));
    made.addEventListener("focusout", (event) => made.contains(event.relatedTarget) || hide());
    document.querySelector("main").append(made);
    return made;
  }

  function actions(link, found, sheet) {
    const row = element("p", "dk-card-of__actions");
    const status = element("span", "dk-card-of__status");
    status.setAttribute("role", "status");
    if (sheet) row.append(Object.assign(element("a", "", found.open || say("card.open")), { href: link.href.baseVal ?? link.href }));
    if (found.copy) row.append(button(say("copy_quote"), async () => (status.textContent = (await copy(found.copy())) ? say("copied_text") : say("copy_failed_text"))));
    if (sheet) row.append(button(say("close"), () => hide(true)));
    if (row.children.length) row.append(status);
    return row.children.length ? row : "";
  }

  function button(label, act) {
    const made = element("button", "", label);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  const copy = (text) => (window.dossierkit?.copy ? window.dossierkit.copy(text) : Promise.resolve(false));

  function beside(link) {
    const place = link.getClientRects()[0] || link.getBoundingClientRect();
    const above = place.top > box.offsetHeight + 80;
    box.style.left = Math.max(8, Math.min(place.left, document.documentElement.clientWidth - box.offsetWidth - 8)) + scrollX + "px";
    box.style.top = (above ? place.top - box.offsetHeight - 6 : place.bottom + 6) + scrollY + "px";
  }

  /* What was tapped stays in view above the sheet. */
  function clear(link) {
    const covered = link.getBoundingClientRect().bottom - box.getBoundingClientRect().top + 12;
    if (covered > 0) scrollBy({ top: covered, behavior: "instant" });
  }

  function hide(back) {
    clearTimeout(timer);
    if (!shown) return;
    const link = shown;
    const inside = box.contains(document.activeElement);
    shown = null;
    left = back ? link : null;
    link.removeAttribute("aria-describedby");
    box.hidden = true;
    box.style.left = box.style.top = "";
    if (inside) link.focus({ preventScroll: true });
  }

  function later(act, wait) {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  }

  const of = (event) => event.target.closest?.(LINKS);
  document.addEventListener("pointerdown", (event) => {
    pointer = event.pointerType;
    if (shown && !box.contains(event.target) && of(event) !== shown) hide();
  });
  document.addEventListener("pointerover", (event) => {
    const link = event.pointerType === "mouse" && of(event);
    if (link && link !== shown) later(() => show(link), 350);
  });
  document.addEventListener("pointerout", (event) => event.pointerType === "mouse" && of(event) && later(hide, 200));
  document.addEventListener("focusin", (event) => {
    const link = of(event);
    if (link && link !== left && link !== shown && pointer !== "touch" && link.matches(":focus-visible")) show(link);
    if (link !== left) left = null;
  });
  document.addEventListener("focusout", (event) => of(event) && of(event) === shown && !box.contains(event.relatedTarget) && hide());
  document.addEventListener(
    "click",
    (event) => {
      const link = of(event);
      if (!link || pointer !== "touch" || shown === link || !link.matches(".dk-text :is(.dk-mention, .dk-back), .dk-chart__mark, .dk-chip, .dk-node, .dk-moments a, a[data-quote]")) return;
      if (!show(link, true)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    if (!shown) return;
    pointer = "keyboard";
    if (event.key === "Escape") {
      hide(true);
      event.stopImmediatePropagation();
    } else if (event.key === "ArrowDown" && document.activeElement === shown && box.querySelector("a, button")) {
      event.preventDefault();
      box.querySelector("a, button").focus();
    }
  });
  addEventListener("hashchange", () => hide());
})();
