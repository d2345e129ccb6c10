/* What is asked for -> what was found, or else what may have been meant. */

import { makeFinder } from "./finding.js";
import { makePhrases, sifted, together } from "./phrases.js";

export function makeAsker(index, words) {
  const finder = makeFinder(index, words);

  /* Of few pages that have all words of a phrase, those that have it; of many, this is seen as they are shown. */
  async function answered(query, chosen, phrases) {
    const answer = await finder.find(query, chosen);
    if (!phrases.any) return together(index, words, query, answer);
    const held = answer.some ? [] : await sifted(index, answer.all, phrases);
    return held ? { ...answer.from(held), some: false } : answer;
  }

  const complete = ({ all, some }) => all.length > 0 && !some;

  /*
   * `like`: the query with words put right, or null. `instead`: `answer` is that of `like`, because nothing at all was found, or because
   * nothing has the month or the day that was asked for, and its year has something (`wider`).
   */
  async function ask(query, chosen = {}) {
    const asked = await once(query, chosen);
    if (!asked.answer.any || complete(asked.answer)) return { ...asked, like: null, instead: false };
    const { wider } = asked.answer;
    const around = wider && (await once(wider, chosen));
    if (around && complete(around.answer)) return { ...around, like: wider, instead: true };
    const like = await meaning(query);
    if (!like || asked.answer.all.length) return { ...asked, like, instead: false };
    return { ...(await once(like, chosen)), like, instead: true };
  }

  async function once(query, chosen) {
    const phrases = makePhrases(words, query);
    return { query, phrases, answer: await answered(query, chosen, phrases) };
  }

  async function meaning(query) {
    const { alike } = await import("./like.js"); /* most queries have no mistake in them */
    return alike(index, words, query);
  }

  return { ask, finder };
}
