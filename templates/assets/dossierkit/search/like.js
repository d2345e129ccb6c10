/* A word that stands nowhere, and one like it that does: what a reader may have meant. */

import { postings } from "./reading.js";

const SHORTEST = 4;
const LONG = 8;

/* The query with each word that no page has put right, or null. Words with another first letter are not thought of. */
export async function alike(index, words, query) {
  let changed = false;
  const put = await Promise.all(
    [...query.matchAll(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+/gu)].map(async ([part]) => {
      const [term, ...others] = words.all(part);
      if (!term || others.length || term.length < SHORTEST || !words.telling(term)) return part;
      const near = await index.near(term);
      if (near.some(([other]) => other.startsWith(term))) return part;
      const best = nearest(term, near);
      changed ||= best !== null;
      return best ?? part;
    }),
  );
  return changed ? put.join("") : null;
}

/* The one with the fewest mistakes; of several the one on most pages. */
function nearest(term, near) {
  const most = term.length < LONG ? 1 : 2;
  const found = near
    .filter(([other]) => !/[ @]/.test(other) && Math.abs(other.length - term.length) <= most)
    .map(([other, coded]) => ({ other, mistakes: distance(term, other), pages: postings(coded) }))
    .filter(({ mistakes }) => mistakes <= most);
  found.sort((one, two) => one.mistakes - two.mistakes || two.pages - one.pages || (one.other < two.other ? -1 : 1));
  return found[0]?.other ?? null;
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
