/* What is asked for -> what was found, or else what may have been meant. */

import { makeFinder } from "./finding.js";
import { makePhrases, sifted } from "./phrases.js";

export function makeAsker(index, words) {
  const finder = makeFinder(index, words);

  /* Of few pages that have all words of a phrase, those that have it; of many, this is seen as they are shown. */
  async function answered(query, chosen, phrases) {
    const answer = await finder.find(query, chosen);
    if (!phrases.any) return answer;
    const held = answer.some ? [] : await sifted(index, answer.all, phrases);
    return held ? { ...answer.from(held), some: false } : answer;
  }

  /* `like`: the query with words put right, or null; where nothing at all was found, `answer` is that of it (`instead`). */
  async function ask(query, chosen = {}) {
    const phrases = makePhrases(words, query);
    const answer = await answered(query, chosen, phrases);
    const like = answer.any && (answer.some || !answer.all.length) ? await meaning(query) : null;
    if (!like || answer.all.length) return { query, answer, phrases, like, instead: false };
    const others = makePhrases(words, like);
    return { query: like, answer: await answered(like, chosen, others), phrases: others, like, instead: true };
  }

  async function meaning(query) {
    const { alike } = await import("./like.js"); /* most queries have no mistake in them */
    return alike(index, words, query);
  }

  return { ask, finder };
}
