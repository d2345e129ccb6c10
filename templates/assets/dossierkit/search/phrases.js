/* Words in quotation marks must stand together. The index knows words, not where they stand: pages that have them all are read. */

const QUOTED = /["“”„«»]([^"“”„«»]+)["“”„«»]/gu;
const BATCH = 10;
const AT_ONCE = 20;
const IN_ONE_GO = 100; /* pages of some 2 kB each */

export function makePhrases(words, query) {
  const asked = [...query.matchAll(QUOTED)].map((match) => words.all(match[1])).filter((phrase) => phrase.length);
  const within = (text, phrase) => {
    const all = words.all(text);
    return all.some((_, at) => phrase.every((word, step) => all[at + step] === word));
  };
  const texts = (page) => [page.title, page.about ?? "", ...(page.names ?? []), ...(page.text ?? [])];
  return {
    any: asked.length > 0,
    /* The query without them. */
    apart: query.replace(QUOTED, "$1"),
    holds: (page) => asked.every((phrase) => texts(page).some((text) => within(text, phrase))),
    /* How many of them one text says. */
    said: (text) => asked.filter((phrase) => within(text, phrase)).length,
  };
}

/* What is typed without spaces, as in Chinese, is searched by characters: of these pages, few enough to be read, those that have them
   together, if any has. A name of an entity is said in other words elsewhere. */
export async function together(index, words, query, answer) {
  const runs = query.match(words.run);
  if (!runs || answer.some || answer.known.length) return answer;
  const held = await sifted(index, answer.all, makePhrases(words, runs.map((run) => `"${run}"`).join(" ")));
  return held?.length ? answer.from(held) : answer;
}

/* The pages that hold all phrases, of so few that each can be read; null for more. */
export async function sifted(index, pages, phrases) {
  if (pages.length > IN_ONE_GO) return null;
  const read = await Promise.all(pages.map((number) => index.page(number)));
  return pages.filter((_, place) => phrases.holds(read[place]));
}

/* Pages in their order, ten at a time. Those that do not hold the phrases are passed over, so many of them in one go. */
export function makeReel(index, pages, phrases) {
  let waiting = [];
  const reel = {
    read: 0,
    shown: 0,
    total: pages.length,
    more: () => waiting.length > 0 || reel.read < pages.length,
    async next() {
      const most = reel.read + IN_ONE_GO;
      while (waiting.length < BATCH && reel.read < Math.min(most, pages.length)) {
        const size = phrases.any ? AT_ONCE : BATCH;
        const some = await Promise.all(pages.slice(reel.read, reel.read + size).map((number) => index.page(number)));
        reel.read += some.length;
        waiting.push(...(phrases.any ? some.filter(phrases.holds) : some));
      }
      const batch = waiting.slice(0, BATCH);
      waiting = waiting.slice(BATCH);
      reel.shown += batch.length;
      return batch;
    },
  };
  return reel;
}
