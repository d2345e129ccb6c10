// Resolves each selector of annotations.jsonld in the DOM of its source: how many were asked, how many gave the quoted words once.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { JSDOM } from "jsdom";

const [site, file] = process.argv.slice(2);
const collection = JSON.parse(readFileSync(file, "utf8"));
const root = collection.id.replace(/data\/annotations\.jsonld$/, "");
const sources = new Map();
for (const { target } of collection.first.items) {
  for (const one of [target].flat()) sources.set(one.source, [...(sources.get(one.source) ?? []), one]);
}
const NAMES = { TextQuoteSelector: "by quote", TextPositionSelector: "by position" };
const found = {};
for (const [source, targets] of sources) {
  const path = decodeURIComponent(source.slice(root.length));
  const bare = path.endsWith(".txt");
  const text = readFileSync(join(site, bare ? path : join(path, "index.html")), "utf8");
  const { window } = new JSDOM(bare ? "<!doctype html><pre></pre>" : text);
  if (bare) window.document.querySelector("pre").append(text);
  for (const name of ["Node", "NodeFilter", "Range", "document", "Text", "Element"]) globalThis[name] = window[name];
  const dom = await import("@apache-annotator/dom");
  const { makeRefinable } = await import("@apache-annotator/selector");
  const find = makeRefinable((selector) => dom[`create${selector.type}Matcher`](selector));
  const scope = bare ? window.document.querySelector("pre") : window.document.body;
  for (const { selector } of targets) {
    const words = selector.map((one) => one.refinedBy ?? one).find((one) => one.exact).exact;
    for (const one of selector) {
      const key = `${bare ? "bare text" : "page"}, ${NAMES[(one.refinedBy ?? one).type]}`;
      const figures = (found[key] ??= { asked: 0, right: 0 });
      const got = [];
      for await (const range of find(one)(scope)) got.push(range.toString());
      figures.asked += 1;
      if (got.length === 1 && got[0] === words) figures.right += 1;
    }
  }
}
console.log(JSON.stringify(found));
