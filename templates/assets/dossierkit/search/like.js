/* A word that stands nowhere, and one like it that does: what a reader may have meant. */

import { postings } from "./reading.js";

const SHORTEST = 4;
const LONG = 8;
const NAME = 1e9; /* more than any number of pages */
const VOWELS = /[aeiouyاويه]/g;

/* The query with each word that no page has put right, or null. */
export async function alike(index, words, query) {
  let changed = false;
  const put = await Promise.all(
    [...query.matchAll(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+/gu)].map(async ([part]) => {
      const [term, ...others] = words.all(part);
      if (!term || others.length || term.length < SHORTEST || !words.telling(term) || /\p{N}/u.test(term)) return part;
      const near = await index.near(term);
      if (near.some(([other]) => other.startsWith(term))) return part;
      const best = await nearest(index, words, term, await candidates(index, words, term, near));
      changed ||= best !== null;
      return best ?? part;
    }),
  );
  return changed ? put.join("") : null;
}

/* Words that may be meant: beside it in the dictionary, with the same consonants, or with another first letter. */
async function candidates(index, words, term, near) {
  const single = once(term);
  const swapped = term[1] + term[0] + term.slice(2);
  const forms = [`=${consonants(term)}`, `-${single}`, `-${single.slice(1)}`, `=${consonants(term.slice(1))}`, `=${consonants(swapped)}`];
  const found = new Map(near.filter(([other]) => !/[ @#\p{N}]/u.test(other)).map(([other, coded]) => [other, postings(coded)]));
  for (const spelled of (await Promise.all(forms.map((form) => index.slips(form)))).flat()) {
    const [other] = words.all(spelled);
    found.set(other, Math.max(found.get(other) ?? 0, spelled === other ? 1 : NAME));
  }
  return found;
}

/* The one with the fewest mistakes, as its name is written; of several a name, then the one on most pages. */
async function nearest(index, words, term, found) {
  const close = [...found]
    .filter(([other]) => other !== term && mistakes(term, other) <= allowed(term, other))
    .map(([other, pages]) => ({ other, pages, wrong: mistakes(term, other) }));
  close.sort((one, two) => one.wrong - two.wrong || two.pages - one.pages || (one.other < two.other ? -1 : 1));
  const best = close[0]?.other;
  if (!best) return null;
  return (await index.slips(`=${consonants(best)}`)).find((spelled) => words.all(spelled)[0] === best) ?? best;
}

const once = (term) => term.replace(/(.)\1+/gu, "$1");
const consonants = (term) => once(term).replace(VOWELS, "") || once(term);

/* One mistake; two in long words, and where the consonants are right. */
const allowed = (term, other) => (term.length >= LONG || (term.length > SHORTEST && consonants(term) === consonants(other)) ? 2 : 1);

/* Letters written twice or once instead are one mistake together. */
function mistakes(one, two) {
  if (Math.abs(one.length - two.length) > 3) return Infinity;
  return Math.min(distance(one, two), distance(once(one), once(two)) + 1);
}

/* Letters left out, put in, changed, or two neighbours swapped (optimal string alignment). */
export function distance(one, two) {
  let [before, last] = [[], Array.from({ length: two.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    for (let column = 1; column <= two.length; column++) {
      const same = one[row - 1] === two[column - 1];
      now[column] = Math.min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && one[row - 1] === two[column - 2] && one[row - 2] === two[column - 1];
      if (swapped) now[column] = Math.min(now[column], before[column - 2] + 1);
    }
    [before, last] = [last, now];
  }
  return last[two.length];
}
