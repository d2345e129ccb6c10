/* Taking evidence along: the address of a sentence, its words with their source, a reference. All of it is there without scripts. */
(function () {
  "use strict";
  const say = (key) => window.dossierkit.words[key];
  const quoted = (words) => say("timelines.quoted").replace("{words}", () => words);
  let end = () => {};

  function start() {
    end();
    const stop = new AbortController();
    const parts = document.querySelector(".dk-copy-parts");
    const bar = parts && makeBar(parts.dataset.pattern);
    end = () => {
      stop.abort();
      bar?.box.remove();
    };
    document.querySelectorAll(".dk-cite__form").forEach(button);
    document.querySelectorAll(".dk-actions").forEach(actions);
    if (!parts) return;
    const on = (target, type, handler) => target.addEventListener(type, handler, { signal: stop.signal });
    on(document, "click", (event) => {
      const link = event.target.closest("a.dk-permalink");
      if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) bar.link(link);
      else if (!bar.box.contains(event.target)) bar.hide();
    });
    on(document, "keydown", (event) => event.key === "Escape" && bar.hide());
  }

  function element(tag, name, text) {
    const made = document.createElement(tag);
    made.className = name;
    if (text) made.textContent = text;
    return made;
  }

  /* The old way too: sites opened from a folder or over plain HTTP have no clipboard of the new kind. */
  async function copy(text) {
    if (navigator.clipboard) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        /* Refused: the old way may still be open. */
      }
    }
    const field = element("textarea", "dk-skip", text);
    const held = document.activeElement;
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    held?.focus({ preventScroll: true });
    return done;
  }


  const said = (node) => {
    const words = node.cloneNode(true);
    words.querySelectorAll(".dk-permalink, .dk-back").forEach((link) => link.remove());
    return words.textContent.replace(/\s+/g, " ").trim();
  };

  /* From where the sentence starts to its link, whatever it was cut into. */
  function sentence(link) {
    const range = document.createRange();
    range.setStartBefore(document.getElementById(decodeURIComponent(link.hash.slice(1))));
    range.setEndBefore(link);
    return said(range.cloneContents());
  }

  const address = (link) => link.href.replace(/^[^#]*/, location.href.replace(/#.*/, ""));

  /* The sentence before a permalink, with its source and address. */
  const quote = (link) => `${quoted(sentence(link))} – ${document.querySelector(".dk-copy-parts").dataset.credit}${say("comma")}${address(link)}`;

  window.dossierkit = { ...window.dossierkit, copy, quote, quoted };

  function makeBar(pattern) {
    const box = element("div", "dk-copied");
    const status = element("span", "dk-copied__status");
    const take = element("button", "", say("copy_quote"));
    const report = pattern && element("a", "dk-copied__report", say("report.sentence"));
    const close = element("button", "", "✕");
    let of = null;
    box.hidden = true;
    status.setAttribute("role", "status");
    close.setAttribute("aria-label", say("close"));
    take.type = close.type = "button";
    box.append(...[status, take, report, close].filter(Boolean));
    document.body.append(box);
    take.addEventListener("click", async () => {
      tell((await copy(quote(of))) ? say("copied_quote") : say("copy_failed"));
    });
    close.addEventListener("click", hide);

    /* The region must be there before its words, or they are not read out. */
    function tell(text) {
      box.hidden = false;
      status.textContent = "";
      requestAnimationFrame(() => (status.textContent = text));
    }

    function hide() {
      if (box.hidden) return;
      if (box.contains(document.activeElement)) of?.focus({ preventScroll: true });
      box.hidden = true;
    }

    async function link(chosen) {
      of = chosen;
      if (report) report.href = pattern.replace("{quote}", encodeURIComponent(`${quoted(sentence(of))}\n${address(of)}`));
      tell((await copy(address(chosen))) ? say("copied_link") : say("copy_failed"));
    }

    return { box, link, hide };
  }

  function button(form) {
    if (form.querySelector("button")) return;
    const label = say("copy");
    const made = element("button", "", label);
    const status = element("span", "dk-cite__status");
    made.type = "button";
    made.setAttribute("aria-label", `${label}: ${form.querySelector("h3").textContent}`);
    status.setAttribute("role", "status");
    made.addEventListener("click", async () => {
      status.textContent = "";
      const done = await copy(form.querySelector("code").textContent);
      status.textContent = say(done ? "copied_text" : "copy_failed_text");
    });
    form.querySelector("h3").after(made, status);
  }

  /* The link of the sentence that the address names, if it names one. */
  const chosen = () => [...document.querySelectorAll("a.dk-permalink")].find((link) => location.hash && link.hash === location.hash);

  /* The page, or the sentence that was chosen in it, to others: as the system shares, or its address. */
  function actions(row) {
    if (row.dataset.ready) return;
    const share = row.querySelector(".dk-actions__share");
    const status = row.querySelector(".dk-actions__status");
    const here = () => location.href.replace(/#.*/, "") + (chosen()?.hash ?? "");
    const words = () => chosen() && { text: quoted(sentence(chosen())) };
    row.dataset.ready = "true";
    share.hidden = !navigator.share;
    share.addEventListener("click", () => navigator.share({ title: row.dataset.title, ...words(), url: here() }).catch(() => {}));
    row.querySelector(".dk-actions__copy").addEventListener("click", async () => {
      status.textContent = "";
      status.textContent = say((await copy(here())) ? (chosen() ? "copied_link" : "copied_page") : "copy_failed");
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (window.document$?.subscribe) window.document$.subscribe(start);
    else start();
  });
})();
