/* The form, the facets and the results. Everything a reader chooses is told to `changed`, as a query string. */

import { makeAsker } from "./asking.js";
import { element } from "./element.js";
import { makeFacets } from "./facets.js";
import { FACETS } from "./finding.js";
import { makePassages } from "./passages.js";
import { makeReel } from "./phrases.js";
import { openIndex } from "./reading.js";
import { makeWords } from "./words.js";

const SENTENCES = 2;
const PAUSE = 120;
let numbered = 0;

/* One of the forms of a text for a number, as the language of the page has them. */
export function plural(forms, n) {
  const form = new Intl.PluralRules(document.documentElement.lang || "en").select(n);
  return (forms[form] ?? (n === 1 ? forms.one : forms.many) ?? forms.other).replace("{n}", number(n));
}

const number = (n) => n.toLocaleString(document.documentElement.lang, { numberingSystem: "latn" });

async function dressed() {
  const address = new URL("search.css", import.meta.url).href;
  if (document.querySelector(`link[href="${address}"]`)) return;
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
  await new Promise((done) => {
    style.onload = style.onerror = done;
    document.head.append(style);
  });
}

export async function makeView(root, { changed, close, page, browse }) {
  const [index] = await Promise.all([openIndex(root), dressed()]);
  const t = index.table.words;
  const words = makeWords(index.table);
  const { ask, finder } = makeAsker(index, words);
  const id = `dk-search-${++numbered}`;
  let chosen = {};
  let run = 0;
  let timer = 0;

  const input = Object.assign(document.createElement("input"), { type: "search", id, autocomplete: "off", spellcheck: false, enterKeyHint: "search" });
  input.placeholder = t.placeholder;
  input.dir = "auto";
  input.setAttribute("aria-describedby", `${id}-keys`);
  const label = element("label", "dk-search__label", t.label);
  label.htmlFor = id;
  const form = element("form", "dk-search__form", label, input);
  form.setAttribute("role", "search");
  if (close) {
    const button = element("button", "dk-search__close", "✕");
    button.type = "button";
    button.setAttribute("aria-label", t.close);
    button.addEventListener("click", close);
    form.append(button);
  }
  const status = element("p", "dk-search__status");
  status.setAttribute("role", "status");
  const meant = element("p", "dk-search__meant");
  meant.hidden = true;
  const keys = element("p", "dk-search__keys", t.keys);
  keys.id = `${id}-keys`;
  const whole = page && element("a", "dk-search__whole", t.as_page);
  const results = element("ol", "dk-search__results");
  const more = element("button", "dk-search__more", t.more);
  more.type = "button";
  more.hidden = true;
  const facets = makeFacets({ index, finder, t, id, choose });
  const found = element("div", "dk-search__found", element("div", "dk-search__top", status, ...(whole ? [whole] : [])), meant, ...(browse ? [browse] : []), results, more, keys);
  const root_ = element("div", "dk-search", form, element("div", "dk-search__body", facets.element, found));

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => search(false), PAUSE);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    await search(true);
    results.querySelector("a")?.focus();
  });
  root_.addEventListener("keydown", step);

  function choose(facet, values) {
    chosen = { ...chosen, [facet]: values };
    search(true);
  }

  function state() {
    const said = new URLSearchParams();
    if (input.value.trim()) said.set("q", input.value.trim());
    for (const facet of FACETS) for (const value of chosen[facet] ?? []) said.append(facet, value);
    return said.toString();
  }

  async function show(said) {
    input.value = said.get("q") ?? "";
    chosen = Object.fromEntries(FACETS.map((facet) => [facet, said.getAll(facet)]));
    await search();
  }

  /* `step`: whether the address is a new step of the history; left out where it is what the address says already. */
  async function search(step) {
    const mine = ++run;
    const query = input.value;
    if (step !== undefined) changed(state(), step);
    if (whole) whole.href = page + (state() && `?${state()}`);
    try {
      const { answer, phrases, like, instead, query: said } = await ask(query, chosen);
      const known = await Promise.all(answer.known.slice(0, 3).map((number) => index.page(number)));
      const apart = phrases.any && !like && !answer.pages.length && phrases.apart;
      const narrowed = FACETS.some((facet) => chosen[facet]?.length);
      const reel = makeReel(index, answer.any || narrowed ? answer.pages : [], phrases);
      const [showFacets, first] = await Promise.all([facets.read(answer, chosen), reel.next()]);
      if (mine !== run) return;
      /* From here on without a pause: what is drawn in steps takes a button from under the finger that presses it. */
      const names = known.flatMap(({ title, names: others }) => [title, ...(others ?? [])]);
      const before = instead ? `${t.none.replace("{q}", query.trim())} ` : "";
      const tell = () => (status.textContent = before + told(said.trim(), answer, narrowed, reel, phrases));
      suggest(apart ? t.apart : instead ? t.instead : t.like, apart || like);
      showFacets();
      list(reel, first, makePassages(words, answer.said, names, phrases), { mine, narrowed, query: said.trim() }, tell);
    } catch {
      if (mine === run) status.textContent = t.failed;
    }
  }

  function told(query, answer, narrowed, reel, phrases) {
    if (!answer.any && !narrowed) return t.hint;
    if (!reel.shown && !reel.more()) return phrases.any ? t.none_together : query ? t.none.replace("{q}", query) : t.none_chosen;
    const before = answer.some ? `${t.some} ` : "";
    if (!phrases.any || !reel.more()) return before + plural(t.found, phrases.any ? reel.shown : reel.total);
    return [plural(t.found, reel.shown), t.looked.replace("{read}", number(reel.read)).replace("{n}", number(reel.total)), t.counted].join(" ");
  }

  /* Another query, to be asked with one click; `said`: what stands around it. */
  function suggest(said, query) {
    meant.hidden = !query;
    if (!query) return;
    const button = element("button", "", element("bdi", "", query));
    button.type = "button";
    button.addEventListener("click", () => {
      input.value = query;
      input.focus();
      search(true);
    });
    const [before, after = ""] = said.split("{q}");
    meant.replaceChildren(before, button, after);
  }

  function list(reel, first, passages, { mine, narrowed, query }, tell) {
    const rows = (batch) => batch.map((shown) => result(shown, passages));
    const around = () => {
      const none = !reel.shown && (query || narrowed);
      more.hidden = !reel.more();
      keys.hidden = none;
      if (browse) browse.hidden = !none;
      facets.element.hidden = none && !narrowed;
      tell();
    };
    results.replaceChildren(...rows(first));
    more.onclick = async () => {
      const shown = results.children.length;
      const batch = await reel.next();
      if (mine !== run) return;
      results.append(...rows(batch));
      around();
      (results.children[shown]?.querySelector("a") ?? more).focus();
    };
    around();
  }

  function result(shown, passages) {
    const address = new URL(shown.url, root).href;
    const title = element("a", "dk-search__title", ...passages.said(shown.title));
    title.href = address;
    const row = element("li", "dk-search__result");
    row.append(element("p", "dk-search__note", ...joined(notes(shown), " · ")), element(page ? "h3" : "h2", "", title));
    const names = (shown.names ?? []).filter((name) => passages.asked(name).length);
    if (names.length) row.append(element("p", "dk-search__names", `${t.also} `, ...joined(names.slice(0, 3).map((name) => element("bdi", "", ...passages.said(name))), t.comma)));
    const sentences = sentencesOf(shown, passages);
    const about = shown.about && (shown.id || !sentences.length || passages.marks(shown.about).length);
    const lines = about ? [element("p", "dk-search__about", ...passages.lit(shown.about))] : [];
    for (const sentence of sentences) lines.push(element("p", "dk-search__sentence", line(sentence, address, passages)));
    for (const part of [title, ...lines]) {
      if (shown.lang) part.lang = shown.lang;
      part.dir = shown.rtl ? "rtl" : shown.lang ? "ltr" : "auto";
    }
    row.append(...lines);
    return row;
  }

  /* An event has the sentence it rests on, unless that is what its heading says. */
  function sentencesOf(shown, passages) {
    if (shown.date === undefined) return passages.best(shown, SENTENCES);
    const bare = (text) => words.all(text).join(" ");
    return (shown.text ?? []).filter((text) => bare(text) !== bare(shown.title)).map((text, place) => ({ id: shown.ids[place], text }));
  }

  /* What a result is: its kind, whether nobody has decided on it, its date and where it stands. */
  function notes(shown) {
    const sign = shown.id ? ` dk-${shown.type}` : shown.type === "entry" ? " dk-event" : "";
    const kind = element("span", `dk-search__kind${sign}`, t.types[shown.type] ?? shown.type);
    const open = shown.open ? [element("span", "dk-unreviewed", t.unreviewed)] : [];
    if (shown.date === undefined) return [kind, ...open, ...(shown.type === "article" && shown.note ? [element("bdi", "", shown.note)] : [])];
    const source = shown.articles > 1 ? plural(t.told, shown.articles) : element("bdi", "", shown.article);
    return [kind, ...open, element("bdi", "dk-search__date", shown.date), source];
  }

  function line(sentence, address, passages) {
    if (!sentence.id) return element("span", "", ...passages.lit(sentence.text));
    const link = element("a", "", ...passages.lit(sentence.text));
    link.href = `${address.split("#")[0]}#${sentence.id}`;
    return link;
  }

  const joined = (parts, between) => parts.flatMap((part, place) => [...(place ? [between] : []), part]);

  /* Up and down through the links of the results, Escape back to the field. */
  function step(event) {
    const links = [...results.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (event.key === "Escape" && (close || at >= 0)) {
      event.preventDefault();
      event.stopPropagation();
      if (at >= 0) input.focus();
      else close();
    } else if (to !== undefined && (at >= 0 || (document.activeElement === input && event.key === "ArrowDown"))) {
      event.preventDefault();
      if (to < 0) input.focus();
      else links[Math.min(to, links.length - 1)]?.focus();
    }
  }

  await search();
  return { element: root_, label: t.label, show, focus: () => input.select() ?? input.focus() };
}
