// What Readability takes for the text of each page, as a list of texts.
import { readFileSync } from "node:fs";
import { Readability } from "@mozilla/readability";
import { JSDOM } from "jsdom";

const read = (file) => {
  const { document } = new JSDOM(readFileSync(file, "utf8"), { url: "https://dossier.example/" }).window;
  return new Readability(document, { charThreshold: 20 }).parse()?.textContent ?? "";
};
console.log(JSON.stringify(process.argv.slice(2).map(read)));
