// What feedsmith reads of each JSON Feed: [[address of the page, number of authors], …], or null where it is none for it.
import { readFileSync } from "node:fs";
import { parseJsonFeed } from "feedsmith";

const read = (file) => {
  try {
    return (parseJsonFeed(readFileSync(file, "utf8")).items ?? []).map((one) => [one.url, one.authors?.length ?? 0]);
  } catch {
    return null;
  }
};
console.log(JSON.stringify(process.argv.slice(2).map(read)));
