/* The index, read piece by piece: see dossierkit/site/search for what the files hold. */

const PLACE = 12; /* bytes: the file of a page, its start and length there, and the number of an event */

export async function openIndex(root) {
  const base = new URL("search/data/", root);
  const table = JSON.parse(text(await bytes(new URL("index.dks", base), { cache: "no-cache" })));
  const [sizes = [], ...columns] = table.groups;
  table.groups = sizes.map((size, group) => [size, ...columns.map((column) => column[group])]);
  const kept = new Map();

  /* A file as it is read, or the part of it that begins at a byte. */
  function piece(kind, name, read, start, length) {
    const file = `${kind}/${name}`;
    const key = `${file}/${start}`;
    if (!kept.has(key)) {
      const address = new URL(`${file}.dks?v=${table.version}`, base);
      const read_ = (length ? part(address, start, length) : bytes(address)).then(read);
      read_.catch(() => kept.delete(key));
      kept.set(key, read_);
    }
    return kept.get(key);
  }

  /* The number of the stretch that would hold a term. On a large site the firsts of a block of stretches are read. */
  async function place(term, kind = "terms") {
    const { firsts, every } = table[kind];
    const block = last(firsts, term);
    return every === 1 ? block : block * every + last(await blockOf(kind, block), term);
  }

  const blockOf = (kind, block) => piece(`${kind}-firsts`, block, (data) => JSON.parse(text(data)));

  /* The first term of a stretch; undefined behind the last one. */
  async function first(number) {
    const { firsts, every, count } = table.terms;
    if (number >= count) return undefined;
    return every === 1 ? firsts[number] : (await blockOf("terms", Math.floor(number / every)))[number % every];
  }

  async function stretch(number, kind = "terms") {
    return number < table[kind].count ? piece(kind, number, dictionary) : new Map();
  }

  return {
    table,
    exact: async (term) => (await stretch(await place(term))).get(term),
    /* The stretch in which a term would stand, as [term, postings]. */
    near: async (term) => [...(await stretch(await place(term)))],
    /* Terms that begin so, from two stretches at most, as [term, postings]. */
    async beginning(start) {
      const from = await place(start);
      const parts = [await stretch(from)];
      if ((await first(from + 1))?.startsWith(start)) parts.push(await stretch(from + 1));
      return parts.flatMap((part) => [...part].filter(([term]) => term.startsWith(start)));
    },
    /* Words that slips leave in one form. */
    async slips(form) {
      const coded = (await stretch(await place(form, "slips"), "slips")).get(form);
      return coded ? text(coded).split(" ") : [];
    },
    /* What a result shows of a page, or of an event with the page that it stands on. */
    async page(number) {
      const places = await piece("places", Math.floor(number / table.places), (data) => data);
      const row = new DataView(places.buffer, places.byteOffset + (number % table.places) * PLACE, PLACE);
      const page = await piece("pages", row.getUint16(0), (data) => JSON.parse(text(data)), row.getUint32(2), row.getUint32(6));
      const event = row.getUint16(10);
      return event ? eventOf(page, event) : page;
    },
    named: (block) => piece("entities", block, lists),
    names: (block) => piece("names", block, (data) => JSON.parse(text(data))),
  };
}

/* The place of the last of some sorted texts that is not behind a term. */
function last(firsts, term) {
  let [low, high] = [0, firsts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (firsts[middle] <= term) low = middle;
    else high = middle;
  }
  return low;
}

async function bytes(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return unpacked(new Uint8Array(await answer.arrayBuffer()));
}

/* Servers that know no parts send the whole file. */
async function part(address, start, length) {
  const answer = await fetch(address, { headers: { Range: `bytes=${start}-${start + length - 1}` } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const data = new Uint8Array(await answer.arrayBuffer());
  return unpacked(answer.status === 206 ? data : data.subarray(start, start + length));
}

/* Some servers say that a compressed file is compressed, and the browser then unpacks it by itself. */
async function unpacked(data) {
  if (data[0] !== 0x1f || data[1] !== 0x8b) return data;
  const plain = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

const text = (data) => new TextDecoder().decode(data);

function eventOf({ title, url, lang, rtl, ids = [], text: sentences = [], events }, part) {
  const [heading, date, anchor, sentence, articles, open, others] = events[part - 1];
  const said = sentence < 0 ? {} : { ids: [ids[sentence]], text: [sentences[sentence]] };
  return { type: "entry", title: heading, url: anchor ? `${url}#${anchor}` : url, page: url, lang, rtl, date, articles, article: title, open, names: others, ...said };
}

function reader(data) {
  let at = 0;
  return {
    more: () => at < data.length,
    number() {
      let [value, shift] = [0, 0];
      for (;;) {
        const byte = data[at++];
        value |= (byte & 127) << shift;
        if (byte < 128) return value;
        shift += 7;
      }
    },
    part: (length) => data.subarray(at, (at += length)),
  };
}

function dictionary(data) {
  const from = reader(data);
  const found = new Map();
  let name = new Uint8Array(0);
  while (from.more()) {
    const shared = from.number();
    const rest = from.part(from.number());
    const next = new Uint8Array(shared + rest.length);
    next.set(name.subarray(0, shared));
    next.set(rest, shared);
    name = next;
    const coded = from.part(from.number());
    found.set(text(name), coded);
  }
  return found;
}

/* [page, level] pairs, one call each; returns how many there are. */
export function postings(coded, each) {
  const from = reader(coded);
  let [page, count] = [-1, 0];
  while (from.more()) {
    const number = from.number();
    page += (number >> 3) + 1;
    count++;
    each?.(page, number & 7);
  }
  return count;
}

/* One list of numbers a page. */
function lists(data) {
  const from = reader(data);
  const found = [];
  while (from.more()) found.push(Array.from({ length: from.number() }, () => from.number()));
  return found;
}
