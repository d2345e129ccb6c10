// The desk's keys and forms. Everything here is a shortcut for what the page's own links, buttons and fields do.
// Sections: keys, forms, checks, finding, selection, marks, sizes, start.

"use strict";

const BASE = document.currentScript.src.replace(/static\/desk\.js$/, ""); // of every address, with the token
const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const typing = (element) => element.matches("input:not([type=checkbox]), textarea, select");
const seen = (element) => element.offsetParent !== null || element.closest(".item, .decisions") !== null;

// ---- Keys ----

let prefix = "";

function scope() {
  return document.activeElement?.closest("[data-item]") ?? one("[data-item].open") ?? one("[data-item]");
}

function pressed(key) {
  const item = scope();
  const found = (item && one(`[data-key="${CSS.escape(key)}"]`, item)) ?? all(`[data-key="${CSS.escape(key)}"]`).find((each) => !each.closest("[data-item]"));
  return found && !found.disabled ? found : null;
}

function act(element) {
  if (element.matches("input, textarea, select")) {
    element.focus();
    element.select?.();
  } else if (element.matches("summary")) {
    const details = element.parentElement;
    details.open = true;
    one("input:not([type=hidden]), textarea, select", details)?.focus();
  } else {
    busy ||= element.matches("a") && element.href.split("#")[0] !== location.href.split("#")[0]; // the next key is for the page that comes
    element.click();
  }
}

/** Act on what has the key. `may`: whether this element may be acted on. */
function press(name, may = () => true) {
  const key = prefix + name;
  prefix = name === "n" && one('[data-key^="n1"]') ? "n" : "";
  const found = pressed(key);
  if (found && may(found)) act(found);
  return found;
}

/**
 * The name of the key that was pressed. Where a layout has no Latin letters, or digits only with Shift, its place on the keyboard says which;
 * with Caps Lock, only Shift makes a capital: `P` publishes.
 */
function keyOf(event) {
  const { key, code } = event;
  if (key === "؟") return "?";
  const place = /^(?:Key|Digit|Numpad)(?=.$)/.exec(code) ? code.at(-1) : "";
  if (/^[a-z]$/i.test(key)) return event.getModifierState("CapsLock") ? (event.shiftKey ? key.toUpperCase() : key.toLowerCase()) : key;
  if (/^[!-~]$/.test(key) && (pressed(prefix + key) || !/\d/.test(place) || event.shiftKey)) return key;
  const written = [...key].length < 3 && !/^[A-Z]\w/.test(key); // no name of a key, such as F5
  return place && written ? (event.shiftKey ? place : place.toLowerCase()) : key;
}

const held = []; // keys pressed while the page is being parsed, each with its step and what had it then
const parsing = () => document.readyState === "loading";
const decides = (element) => element.matches("button") && element.form?.method === "post";

/** Do what was held. A decision is made only on what was there when its key was pressed: nobody decides on what they have not seen. */
function release() {
  for (const [key, by, then] of held.splice(0)) {
    if (busy) return;
    if (by) step(by);
    else press(key, (found) => found === then || !decides(found));
  }
}

function leave(element) {
  (element.closest("[data-item]") ?? one("[data-focus]") ?? one("#main")).focus();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey) return;
  const target = event.target;
  if (event.altKey) {
    const place = /^Digit[1-7]$/.test(event.code) && one(`[data-go="${event.code.slice(5)}"]`);
    if (place) {
      event.preventDefault();
      place.click();
    }
    return;
  }
  if (one("dialog[open]")) return;
  if (busy) return event.preventDefault(); // what is on the page is decided already, and what comes next is not seen yet
  if (event.key === "Escape" && (typing(target) || target.closest(".found"))) {
    close(target);
    leave(target);
    return;
  }
  if (typing(target)) return inField(event, target);
  if (event.key === "Enter" && target.matches("a, button, summary")) return;
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const key = keyOf(event);
  if (parsing()) {
    if (by || /^\S$/u.test(key)) held.push([key, by, pressed(key)]);
    return;
  }
  if (by ? step(by) : press(key)) event.preventDefault();
});

function inField(event, target) {
  if (event.key !== "Enter" || event.shiftKey) {
    if (target.matches("[data-find]") && (event.key === "ArrowDown" || event.key === "ArrowUp")) choose(event, target);
    return;
  }
  if (target.matches("[data-find]")) {
    event.preventDefault();
    (one('[aria-selected="true"]', one("#found")) ?? one("button", one("#found")))?.click();
  } else if (target.dataset.decides) {
    event.preventDefault();
    one(`button[value="${target.dataset.decides}"]`, target.form)?.click();
  } else if (target.matches("[data-item] textarea, [data-item] input")) {
    event.preventDefault();
    one('.amend:not([hidden]), [value="accept"]', target.form)?.click();
  } else if (target.matches(".add textarea")) {
    event.preventDefault();
    target.form.requestSubmit();
  }
}

/** Go to the next or previous item or row; whether there are any. */
function step(by) {
  const items = all("[data-item]");
  const rows = all(".rows a");
  if (items.length) {
    const at = items.indexOf(scope());
    const active = document.activeElement.closest("[data-item]");
    items[Math.max(0, Math.min(items.length - 1, active ? at + by : at))].focus();
  } else if (rows.length) {
    rows[rows.findIndex((row) => row.ariaCurrent === "true") + by]?.click();
  }
  return items.length + rows.length > 0;
}

// ---- Forms ----

const SLOW = 700; // milliseconds without an answer, after which the page says that it works
let busy = false;

async function swap(address, options, focus, typed = []) {
  const answer = await fetch(address, { ...options, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.querySelector("#main")) {
    location.assign(answer.url);
    return;
  }
  const panels = all(".panel, .rows").map((panel) => [panel.className, panel.scrollTop]);
  const top = scrollY;
  const same = new URL(answer.url).pathname === location.pathname && !address.toString().includes("/names");
  for (const part of ["#main", "#said", "header.top"]) one(part).replaceWith(page.querySelector(part));
  document.title = page.title;
  document.body.className = page.body.className;
  history.replaceState(null, "", answer.url);
  if (same) scrollTo(0, top);
  else scrollTo(0, 0);
  for (const [name, at] of panels) {
    const panel = document.getElementsByClassName(name)[0];
    if (panel) panel.scrollTop = at;
  }
  ready();
  const back = one("#said .wrong") ? putBack(typed) : null;
  refocus(focus, back);
}

/** What was typed into a form, by field; `mark`: of which item the form is. */
function typedInto(form) {
  const fields = all("input:not([type=checkbox], [type=radio]), textarea", form);
  const changed = (field) => (field.type === "hidden" ? field.value : field.value !== field.defaultValue); // a hidden field has no default
  const typed = fields.filter((field) => field.id && changed(field));
  return typed.map((field) => ({ id: field.id, value: field.value, mark: form.elements.mark?.value }));
}

/** Into the same form of the new page, where the form was refused; the first field that has it again, or null. */
function putBack(typed) {
  let first = null;
  for (const { id, value, mark } of typed) {
    const field = document.getElementById(id);
    if (!field?.form || field.form.elements.mark?.value !== mark) continue;
    const folded = field.closest("details");
    if (folded) folded.open = true;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (field.type !== "hidden") first ??= field;
  }
  return first;
}

function refocus(focus, back) {
  const obstacles = one(":is(.obstacles, .in-the-way) [data-focus]");
  if (obstacles) return obstacles.focus();
  const items = all("[data-item]");
  if (focus.item >= 0 && items.length) {
    const open = items.slice(focus.item).find((item) => item.classList.contains("open")) ?? items.find((item) => item.classList.contains("open"));
    return (open ?? items[Math.min(focus.item, items.length - 1)]).focus({ preventScroll: false });
  }
  const reopened = items.find((item) => item.id && item.classList.contains("open") && !focus.open.includes(item.id));
  if (reopened) return reopened.focus(); // what was undone
  const again = focus.id && document.getElementById(focus.id);
  if (again && !again.disabled && again.offsetParent) return again.focus();
  if (back) return back.focus();
  (one("[data-focus]") ?? one("#main")).focus({ preventScroll: true });
}

/** A field of another form in which something was typed: it would be gone with the answer. */
function unsaved(form) {
  const others = all("#main form[method=post]").filter((each) => each !== form);
  const fields = others.flatMap((each) => all("input:not([type=hidden], [type=checkbox], [type=radio]), textarea", each));
  return fields.find((field) => field.value !== field.defaultValue && !field.dataset.find);
}

/** Whether a form has to wait for what was typed in another: then its field is shown, and a word about it. */
function waits(form) {
  const field = unsaved(form);
  if (!field) return false;
  say(one("#said").dataset.unsaved, "wrong");
  field.focus();
  return true;
}

function say(words, kind) {
  const line = document.createElement("p");
  line.className = kind;
  line.textContent = words;
  one("#said").replaceChildren(line);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if ((form.method === "post" || form.matches("[data-leaves]")) && waits(form)) return event.preventDefault();
  if (form.method === "post" && parsing()) {
    // what is not parsed yet, the ticks of articles for example, would be missing
    event.preventDefault();
    document.addEventListener("DOMContentLoaded", () => form.requestSubmit(button), { once: true });
    return;
  }
  if (form.method !== "post" || !form.matches("[data-swap]")) return;
  event.preventDefault();
  const data = new URLSearchParams(new FormData(form, button));
  const again = form.matches("[data-next]") ? "" : button?.id || document.activeElement?.id; // the field would be that of another name
  const focus = { item: all("[data-item]").indexOf(form), id: again, open: all("[data-item].open").map((item) => item.id) };
  if (busy) return;
  busy = true;
  const working = setTimeout(() => say(one("#said").dataset.working, "working"), SLOW);
  swap(button?.formAction && button.hasAttribute("formaction") ? button.formAction : form.action, { method: "POST", body: data }, focus, typedInto(form))
    .catch(() => form.submit())
    .finally(() => {
      busy = false;
      clearTimeout(working);
    });
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-filters]");
  if (form && event.target.matches("select")) form.requestSubmit();
});

// ---- Checks ----

const waiting = new WeakMap();
const asked = new WeakMap(); // the last question of each field: an answer to an earlier one is not shown

function question(field) {
  const mine = {};
  asked.set(field, mine);
  return () => asked.get(field) === mine;
}

document.addEventListener("input", (event) => {
  const field = event.target;
  const item = field.closest("[data-amends]");
  if (item) one(".amend", item).hidden = false;
  if (field.matches("[data-find]")) return find(field);
  if (!field.dataset.check) return;
  clearTimeout(waiting.get(field));
  waiting.set(field, setTimeout(() => check(field), 150));
});

async function check(field) {
  const isLast = question(field);
  const query = new URLSearchParams({ kind: field.dataset.check, value: field.value, article: field.dataset.article ?? "" });
  const answer = await fetch(`${BASE}check?${query}`);
  const [fine, ...words] = (await answer.text()).split(" ");
  if (!answer.ok || !isLast()) return;
  field.setAttribute("aria-invalid", String(fine !== "ok"));
  const note = document.getElementById(field.getAttribute("aria-describedby"));
  if (note) note.textContent = words.join(" ");
}

// ---- Finding ----

function close(field) {
  if (!field.matches("[data-find]")) return;
  clearTimeout(waiting.get(field));
  question(field);
  one("#found").replaceChildren();
  field.setAttribute("aria-expanded", "false");
}

function find(field) {
  clearTimeout(waiting.get(field));
  waiting.set(
    field,
    setTimeout(async () => {
      const isLast = question(field);
      const query = new URLSearchParams({ words: field.value, but: field.dataset.find, of: field.dataset.of ?? "" });
      const answer = await fetch(`${BASE}find?${query}`);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || !isLast()) return;
      one("#found").replaceChildren(...page.body.childNodes);
      field.setAttribute("aria-expanded", "true");
    }, 120),
  );
}

function choose(event, field) {
  event.preventDefault();
  const options = all("button", one("#found"));
  if (!options.length) return;
  const at = options.findIndex((each) => each.ariaSelected === "true");
  const to = (at + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length;
  options.forEach((each, number) => each.setAttribute("aria-selected", String(number === to)));
  options[to].id = "found-chosen";
  options.forEach((each, number) => number !== to && each.removeAttribute("id"));
  options[to].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", "found-chosen");
}

// ---- Selection ----

const points = (text) => [...text].length;

/** Offsets of the selection in the article's text, in code points; null where nothing of it is selected. */
function selected() {
  const selection = getSelection();
  const text = one("[data-text]");
  if (!text || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const at = (node, offset) => {
    const block = (node.nodeType === 1 ? node : node.parentElement).closest("[data-start]");
    if (!block) return null;
    const before = document.createRange();
    before.setStart(block, 0);
    before.setEnd(node, offset);
    return Number(block.dataset.start) + points(before.toString());
  };
  const start = at(range.startContainer, range.startOffset);
  const end = at(range.endContainer, range.endOffset);
  return start === null || end === null ? null : { start, end, words: range.toString().trim(), box: range.getBoundingClientRect() };
}

function offer() {
  const bar = one("#selection");
  const found = selected();
  if (!bar) return;
  bar.hidden = !found?.words;
  if (!bar.hidden) {
    bar.style.insetInlineStart = "auto";
    bar.style.left = `${Math.max(8, Math.min(found.box.left, innerWidth - 460)) + scrollX}px`;
    bar.style.top = `${found.box.bottom + scrollY + 6}px`;
  }
}

function take(kind) {
  const found = selected();
  if (!found) return;
  if (kind === "quote") {
    const item = document.activeElement.closest(".entry") ?? one(".entry.lit-item") ?? one(".entry.open");
    if (item) fill(one(".quote", item), found.words);
  } else if (kind === "entry") {
    const form = one("#add-entry form");
    one("#add-entry").open = true;
    form.elements.start.value = found.start;
    form.elements.end.value = found.end;
    form.elements.quote.value = found.words;
    form.elements.text.value = found.words.slice(0, 120);
    form.elements.date.focus();
  } else {
    const form = one("#add-name form");
    one("#add-name").open = true;
    form.elements.words.value = found.words;
    form.elements.type.value = kind;
    form.requestSubmit();
  }
  one("#selection").hidden = true;
}

function fill(field, words) {
  field.value = words;
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("mouseup", () => setTimeout(offer));
document.addEventListener("mousedown", (event) => event.target.closest("#selection") && event.preventDefault());

// ---- Marks ----

function light(number) {
  all(".lit").forEach((mark) => mark.classList.remove("lit"));
  const marks = all(`[data-names="${number}"], [data-tells~="${number}"]`);
  marks.forEach((mark) => mark.classList.add("lit"));
  return marks[0];
}

document.addEventListener("focusin", (event) => {
  const item = event.target.closest?.("[data-number]");
  if (!item) return;
  all(".lit-item").forEach((each) => each.classList.remove("lit-item"));
  item.classList.add("lit-item");
  const first = light(item.dataset.number);
  const box = first?.getBoundingClientRect();
  const beside = matchMedia("(min-width: 56.01rem)").matches; // in one column, what has the focus would scroll away
  if (box && beside && (box.top < 140 || box.bottom > innerHeight - 40)) first.scrollIntoView({ block: "center" });
});

document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-selects]");
  if (chosen) return take(chosen.dataset.selects);
  const opens = event.target.closest("[data-opens]");
  if (opens) return document.getElementById(opens.dataset.opens).showModal();
  const edits = event.target.closest("[data-edits]");
  if (edits) {
    const field = document.getElementById(edits.dataset.edits);
    field.focus();
    return field.select();
  }
  const mark = event.target.closest("[data-names], [data-tells]");
  if (mark && getSelection().isCollapsed) {
    const number = mark.dataset.names ?? mark.dataset.tells.split(" ")[0];
    document.getElementById(`item-${number}`)?.focus();
  }
});

// ---- Sizes ----

const fits = CSS.supports("field-sizing", "content"); // not in Safari: a heading of three lines would show two

function fit(field) {
  field.style.height = 0;
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}

document.addEventListener("input", (event) => !fits && event.target.matches("textarea") && fit(event.target));

// ---- Start ----

/** What a page needs once it stands there: where one was, and what is looked at first. */
function ready() {
  const here = (location.origin + location.pathname + location.search).slice(BASE.length);
  if (/^(article|names|record|dossier)/.test(here)) localStorage.setItem("desk-left", here);
  const resume = one("[data-resume]");
  const place = localStorage.getItem("desk-left");
  if (resume && place) {
    resume.hidden = false;
    one("a", resume).href = BASE + place;
  }
  one(".rows [aria-current]")?.scrollIntoView({ block: "nearest" });
  if (!fits) all("textarea").forEach(fit);
}

addEventListener("pageshow", () => (busy = false));

document.addEventListener("DOMContentLoaded", () => {
  ready();
  const part = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  (part || one("[data-item].open") || one("[data-focus]"))?.focus({ preventScroll: !part });
  release();
});
