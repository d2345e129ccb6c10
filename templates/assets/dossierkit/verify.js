/* Every file of the site, loaded and compared with the manifest, when the reader asks for it; only this site is asked. Without
   scripts, or where the browser computes no hashes, the page says what else there is. */
(() => {
  const AT_ONCE = 6;
  const SHOWN = 200;
  const PATH = ".well-known/dossier.json";

  function start() {
    const place = document.querySelector("[data-dk-verify]");
    if (!place || place.dataset.dkReady) return;
    place.dataset.dkReady = "yes";
    const off = place.querySelector(".dk-verify__off");
    const row = place.querySelector(".dk-verify__do");
    const missing = location.protocol === "file:" ? "disk" : window.crypto?.subtle ? "" : "insecure";
    if (missing) {
      off.textContent = place.dataset[missing];
      off.dataset.dkSaid = "";
      row.remove();
      return;
    }
    off.hidden = true;
    row.hidden = false;
    const button = row.querySelector("button");
    const begin = button.textContent;
    let running = null;
    let ended = Promise.resolve();
    const stopped = () => {
      running = null;
      button.textContent = begin;
    };
    button.addEventListener("click", async () => {
      if (running) {
        running.abort();
        stopped();
        return;
      }
      const mine = new AbortController();
      running = mine;
      button.textContent = place.dataset.stop;
      ended = ended.then(() => check(place, mine.signal));
      await ended;
      if (running === mine) stopped();
    });
  }

  async function check(place, signal) {
    const found = place.querySelector(".dk-verify__found");
    const bar = place.querySelector("progress");
    const say = (text) => {
      place.querySelector(".dk-verify__result").textContent = text;
    };
    found.replaceChildren();
    found.hidden = true;
    let manifest;
    try {
      manifest = await list(place, signal);
    } catch {
      say(signal.aborted ? place.dataset.stopped : place.dataset.noList);
      return;
    }
    await facts(place, manifest);
    const files = Object.entries(manifest.files);
    if (`sha256-${await root(files)}` !== manifest.root) {
      say(place.dataset.wrongList);
      return;
    }
    const base = new URL(place.dataset.dkVerify.slice(0, -PATH.length) || ".", location.href);
    let next = 0;
    let done = 0;
    let wrong = 0;
    bar.hidden = false;
    bar.max = files.length;
    async function some() {
      while (next < files.length && !signal.aborted) {
        const [path, expected] = files[next++];
        const verdict = await compared(new URL(address(path), base), expected, signal);
        if (signal.aborted) return;
        done += 1;
        bar.value = done;
        if (verdict) {
          wrong += 1;
          if (wrong <= SHOWN) tell(found, path, place.dataset[verdict]);
        }
        if (done % 50 === 0) say(filled(place.dataset.progress, { done, total: files.length }));
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, some));
    bar.hidden = true;
    const values = { done, total: files.length, n: wrong };
    const words = filled(wrong ? place.dataset.differ : place.dataset.same, values);
    say(signal.aborted ? `${place.dataset.stopped} ${words}` : words);
  }

  async function list(place, signal) {
    const answer = await asked(place.dataset.dkVerify, signal);
    const told = await answer.json();
    if (!answer.ok || told.format !== 1 || typeof told.files !== "object") throw new Error("no manifest");
    return told;
  }

  async function facts(place, manifest) {
    place.querySelector("[data-dk-root]").textContent = manifest.root;
    const revision = place.querySelector("[data-dk-revision]");
    revision.textContent = manifest.revision ?? "";
    revision.closest("div").hidden = !manifest.revision;
    place.querySelector(".dk-verify__facts").hidden = false;
  }

  /* SHA-256 over the lines `HASH  PATH` in the order of their bytes. A line begins with its hash, and no two files have one path. */
  async function root(files) {
    const lines = files.map(([path, hash]) => `${hash.slice(7)}  ${path}\n`);
    const bytes = lines.map((line) => [line, new TextEncoder().encode(line)]);
    bytes.sort(([, a], [, b]) => {
      const length = Math.min(a.length, b.length);
      for (let i = 0; i < length; i += 1) if (a[i] !== b[i]) return a[i] - b[i];
      return a.length - b.length;
    });
    return digest(new TextEncoder().encode(bytes.map(([line]) => line).join("")));
  }

  async function compared(url, expected, signal) {
    if (url.origin !== location.origin) return "changed";
    try {
      const answer = await asked(url, signal);
      /* A page that says what is not there is one itself, whatever number its server gives with it. */
      if (!answer.ok && !url.pathname.endsWith("/404.html")) return answer.status === 404 ? "gone" : "unread";
      return `sha256-${await digest(await answer.arrayBuffer())}` === expected ? "" : "changed";
    } catch {
      return "unread";
    }
  }

  function asked(url, signal) {
    return fetch(url, { cache: "no-store", credentials: "omit", redirect: "error", signal });
  }

  /* Pages are asked for as readers do: hosts serve them at their folder's address, some only there. */
  function address(path) {
    const asked = path === "index.html" || path.endsWith("/index.html") ? path.slice(0, -10) : path;
    return `./${asked.split("/").map(encodeURIComponent).join("/")}`;
  }

  async function digest(bytes) {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function tell(place, path, words) {
    const row = document.createElement("li");
    const code = document.createElement("code");
    code.dir = "ltr";
    code.textContent = path;
    row.append(code, ` ${words}`);
    place.append(row);
    place.hidden = false;
  }

  function filled(words, values) {
    const lang = document.documentElement.lang || "en";
    const number = (name) => values[name].toLocaleString(lang, { numberingSystem: "latn" });
    return words.replace(/\{(\w+)\}/g, (_, name) => number(name));
  }

  if (window.document$?.subscribe) window.document$.subscribe(start);
  else start();
})();
