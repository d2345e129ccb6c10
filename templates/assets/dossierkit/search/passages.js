/* The sentences of a page in which what was asked for stands, and the words of them that say it. */

import { spellings } from "./finding.js";

/* `asked`: the words that a page must have. `names`: all names of the entities that the query names. `phrases`: as `makePhrases` makes them. */
export function makePassages(words, asked, names, phrases) {
  const forms = asked.map((word) => new Set(spellings(word).map(([form]) => form)));
  const known = names.map((name) => words.all(name)).filter((name) => name.length);
  const joined = asked.map((word, place) => words.unspaced(word) && [asked[place - 1], asked[place + 1]].some((next) => next && words.unspaced(next)));
  const hit = (term) => asked.findIndex((word, place) => forms[place].has(term) || (word.length > 2 && term.startsWith(word)));

  /* The words of a text: where they stand, and which word of the query each is (asked.length: a name). */
  const asked_ = (text) => marks(text, []);
  function marks(text, others = known) {
    const found = [...text.matchAll(words.written)].map((match) => {
      const terms = words.all(match[0]);
      return { start: match.index, end: match.index + match[0].length, terms, is: Math.max(-1, ...terms.map(hit)) };
    });
    const flat = found.flatMap((word, place) => word.terms.map((term) => ({ term, place })));
    for (const name of others) {
      for (let at = 0; at + name.length <= flat.length; at++) {
        if (name.every((term, step) => flat[at + step].term === term)) {
          name.forEach((_, step) => {
            const word = found[flat[at + step].place];
            if (word.is < 0) word.is = asked.length;
          });
        }
      }
    }
    return found.filter((word) => word.is >= 0).filter(says);
  }

  /* One sign of several that were typed together says nothing by itself, where no space parts words. */
  const says = (word, place, all) => !joined[word.is] || all[place - 1]?.end === word.start || all[place + 1]?.start === word.end;

  /* The text as nodes, what was asked for in <mark>; little words between two marked ones are marked with them. */
  const joins = (gap) => gap.length < 12 && !/[,;:!?()]/.test(gap) && !words.all(gap).some(words.telling);
  const lit = (text) => split(text, marks(text));
  const said = (text) => split(text, asked_(text));
  function split(text, found) {
    const nodes = [];
    let at = 0;
    const spans = [];
    for (const { start, end } of found) {
      const last = spans.at(-1);
      if (last && joins(text.slice(last.end, start))) last.end = end;
      else spans.push({ start, end });
    }
    for (const { start, end } of spans) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      nodes.push(text.slice(at, start), mark);
      at = end;
    }
    nodes.push(text.slice(at));
    return nodes;
  }

  /* The sentences that say most of it, in the order of the text: [{id, text}]. */
  function best(page, most) {
    const rated = (page.text ?? []).map((text, place) => {
      const found = marks(text);
      const worth = new Set(found.map((word) => word.is)).size * 10 + found.length + phrases.said(text) * 1000;
      return { id: page.ids?.[place] ?? "", text, place, worth };
    });
    return rated
      .filter((sentence) => sentence.worth)
      .sort((one, other) => other.worth - one.worth || one.place - other.place)
      .slice(0, most)
      .sort((one, other) => one.place - other.place);
  }

  return { lit, said, best, marks, asked: asked_ };
}
