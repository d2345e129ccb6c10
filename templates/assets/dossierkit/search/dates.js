/* The dates of a query -> the terms that the index has for them: "May 2016", "2016-05-29", "29 mai", "spring 2016", "2015..2016". */

const MOST_MONTHS = 36;
const MOST_DAYS = 62;
const pad = (number, length = 2) => String(number).padStart(length, "0");

/* Arabic and Persian digits as those of ASCII. */
const latin = (text) =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - (digit < "\u06f0" ? 0x660 : 0x6f0)));

/* `table`: numbers by folded word, of `months`, `seasons` and their first months; `to`: words between two dates, `of`: words within one. */
export function readDates(asked, query, table) {
  const tokens = asked.map(({ word, start, end }) => ({ word: latin(word), start, end }));
  const gap = (at) => (tokens[at] && tokens[at + 1] ? query.slice(tokens[at].end, tokens[at + 1].start) : null);
  const found = [];
  for (let at = 0; at < tokens.length; ) {
    const span = range(tokens, at, gap, table) ?? point(tokens, at, gap, table);
    const year = !span?.plain && span?.first.year === span?.last.year && span?.first.year; /* in which a day or a month lies */
    if (span) found.push({ from: at, to: span.to, alone: !span.plain, year, terms: terms(span.first, span.last) });
    at = span?.to ?? at + 1;
  }
  return found.filter((one) => one.terms.length);
}

/* Two dates with "to", "..", "–" or, where both are years, "-" between them; the first may leave out what the second says. */
function range(tokens, at, gap, table) {
  const day = number(tokens[at], 1, 31);
  const firsts = [point(tokens, at, gap, table), day && { to: at + 1, first: { day }, last: { day } }, month(tokens, at, table)].filter(Boolean);
  for (const first of firsts) {
    const between = gap(first.to - 1) ?? "";
    const word = table.to.includes(tokens[first.to]?.word);
    if (!word && !/^\s*(?:\.\.|…|[–—/]|-)\s*$/.test(between)) continue;
    const second = point(tokens, first.to + (word ? 1 : 0), gap, table);
    if (!second) continue;
    const start = { ...first.first };
    start.year ??= second.first.year;
    if (start.day) start.month ??= second.first.month;
    if (start.year && second.last.year && key(start) <= key(second.last)) return { to: second.to, first: start, last: second.last };
  }
  return null;
}

const key = ({ year, month = 0, day = 0 }) => (year * 100 + month) * 100 + day;

/* One date: its words, its first and its last day, month or year. `plain`: a year alone, which may be any number. */
function point(tokens, at, gap, table) {
  return numbers(tokens, at, gap) ?? inWords(tokens, at, table) ?? season(tokens, at, table) ?? alone(tokens, at);
}

/* 2016-05-29, 2016-05, 29/05/2016, 29.05.2016, 29-05-2016; where the second number is no month, the first is. */
function numbers(tokens, at, gap) {
  const [one, two, three] = [0, 1, 2].map((step) => tokens[at + step]);
  const signs = [gap(at), gap(at + 1)];
  if (year(one) && signs[0] === "-" && two?.word.length === 2 && number(two, 1, 12)) {
    const whole = { year: year(one), month: number(two, 1, 12) };
    const day = signs[1] === "-" && three?.word.length === 2 && number(three, 1, 31);
    return same(at + (day ? 3 : 2), day ? { ...whole, day } : whole);
  }
  if (/^[-/.]$/.test(signs[0] ?? "") && signs[1] === signs[0] && year(three)) {
    const [first, second] = [number(one, 1, 31), number(two, 1, 31)];
    if (first && second) return same(at + 3, { year: year(three), ...(second > 12 ? { month: first, day: second } : { day: first, month: second }) });
  }
  return null;
}

/* "29 May 2016", "May 29, 2016", "29 May", "May 2016", "1er mai 2016", "٢٩ أيار ٢٠١٦" */
function inWords(tokens, at, table) {
  let day = ordinal(tokens[at]);
  let next = day ? skip(tokens, at + 1, table) : at;
  const named = month(tokens, next, table);
  if (!named) return null;
  next = named.to;
  if (!day && ordinal(tokens[next])) {
    day = ordinal(tokens[next]);
    next += 1;
  }
  const last = skip(tokens, next, table);
  const said = year(tokens[last]);
  if (!day && !said) return null;
  const whole = { ...(said && { year: said }), month: named.first.month, ...(day && { day }) };
  return same(said ? last + 1 : next, whole);
}

/* The name of a month, of one word or two. */
function month(tokens, at, table) {
  for (const length of [2, 1]) {
    const name = tokens.slice(at, at + length).map(({ word }) => word).join(" ");
    const number_ = tokens.length >= at + length && own(table.months, name);
    if (number_) return same(at + length, { month: number_ });
  }
  return null;
}

function season(tokens, at, table) {
  const start = own(table.seasons, tokens[at]?.word);
  const next = skip(tokens, at + 1, table);
  const said = start && year(tokens[next]);
  if (!said) return null;
  const end = start + 2;
  const last = end > 12 ? { year: said + 1, month: end - 12 } : { year: said, month: end };
  return { to: next + 1, first: { year: said, month: start }, last };
}

function alone(tokens, at) {
  const said = year(tokens[at]);
  return said ? { ...same(at + 1, { year: said }), plain: true } : null;
}

/* An object has "constructor" too, which is a word. */
const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);
const same = (to, date) => ({ to, first: date, last: date });
const skip = (tokens, at, table) => (table.of.includes(tokens[at]?.word) ? at + 1 : at);
const number = (token, least, most) => (token && /^\d{1,2}$/.test(token.word) && +token.word >= least && +token.word <= most ? +token.word : 0);
const year = (token) => (token && /^[12]\d{3}$/.test(token.word) ? +token.word : 0);
const ordinal = (token) => {
  const found = token && /^(\d{1,2})(?:st|nd|rd|th|er)?$/.exec(token.word);
  return found && +found[1] >= 1 && +found[1] <= 31 ? +found[1] : 0;
};

/* Days where both ends are days, else months, else years; of too many the next coarser ones. */
function terms(first, last) {
  if (!first.year) return first.day ? [`#${pad(first.month)}-${pad(first.day)}`] : [];
  if (first.day && last.day) {
    const start = Date.UTC(first.year, first.month - 1, first.day);
    const days = (Date.UTC(last.year, last.month - 1, last.day) - start) / 864e5 + 1;
    if (days <= MOST_DAYS) return Array.from({ length: days }, (_, step) => `#${new Date(start + step * 864e5).toISOString().slice(0, 10)}`);
  }
  if (first.month || last.month) {
    const [from, to] = [first.year * 12 + (first.month ?? 1) - 1, last.year * 12 + (last.month ?? 12) - 1];
    if (to - from < MOST_MONTHS) return list(from, to).map((at) => `#${pad(Math.floor(at / 12), 4)}-${pad((at % 12) + 1)}`);
  }
  return list(first.year, last.year).slice(0, 200).map((at) => `#${pad(at, 4)}`);
}

const list = (from, to) => Array.from({ length: to - from + 1 }, (_, step) => from + step);
