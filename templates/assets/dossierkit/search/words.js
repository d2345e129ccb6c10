/* The words of a text as the index has them: what dossierkit.text.terms does, with the same tables, which the index brings. */

const TOKEN = /(?<![\p{L}\p{N}_.])\p{L}(?:\.\p{L})+(?![\p{L}\p{N}_])|[\p{L}\p{N}\p{M}_\u200b-\u200f\ufeff\u00ad]+/gu;

export function makeWords({ folded, little, articles, apart, cases, unspaced, spelled }) {
  const marks = new RegExp(`(?![${spelled}\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff])[\\p{Mn}\\p{Me}]`, "gu");
  const letters = new RegExp(`[${Object.keys(folded).join("").replace(/[\\\]^-]/g, "\\$&")}]`, "gu");
  const initials = /(?<![\p{L}\p{N}_.])[\p{L}\p{Nl}\p{No}](?:\.[\p{L}\p{Nl}\p{No}])+(?![\p{L}\p{N}_])/gu;
  const term = new RegExp(`[${unspaced}]|(?:(?![${unspaced}])[\\p{L}\\p{N}_${spelled}])+`, "gu");
  const written = new RegExp(`[${unspaced}]\\p{M}*|(?:(?![${unspaced}])[\\p{L}\\p{N}\\p{M}_\\u0640\\u200c\\u200d])+`, "gu");
  const sign = new RegExp(`^[${unspaced}]`);
  const run = new RegExp(`[${unspaced}]{2,}`, "gu");
  const article = new RegExp(`^(?:${articles.join("|")})(?=[\\p{L}\\p{N}_]{3})`, "u");
  const together = new RegExp(`(?<![\\p{L}\\p{N}_])(${apart.join("|")})(?=ال[\\p{L}\\p{N}_]{2})`, "gu");
  const sets = Object.fromEntries(Object.entries(little).map(([lang, list]) => [lang, new Set(list)]));
  const own = sets[(document.documentElement.lang || "en").split("-")[0]] ?? sets.en;

  /* Up and down again is case folding: "ß" and final sigma come out as they do in Python. */
  const fold = (text) =>
    text
      .toUpperCase()
      .toLowerCase()
      .normalize("NFKD")
      .replace(marks, "")
      .replace(letters, (letter) => folded[letter])
      .toLowerCase();
  const joined = (text) => (text.includes(".") ? text.replace(initials, (found) => found.replaceAll(".", "")) : text);
  const case_ = new Map(Object.entries(cases)); /* an object has "constructor" too, which is a word */
  const bare = (word) => word.replace(article, "");
  const all = (text) => (joined(fold(text)).replace(together, "$1 ").match(term) ?? []).map((word) => case_.get(bare(word)) ?? bare(word));

  /* A word that a query may do without: in the language of the page (2), or in another one (1). */
  const rank = (word) => (own.has(word) || /^[a-z]$/.test(word) ? 2 : Object.values(sets).some((set) => set.has(word)) ? 1 : 0);
  const telling = (word) => !rank(word);

  /* The words of a query, with what was typed and how little each says. What stands in capitals among others that do not is a name. */
  function asked(query) {
    const shouted = query === query.toUpperCase() && /\s/.test(query.trim());
    return [...query.matchAll(TOKEN)].flatMap((found) => {
      const typed = found[0];
      const capitals = !shouted && (typed.match(/\p{Lu}/gu)?.length ?? 0) > 1 && typed === typed.toUpperCase();
      return all(typed).map((word) => ({ word, typed, start: found.index, end: found.index + typed.length, little: capitals ? 0 : rank(word) }));
    });
  }
  return { fold, all, telling, asked, written, run, unspaced: (word) => sign.test(word) };
}
