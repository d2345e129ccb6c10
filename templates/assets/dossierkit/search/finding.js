/* A query and facets -> pages with weights, and how many pages every value of a facet has. */

import { postings } from "./reading.js";

export const OWN = 7; /* the page of the very entity: dossierkit.compile.search.postings */
const LONGEST_NAME = 6;
const FULL_NAME = 1.2;
const COLUMNS = { type: 1, dossier: 2, lang: 3, year: 4, source: 5 };
export const FACETS = ["type", "entity", "dossier", "year", "source", "lang"];

export function makeFinder(index, words) {
  const { table } = index;
  const groups = new Uint16Array(table.pages);
  table.groups.reduce((start, [size], number) => groups.fill(number, start, start + size) && start + size, 0);
  const values = {
    type: table.types,
    dossier: table.dossiers.map(([id]) => id),
    lang: table.langs,
    year: table.years,
    source: table.sources,
  };

  /* The places of a group's values in the list of a facet. */
  const has = (group, facet) => {
    const place = table.groups[group][COLUMNS[facet]];
    return facet === "dossier" ? table.sets[place] : values[facet][place] ? [place] : [];
  };

  const year = (page) => values.year[table.groups[groups[page]][COLUMNS.year]];

  async function find(query, chosen) {
    const asked = await weigh(words.all(query), /\S$/.test(query));
    const within = await naming(chosen.entity ?? []);
    const narrowed = COLUMNS_OF.filter((facet) => chosen[facet]?.length);
    const passes = table.groups.map((_, group) =>
      Object.fromEntries(narrowed.map((facet) => [facet, has(group, facet).some((place) => chosen[facet].includes(values[facet][place]))])),
    );
    const all = [];
    for (let page = 0; page < table.pages; page++) {
      if ((!asked.any || asked.weights[page]) && within.every((set) => set[page])) all.push(page);
    }
    all.sort((one, other) => asked.weights[other] - asked.weights[one] || year(other) - year(one) || one - other);

    /* The answer from some of the pages: `all` that have the words, `pages` what is left of them under the facets. */
    const from = (some) => {
      const sizes = new Uint32Array(table.groups.length);
      for (const page of some) sizes[groups[page]]++;
      const pages = some.filter((page) => narrowed.every((facet) => passes[groups[page]][facet]));
      return { ...asked, from, all: some, pages, counts: () => count(sizes, narrowed, passes) };
    };
    return from(all);
  }

  /* Each facet is counted under the query and all other facets, as if nothing were chosen in it. */
  function count(sizes, narrowed, passes) {
    const counts = Object.fromEntries(COLUMNS_OF.map((facet) => [facet, new Map()]));
    sizes.forEach((size, group) => {
      if (!size) return;
      for (const facet of COLUMNS_OF) {
        if (!narrowed.every((other) => other === facet || passes[group][other])) continue;
        for (const place of has(group, facet)) {
          counts[facet].set(values[facet][place], (counts[facet].get(values[facet][place]) ?? 0) + size);
        }
      }
    });
    return counts;
  }

  /* For each entity chosen, the pages that name it. */
  const naming = (ids) =>
    Promise.all(
      ids.map(async (id) => {
        const set = new Uint8Array(table.pages);
        const coded = await index.exact(`@${id}`);
        if (coded) postings(coded, (page) => (set[page] = 1));
        return set;
      }),
    );

  /* Every word must be there, in one of its forms or within a name; where no page has all, those that have most. */
  async function weigh(all, ended) {
    const places = all.flatMap((word, place) => (words.telling(word) ? [place] : []));
    const columns = new Map(places.map((place) => [place, new Float32Array(table.pages)]));
    const known = new Set();
    await Promise.all([
      ...places.map(async (place) => {
        const last = ended && place === all.length - 1;
        await forms(all[place], last, (page, weight, level) => {
          raise(columns.get(place), page, weight);
          if (level === OWN) known.add(page);
        });
      }),
      ...names(all).map(async ({ name, from, to }) => {
        const coded = await index.exact(name);
        if (!coded) return;
        const rarity = idf(postings(coded));
        for (let place = from; place < to; place++) if (!columns.has(place)) columns.set(place, new Float32Array(table.pages));
        postings(coded, (page, level) => {
          if (level === OWN) known.add(page);
          for (let place = from; place < to; place++) raise(columns.get(place), page, (FULL_NAME * rarity * level) / OWN);
        });
      }),
    ]);
    const needed = places.length ? places.map((place) => columns.get(place)) : [...columns.values()];
    const every = sum(needed, needed.length);
    const some = needed.length > 1 && !every.some(Boolean);
    const weights = some ? sum(needed, 1) : every;
    return { weights, any: all.length > 0, some: some && weights.some(Boolean), known: [...known].sort((one, other) => one - other) };
  }

  function sum(columns, least) {
    const total = new Float32Array(table.pages);
    for (let page = 0; page < table.pages; page++) {
      const met = columns.filter((column) => column[page]);
      if (met.length >= least && met.length) total[page] = met.reduce((all, column) => all + column[page], 0);
    }
    return total;
  }

  /* A word as it is, in the singular or plural, and the words that begin with it. */
  async function forms(word, unfinished, each) {
    const take = (coded, share) => {
      const rarity = idf(postings(coded));
      postings(coded, (page, level) => each(page, (share * rarity * level) / OWN, share === 1 ? level : 0));
    };
    for (const [form, share] of spellings(word)) {
      const coded = await index.exact(form);
      if (coded) take(coded, share);
    }
    if (word.length < 3) return;
    const longest = word.length + (unfinished ? 40 : 3);
    const longer = (await index.beginning(word)).filter(([term]) => term !== word && term.length <= longest && !term.includes(" "));
    longer.slice(0, 60).forEach(([, coded]) => take(coded, 0.5));
  }

  const idf = (pages) => Math.log(1 + (table.pages - pages + 0.5) / (pages + 0.5)) + 0.05;
  /* The best of it counts, and a little that it is there in more than one way: by the words asked for, and by a name. */
  const raise = (column, page, weight) => (column[page] = Math.max(column[page], weight) + 0.2 * Math.min(column[page], weight));
  return { find, values };
}

const COLUMNS_OF = Object.keys(COLUMNS);

/* Singulars of what may be a plural; plurals begin with their singular and are found that way. */
export function spellings(word) {
  const found = [[word, 1]];
  if (/^[a-z]{3,}[^s]s$/.test(word)) found.push([word.slice(0, -1), 0.8]);
  if (/^[a-z]{3,}ies$/.test(word)) found.push([`${word.slice(0, -3)}y`, 0.8]);
  return found;
}

/* Every run of words that could be a name of several words. */
function names(all) {
  const runs = [];
  for (let from = 0; from < all.length; from++) {
    for (let to = from + 2; to <= Math.min(all.length, from + LONGEST_NAME); to++) {
      runs.push({ name: all.slice(from, to).join(" "), from, to });
    }
  }
  return runs.slice(0, 24);
}
