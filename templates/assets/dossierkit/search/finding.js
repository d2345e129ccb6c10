/* A query and facets -> pages and events with weights, and how many every value of a facet has. */

import { postings } from "./reading.js";

export const OWN = 7; /* the page of the very entity: dossierkit.site.search.piece */
const LONGEST_NAME = 6;
const FULL_NAME = 1.2;
const EXACTLY = 1000; /* what was asked for is a name, and nothing else */
const EVENT = 0.6; /* of the weight of a page, where a word or a name was asked for: an event of one sentence is about each of its words */
const FEW = 8;
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
  const entry = table.types.indexOf("entry");
  const isEvent = (page) => table.groups[groups[page]][COLUMNS.type] === entry;

  async function find(query, chosen) {
    const asked = await weigh(words.asked(query), query);
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

  const column = () => new Float32Array(table.pages);

  /* Every word that says something must be there, in one of its forms or within a name; where no page has all, those that have most. */
  async function weigh(asked, query) {
    const all = asked.map(({ word }) => word);
    const dates = await dated(asked, query);
    const met = dates.filter(({ pages }) => pages.size);
    const needed = await needs(asked, met);
    const told = (place) => met.some(({ from, to, alone }) => alone && from <= place && place < to);
    const columns = new Map(needed.map((place) => [place, column()]));
    const known = new Set();
    const raised = (from, to, page, weight) => {
      for (let place = from; place < to; place++) if (columns.has(place)) raise(columns.get(place), page, weight);
    };
    await Promise.all([
      ...needed.map(async (place) => {
        if (told(place)) return;
        const unfinished = place === all.length - 1 && /\S$/.test(query);
        await forms(all[place], unfinished, (page, weight, level) => {
          raise(columns.get(place), page, weight);
          if (level === OWN) known.add(page);
        });
      }),
      ...names(all).map(async ({ name, from, to }) => {
        const coded = await index.exact(name);
        if (!coded) return;
        const rarity = idf(postings(coded));
        postings(coded, (page, level) => {
          if (level === OWN) known.add(page);
          raised(from, to, page, (FULL_NAME * rarity * level) / OWN);
        });
      }),
    ]);
    for (const { from, to, pages } of met) for (const [page, weight] of pages) raised(from, to, page, weight);
    const every = sum([...columns.values()], columns.size);
    const some = columns.size > 1 && !every.some(Boolean);
    const weights = some ? sum([...columns.values()], 1) : every;
    const whole = await exactly(asked);
    if (!met.length && (needed.length === 1 || whole.length)) {
      for (let page = 0; page < weights.length; page++) if (weights[page] && isEvent(page)) weights[page] *= EVENT;
    }
    for (const [page, more] of whole) if (weights[page]) weights[page] += more;
    const said = needed.filter((place) => !told(place)).map((place) => all[place]);
    const empty = dates.find(({ pages, year }) => !pages.size && year);
    const wider = empty && query.slice(0, asked[empty.from].start) + empty.year + query.slice(asked[empty.to - 1].end);
    return { weights, any: all.length > 0, wider, some: some && weights.some(Boolean), said, known: [...known].sort((one, other) => one - other) };
  }

  /* The places of the words that a page must have. Of a query of little words alone these are its names, or all of it. */
  async function needs(asked, dates) {
    const inDate = (place) => dates.some(({ from, to }) => from <= place && place < to);
    const places = [...asked.keys()];
    const foreign = await Promise.all(asked.map(({ word, little }) => little === 1 && own(word)));
    const needed = places.filter((place) => !asked[place].little || foreign[place] || inDate(place));
    if (needed.length) return needed;
    const named = await Promise.all(asked.map(({ word }) => own(word)));
    return named.some(Boolean) ? places.filter((place) => named[place]) : places;
  }

  async function own(name) {
    const coded = await index.exact(name);
    let is = false;
    if (coded) postings(coded, (_, level) => (is ||= level === OWN));
    return is;
  }

  /* The pages of entities that are called so, and not only among other things; before them those whose first name it is. */
  async function exactly(asked) {
    const first = asked.findIndex(({ little }) => !little);
    const last = asked.findLastIndex(({ little }) => !little);
    const whole = new Set([asked, asked.slice(first, last + 1)].map((some) => some.map(({ word }) => word).join(" ")));
    const found = [];
    for (const name of first < 0 ? [...whole].slice(0, 1) : whole) {
      const coded = name && (await index.exact(name));
      if (coded) postings(coded, (page, level) => level === OWN && found.push([page, name]));
    }
    const titled = async ([page, name]) => words.all((await index.page(page)).title).join(" ") === name;
    const titles = found.length > 1 && found.length < FEW ? await Promise.all(found.map(titled)) : [];
    return found.map(([page], place) => [page, EXACTLY * (titles[place] ? 2 : 1)]);
  }

  /* The dates that a query names, each with the pages of that time; none of these may be left. */
  async function dated(asked, query) {
    if (!/\p{Nd}/u.test(query)) return [];
    const { readDates } = await import("./dates.js");
    const found = await Promise.all(
      readDates(asked, query, table.dates).map(async ({ terms, ...span }) => {
        const pages = new Map();
        await Promise.all(
          terms.map(async (term) => {
            const coded = await index.exact(term);
            if (coded) postings(coded, (page, level) => pages.set(page, Math.max(pages.get(page) ?? 0, level)));
          }),
        );
        return { ...span, pages };
      }),
    );
    return found;
  }

  function sum(columns, least) {
    const total = column();
    for (let page = 0; page < table.pages; page++) {
      let [met, all, smallest] = [0, 0, Infinity];
      for (const one of columns) {
        if (!one[page]) continue;
        met += 1;
        all += one[page];
        smallest = Math.min(smallest, one[page]);
      }
      if (met >= least && met) total[page] = all + met * smallest; /* of two, the one that is about all of the words */
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
  const raise = (into, page, weight) => (into[page] = Math.max(into[page], weight) + 0.2 * Math.min(into[page], weight));
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
