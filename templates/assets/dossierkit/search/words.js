/* The words of a text as the index has them: what dossierkit.text.terms does, with the same tables, which the index brings. */

export function makeWords({ folded, little, articles, unspaced }) {
  const marks = /[\p{Mn}\p{Me}]/gu;
  const letters = new RegExp(`[${Object.keys(folded).join("").replace(/[\\\]^-]/g, "\\$&")}]`, "gu");
  const term = new RegExp(`[${unspaced}]|(?:(?![${unspaced}])[\\p{L}\\p{N}_])+`, "gu");
  const article = new RegExp(`^(?:${articles.join("|")})(?=[\\p{L}\\p{N}_]{3})`, "u");
  const left = new Set(little);

  /* Up and down again is case folding: "ß" and final sigma come out as they do in Python. */
  const fold = (text) =>
    text
      .toUpperCase()
      .toLowerCase()
      .normalize("NFKD")
      .replace(marks, "")
      .replace(letters, (letter) => folded[letter])
      .toLowerCase();
  const all = (text) => (fold(text).match(term) ?? []).map((word) => word.replace(article, ""));
  const telling = (word) => !left.has(word) && !/^[a-z]$/.test(word);
  return { fold, all, telling, terms: (text) => all(text).filter(telling) };
}
