// Whether edtf.js reads each string of a JSON list, at level 2: a list of truth values.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../package.json", import.meta.url));
const { parse } = require("edtf");
const reads = (text) => {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
};
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(process.argv[2], "utf8")).map(reads)));
