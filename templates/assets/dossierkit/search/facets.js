/* What the pages found can be narrowed to, with how many of them there are. */

import { FACETS, OWN } from "./finding.js";
import { postings } from "./reading.js";
import { element } from "./element.js";

const FEW = 6;

export function makeFacets({ index, finder, t, id, choose }) {
  const { table } = index;
  const wide = matchMedia("(min-width: 48em)");
  const count = element("span", "dk-count");
  const box = element("details", "dk-search__facets", element("summary", "", t.narrow, " ", count));
  const lists = Object.fromEntries(FACETS.map((facet) => [facet, group(facet)]));
  let open = new Set();
  let state = null;
  box.append(...FACETS.map((facet) => lists[facet]));
  box.open = wide.matches;
  wide.addEventListener("change", () => (box.open = wide.matches));
  lists.entity.addEventListener("toggle", () => state && lists.entity.open && again());

  /* The entities of all pages are many: they are read when a reader wants to see them. */
  function group(facet) {
    if (facet !== "entity") return fieldset(facet);
    return element("details", "dk-search__facet", element("summary", "", t.facets.entity));
  }

  function fieldset(facet) {
    const made = element("fieldset", "dk-search__facet", element("legend", "", t.facets[facet]));
    made.hidden = true;
    return made;
  }

  /* Reads what is needed; then a function that shows it at once. */
  async function read(answer, chosen) {
    const named = lists.entity.open || chosen.entity?.length ? await entities(answer, chosen) : null;
    return () => show({ answer, chosen }, named);
  }

  function show(next, named) {
    state = next;
    const { answer, chosen } = next;
    const counts = answer.counts();
    for (const facet of FACETS) if (facet !== "entity") fill(facet, rows(facet, counts[facet]));
    const many = FACETS.reduce((all, facet) => all + (chosen[facet]?.length ?? 0), 0);
    count.textContent = many ? many.toLocaleString() : "";
    if (chosen.entity?.length) lists.entity.open = true;
    if (named) fillEntities(named);
    else if (lists.entity.open) again(); /* opened while the others were read */
  }

  /* [value, label, count], the most first; years in their order. */
  function rows(facet, counts) {
    const chosen = state.chosen[facet] ?? [];
    const found = [...new Set([...counts.keys(), ...chosen])].map((value) => [value, label(facet, value), counts.get(value) ?? 0]);
    const order = facet === "year" ? (one, other) => other[0] - one[0] : (one, other) => other[2] - one[2] || one[1].localeCompare(other[1]);
    return found.sort(order);
  }

  function label(facet, value) {
    if (facet === "type") return t.types[value] ?? value;
    if (facet === "dossier") return table.dossiers.find(([id_]) => id_ === value)?.[1] ?? value;
    if (facet !== "lang") return value;
    try {
      return new Intl.DisplayNames([document.documentElement.lang || "en"], { type: "language" }).of(value) ?? value;
    } catch {
      return value;
    }
  }

  /* A facet with one value narrows nothing. */
  function fill(facet, rows_) {
    const into = lists[facet];
    const chosen = state.chosen[facet] ?? [];
    const held = into.contains(document.activeElement) ? document.activeElement.dataset.value : null;
    const all = open.has(facet) || rows_.length <= FEW + 1;
    const shown = all ? rows_ : rows_.filter(([value], place) => place < FEW || chosen.includes(value));
    const list = element("ul", "", ...shown.map((row) => choice(facet, row, chosen)));
    into.hidden = !chosen.length && rows_.length < 2;
    into.replaceChildren(into.firstElementChild, list, ...(all ? [] : [further(facet, rows_)]));
    if (held !== null) [...into.querySelectorAll("input")].find((input) => input.dataset.value === held)?.focus();
  }

  function choice(facet, [value, text, n], chosen) {
    const input = Object.assign(document.createElement("input"), { type: "checkbox", checked: chosen.includes(value) });
    input.dataset.value = value;
    input.addEventListener("change", () => {
      const others = (state.chosen[facet] ?? []).filter((other) => other !== value);
      choose(facet, input.checked ? [...others, value] : others);
    });
    const number = element("span", "dk-count", n.toLocaleString(document.documentElement.lang));
    return element("li", "", element("label", "", input, element("bdi", "", text), " ", number));
  }

  function further(facet, rows_) {
    const button = element("button", "dk-search__further", t.all_of.replace("{n}", rows_.length));
    button.type = "button";
    button.addEventListener("click", () => {
      open.add(facet);
      fill(facet, rows_);
      lists[facet].querySelectorAll("input")[FEW]?.focus();
    });
    return button;
  }

  async function again() {
    const mine = state;
    const named = await entities(mine.answer, mine.chosen);
    if (mine === state) fillEntities(named);
  }

  function fillEntities(named) {
    open.add("entity");
    fill("entity", named);
    lists.entity.hidden = false;
  }

  /* Counted over every page found: an entity that is chosen must be named beside the others. */
  async function entities(answer, chosen) {
    const { block, names, pages } = table;
    const blocks = await Promise.all(Array.from({ length: Math.ceil(pages / block) }, (_, number) => index.named(number)));
    const counts = new Map();
    for (const page of answer.pages) {
      for (const rank of blocks[Math.floor(page / block)][page % block]) counts.set(rank, (counts.get(rank) ?? 0) + 1);
    }
    const most = [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, FEW * 2);
    const known = await Promise.all(most.map(async ([rank]) => (await index.names(Math.floor(rank / names)))[rank % names]));
    const rows_ = known.map(([value, name, unreviewed], place) => [value, unreviewed ? `${name} (${t.unreviewed})` : name, most[place][1]]);
    const shown = new Set(rows_.map(([value]) => value));
    for (const value of chosen.entity ?? []) if (!shown.has(value)) rows_.push([value, (await title(value)) ?? value, 0]);
    return rows_;
  }

  /* The title of the very page of an entity. */
  async function title(entity) {
    const coded = await index.exact(`@${entity}`);
    let own = -1;
    if (coded) postings(coded, (page, level) => level === OWN && (own = page));
    return own < 0 ? null : (await index.page(own)).title;
  }

  return { element: box, read };
}
