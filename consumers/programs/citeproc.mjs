// References of a CSL-JSON file in a style: [{id, text}], as citeproc-js writes them without markup.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../package.json", import.meta.url));
const CSL = require("citeproc");
const folder = new URL("../node_modules/@citation-js/plugin-csl/lib/", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
const [file, style] = process.argv.slice(2);
const items = Object.fromEntries(JSON.parse(readFileSync(file, "utf8")).map((item) => [item.id, item]));
const locales = read("locales.json");
const engine = new CSL.Engine(
  { retrieveLocale: (lang) => locales[lang] ?? locales["en-US"], retrieveItem: (id) => items[id] },
  read("styles.json")[style],
  "en-US",
);
engine.setOutputFormat("text");
engine.updateItems(Object.keys(items));
const [about, texts] = engine.makeBibliography();
process.stdout.write(JSON.stringify(texts.map((text, at) => ({ id: about.entry_ids[at][0], text }))));
