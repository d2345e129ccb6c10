/* What is new since this reader last looked at the list. It is remembered in this browser and told to nobody; without scripts there is none. */
(() => {
  const KEY = "dossierkit.seen";

  function start() {
    const place = document.querySelector("[data-dk-visit]");
    if (!place || location.protocol === "file:") return;
    const rows = [...document.querySelectorAll("[data-dk-change]")];
    const keys = rows.map((row) => short(row.dataset.dkChange));
    let before;
    try {
      /* While the tab is open, what was new at first stays so. */
      before = sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);
      if (before?.includes("/")) before = null; /* earlier versions kept addresses */
      if (before !== null) sessionStorage.setItem(KEY, before);
      localStorage.setItem(KEY, keys.join("\n"));
    } catch {
      return; /* the browser keeps nothing */
    }
    if (before === null) return;
    const seen = new Set(before.split("\n"));
    const fresh = rows.filter((row) => !seen.has(short(row.dataset.dkChange)));
    for (const row of fresh) mark(row, place.dataset.new);
    place.querySelector("[role=status]").textContent = counted(place.dataset, fresh.length);
    place.hidden = false;
    place.querySelector("button").addEventListener("click", () => forget(place, fresh));
  }

  /* A number of 24 bits for a row. Addresses have names in them, which must not stay on a reader's device after a withdrawal. */
  function short(text) {
    let number = 5381;
    for (const letter of text) number = (number * 33 + letter.codePointAt(0)) % 0xffffff;
    return number.toString(36);
  }

  function mark(row, text) {
    const label = document.createElement("span");
    label.className = "dk-new";
    label.textContent = text;
    row.querySelector(".dk-card__meta").append(" ", label);
  }

  function forget(place, fresh) {
    localStorage.removeItem(KEY);
    sessionStorage.removeItem(KEY);
    for (const row of fresh) row.querySelector(".dk-new")?.remove();
    place.hidden = true;
  }

  function counted(forms, n) {
    const lang = document.documentElement.lang || "en";
    const form = new Intl.PluralRules(lang).select(n);
    return (forms[form] ?? forms.other).replace("{n}", n.toLocaleString(lang, { numberingSystem: "latn" }));
  }

  if (window.document$?.subscribe) window.document$.subscribe(start);
  else start();
})();
