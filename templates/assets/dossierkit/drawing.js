/* What a reader does with a drawing: light up neighbours, read what a line rests on, filter, zoom, save. All of it is whole without. */
(function () {
  "use strict";
  const NS = "http://www.w3.org/2000/svg";
  const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-opacity", "paint-order", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "stop-color", "stop-opacity"];

  /* charts.js marks the tools of each drawing that a reader is near, and says so. */
  function equipNear() {
    for (const tools of document.querySelectorAll(".dk-tools[data-near]")) {
      delete tools.dataset.near;
      equip(tools);
    }
  }

  function equip(tools) {
    tools.append(...furniture(tools.dataset.years?.split(" ")));
    const figure = tools.closest(".dk-figure, .dk-chart");
    const svgs = [...figure.querySelectorAll(".dk-drawing > svg")];
    const said = figure.querySelector(".dk-said");
    const views = svgs.map((svg) => (svg.viewBox.baseVal.width ? zoomable(svg, refresh) : stretchable(svg, refresh)));
    const button = (name) => tools.querySelector(`[data-do="${name}"]`);
    const hidden = new Set();

    for (const svg of svgs) if (said) lively(svg, figure, said);
    if (said) chips(figure, svgs, hidden);
    button("full").hidden = !document.fullscreenEnabled;
    tools.addEventListener("click", (event) => {
      const what = event.target.closest("button")?.dataset.do;
      if (what === "in" || what === "out") views.forEach((view) => view.by(what === "in" ? 1.5 : 1 / 1.5));
      if (what === "whole") views.forEach((view) => view.reset());
      if (what === "full") document.fullscreenElement ? document.exitFullscreen() : figure.requestFullscreen();
      if (["svg", "png", "csv"].includes(what)) save(what, figure, tools);
    });
    button("year")?.addEventListener("change", (event) => inYear(figure, svgs, event.target.value));
    refresh();

    function refresh() {
      button("whole").disabled = !views.some((view) => view?.zoomed());
    }
  }

  const say = (key) => window.dossierkit.words[key];

  function furniture(years) {
    const signs = [labelled("in", "+", say("draw.in"), true), labelled("out", "−", say("draw.out"), true)];
    const whole = element("button", { type: "button", disabled: true, textContent: say("draw.whole") });
    whole.dataset.do = "whole";
    const formats = ["SVG", "PNG", "CSV"].map((format) => labelled(format.toLowerCase(), format, say("draw.save_as").replace("{format}", format)));
    const view = [...(years ? [chooser(years)] : []), ...signs, whole, labelled("full", "⛶", say("draw.full"), true)];
    const save = element("span", { ariaHidden: "true", textContent: say("draw.save") });
    return [group(say("draw.view"), view), group(say("draw.save"), [save, ...formats])];
  }

  const element = (name, values) => Object.assign(document.createElement(name), values);

  function group(label, items) {
    const made = element("div", { className: "dk-tools__group", role: "group", ariaLabel: label });
    made.append(...items);
    return made;
  }

  function labelled(name, text, label, titled) {
    const made = element("button", { type: "button", textContent: text, ariaLabel: label, title: titled ? label : "" });
    made.dataset.do = name;
    return made;
  }

  function chooser(years) {
    const made = element("label", { className: "dk-tools__year" });
    const select = element("select", {});
    select.dataset.do = "year";
    select.append(new Option(say("draw.all_years"), ""), ...years.map((year) => new Option(year)));
    made.append(element("span", { textContent: say("draw.year") }), select);
    return made;
  }

  /* ---- zoom ---- */

  function zoomable(svg, changed) {
    const { x, y, width, height } = svg.viewBox.baseVal;
    const whole = { x, y, width, height };
    let box = { ...whole };
    let held = null;

    function put(next) {
      const w = Math.min(whole.width, Math.max(whole.width / 8, next.width));
      const h = (w * whole.height) / whole.width;
      box = {
        x: Math.min(Math.max(next.x, whole.x), whole.x + whole.width - w),
        y: Math.min(Math.max(next.y, whole.y), whole.y + whole.height - h),
        width: w,
        height: h,
      };
      svg.setAttribute("viewBox", [box.x, box.y, box.width, box.height].map((n) => +n.toFixed(2)).join(" "));
      svg.classList.toggle("dk-zoomed", zoomed());
      changed();
    }
    const zoomed = () => box.width < whole.width - 0.5;
    function by(factor, at) {
      const centre = at || { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      const w = box.width / factor;
      const h = box.height / factor;
      put({ x: centre.x - ((centre.x - box.x) / box.width) * w, y: centre.y - ((centre.y - box.y) / box.height) * h, width: w });
    }
    const pan = (dx, dy) => put({ ...box, x: box.x + dx, y: box.y + dy });
    const unit = () => box.width / svg.getBoundingClientRect().width;
    function point(event) {
      const place = svg.getBoundingClientRect();
      return { x: box.x + (event.clientX - place.left) * unit(), y: box.y + (event.clientY - place.top) * unit() };
    }

    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      by(event.deltaY < 0 ? 1.2 : 1 / 1.2, point(event));
    }, { passive: false });
    svg.addEventListener("pointerdown", (event) => {
      if (zoomed() && event.button === 0) held = { x: event.clientX, y: event.clientY, box, moved: false };
    });
    svg.addEventListener("pointermove", (event) => {
      if (!held) return;
      const dx = event.clientX - held.x;
      const dy = event.clientY - held.y;
      if (!held.moved && Math.hypot(dx, dy) < 5) return;
      if (!held.moved) svg.setPointerCapture(event.pointerId);
      held.moved = true;
      put({ ...held.box, x: held.box.x - dx * unit(), y: held.box.y - dy * unit() });
    });
    const drop = () => setTimeout(() => (held = null));
    svg.addEventListener("pointerup", drop);
    svg.addEventListener("pointercancel", drop);
    svg.addEventListener("click", (event) => held?.moved && event.preventDefault(), true);
    svg.addEventListener("dragstart", (event) => zoomed() && event.preventDefault());
    svg.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const step = box.width / 8;
      const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
      if (event.key === "+" || event.key === "=") by(1.5);
      else if (event.key === "-") by(1 / 1.5);
      else if (event.key === "0") put(whole);
      else if (moves[event.key] && event.shiftKey && zoomed()) pan(...moves[event.key]);
      else return;
      event.preventDefault();
    });
    return { by, reset: () => put(whole), zoomed };
  }

  /* A drawing whose text does not scale is made longer, and scrolls. */
  function stretchable(svg, changed) {
    let share = 1;
    const frame = svg.parentElement;
    const put = (next) => {
      const middle = (Math.abs(frame.scrollLeft) + frame.clientWidth / 2) / frame.scrollWidth;
      share = Math.min(8, Math.max(1, next));
      svg.setAttribute("width", `${share * 100}%`);
      // Where text runs to the left, a browser counts from the right, below zero.
      frame.scrollLeft = (middle * frame.scrollWidth - frame.clientWidth / 2) * (getComputedStyle(frame).direction === "rtl" ? -1 : 1);
      changed();
    };
    svg.addEventListener("keydown", (event) => {
      if (event.key === "+" || event.key === "=") put(share * 1.5);
      else if (event.key === "-") put(share / 1.5);
      else if (event.key === "0") put(1);
      else return;
      event.preventDefault();
    });
    return { by: (factor) => put(share * factor), reset: () => put(1), zoomed: () => share > 1 };
  }

  /* ---- neighbours, and what a line rests on ---- */

  function lively(svg, figure, said) {
    const nodes = [...svg.querySelectorAll(".dk-node")];
    const lines = [...svg.querySelectorAll(".dk-line[data-ends]")];
    const ends = (line) => line.dataset.ends.split(" ").map((at) => nodes[at]);
    let leaving = 0;
    let centre = null;

    nodes.forEach((node, at) => node.setAttribute("tabindex", at ? "-1" : "0"));
    for (const line of lines) {
      line.setAttribute("tabindex", "-1");
      line.setAttribute("role", "button");
      line.setAttribute("aria-label", line.querySelector("title").textContent);
      const hit = line.querySelector("line").cloneNode();
      hit.setAttribute("class", "dk-line__hit");
      line.append(hit);
    }
    svg.setAttribute("aria-description", say("draw.keys"));

    function light(target) {
      const node = target?.closest(".dk-node");
      const line = target?.closest(".dk-line[data-ends]");
      const near = new Set(line ? ends(line) : node ? [node] : []);
      if (node) for (const one of lines) if (ends(one).includes(node)) ends(one).forEach((end) => near.add(end));
      svg.classList.toggle("dk-lighting", near.size > 0 && lines.length > 0);
      for (const one of nodes) one.classList.toggle("dk-near", near.has(one));
      for (const one of lines) one.classList.toggle("dk-near", line ? one === line : ends(one).includes(node));
    }
    function tell(target, stay) {
      const line = target?.closest(".dk-line[data-ends]");
      const node = target?.closest(".dk-node");
      if (line && stay) show(said, behind(figure, line), true);
      else if (node && figure.classList.contains("dk-map")) {
        const events = happened(figure, node);
        if (events) show(said, events, false);
        else show(said, null);
      }
    }
    svg.addEventListener("pointerover", (event) => (clearTimeout(leaving), light(event.target), tell(event.target)));
    svg.addEventListener("pointerleave", () => {
      light(null);
      leaving = setTimeout(() => said.dataset.stays || said.matches(":hover, :focus-within") || show(said, null), 400);
    });
    said.addEventListener("pointerleave", () => said.dataset.stays || said.contains(document.activeElement) || show(said, null));
    svg.addEventListener("focusin", (event) => (light(event.target), tell(event.target)));
    svg.addEventListener("focusout", () => light(null));
    svg.addEventListener("click", (event) => {
      const line = event.target.closest(".dk-line[data-ends]");
      if (line) tell(line, true);
    });
    svg.addEventListener("keydown", (event) => {
      if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
      const here = event.target.closest(".dk-node, .dk-line[data-ends]");
      if (!here) return;
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (by && /Left|Right/.test(event.key)) {
        const shown = nodes.filter((one) => !one.classList.contains("dk-out"));
        const from = here.matches(".dk-node") ? here : ends(here)[0];
        go(shown[(shown.indexOf(from) + by + shown.length) % shown.length]);
      } else if (by && lines.length) {
        centre = here.matches(".dk-node") ? here : centre || ends(here)[0];
        const own = lines.filter((one) => ends(one).includes(centre) && !one.classList.contains("dk-out"));
        if (own.length) own[(own.indexOf(here) + by + own.length) % own.length].focus();
      } else if (here.matches(".dk-line") && (event.key === "Enter" || event.key === " ")) {
        tell(here, true);
        said.querySelector("a, button")?.focus();
        said.back = here;
      } else if (event.key === "Escape") show(said, null);
      else return;
      event.preventDefault();
    });
    said.addEventListener("keydown", (event) => {
      if (event.key === "Escape") leave(said);
    });

    function go(node) {
      if (!node) return;
      nodes.forEach((one) => one.setAttribute("tabindex", one === node ? "0" : "-1"));
      centre = null;
      node.focus();
    }
  }

  /* The sentences of a line, as the list beneath has them; or the articles that name both, as the page's passages have them. */
  function behind(figure, line) {
    const title = line.querySelector("title");
    if (line.classList.contains("dk-line--stated")) return titled(title);
    const listed = figure.querySelector(`.dk-behind li[data-ends="${line.dataset.ends}"]`);
    if (!listed) {
      const list = element("ul", {});
      list.append(...naming(line).map((link) => element("li", {}).appendChild(link.cloneNode(true)).parentNode));
      return titled(title, list);
    }
    const made = element("div", {});
    made.append(...listed.cloneNode(true).childNodes);
    return made;
  }

  /* The links to the articles that name both ends of a line, but in no sentence. */
  function naming(line) {
    const [, end] = line.dataset.ends.split(" ");
    return [...document.querySelectorAll(`.dk-passages [data-with~="${end}"]`)].map((one) => one.parentElement.querySelector("h3 a"));
  }

  function titled(title, ...inside) {
    const made = element("div", {});
    made.append(element("p", { className: "dk-behind__pair", textContent: title.textContent }), ...inside);
    return made;
  }

  /* What happened at a place, in the year that is chosen. */
  function happened(figure, node) {
    const row = figure.querySelector(`tr[data-node="${node.dataset.node}"]`);
    const year = figure.querySelector('[data-do="year"]')?.value || "";
    const found = [...(row?.querySelectorAll("li[data-year]") || [])].filter((one) => !year || one.dataset.year === year);
    if (!found.length) return null;
    const list = element("ul", {});
    list.append(...found.map((one) => one.cloneNode(true)));
    return titled(row.querySelector("th"), list);
  }

  function show(said, content, stays) {
    said.replaceChildren();
    said.classList.toggle("dk-said--open", Boolean(content));
    if (!content) return void delete said.dataset.stays;
    if (stays) said.dataset.stays = "";
    else delete said.dataset.stays;
    const close = element("button", { type: "button", className: "dk-said__close", ariaLabel: say("close"), textContent: "×" });
    close.addEventListener("click", () => leave(said));
    said.append(content, close);
  }

  function leave(said) {
    const back = said.back;
    show(said, null);
    back?.focus();
  }

  /* ---- filters ---- */

  function chips(figure, svgs, hidden) {
    for (const chip of figure.querySelectorAll(".dk-figure__key .dk-chip[data-type]")) {
      const button = element("button", { type: "button", className: chip.className, textContent: chip.textContent, ariaPressed: "true" });
      button.dataset.type = chip.dataset.type;
      button.addEventListener("click", () => {
        const on = hidden.delete(chip.dataset.type) || !hidden.add(chip.dataset.type);
        button.ariaPressed = String(on);
        for (const svg of svgs) {
          const nodes = [...svg.querySelectorAll(".dk-node")];
          const out = nodes.map((node) => [...hidden].some((type) => node.classList.contains(`dk-${type}`)));
          nodes.forEach((node, at) => node.classList.toggle("dk-out", out[at]));
          for (const line of svg.querySelectorAll(".dk-line[data-ends]")) line.classList.toggle("dk-out", line.dataset.ends.split(" ").some((at) => out[at]));
        }
      });
      chip.replaceWith(button);
    }
  }

  function inYear(figure, svgs, year) {
    for (const svg of svgs)
      for (const node of svg.querySelectorAll(".dk-node")) {
        const there = figure.querySelector(`tr[data-node="${node.dataset.node}"] li[data-year="${year}"]`);
        node.classList.toggle("dk-out", Boolean(year) && !there);
      }
    for (const item of figure.querySelectorAll("tr li[data-year]")) item.hidden = Boolean(year) && item.dataset.year !== year;
  }

  /* ---- saving ---- */

  async function save(format, figure, tools) {
    const svg = [...figure.querySelectorAll(".dk-drawing > svg")].find((one) => one.getClientRects().length);
    const slug = location.pathname.replace(/\/(index\.html)?$|\.html$/, "").split("/").pop() || "site";
    const name = `${slug}-${tools.dataset.kind}.${format}`;
    if (format === "csv") return hand(new Blob(["\ufeff" + table(figure, tools.dataset.kind)], { type: "text/csv" }), name);
    const drawn = still(svg, tools.dataset.source || location.href.split("#")[0]);
    if (format === "svg") return hand(new Blob([drawn.text], { type: "image/svg+xml" }), name);
    const picture = new Image();
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawn.text)}`;
    await picture.decode();
    const canvas = document.createElement("canvas");
    canvas.width = drawn.width * 2;
    canvas.height = drawn.height * 2;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => hand(blob, name), "image/png");
  }

  /* The drawing as it is seen, by itself: looks written into it, addresses whole, with a line that says where it is from. */
  function still(svg, source) {
    const place = svg.getBoundingClientRect();
    const copy = svg.cloneNode(true);
    const paper = getComputedStyle(svg.closest(".md-typeset") || document.body);
    const gone = [];
    const pair = (one, other) => {
      const looks = getComputedStyle(one);
      if (looks.display === "none" || one.matches(".dk-line__hit, .dk-out")) return void gone.push(other);
      for (const name of LOOKS) if (looks[name] !== undefined && looks.getPropertyValue(name)) other.setAttribute(name, looks.getPropertyValue(name));
      for (const name of ["class", "style", "tabindex", "role", "data-node", "data-ends", "aria-description"]) other.removeAttribute(name);
      if (one.localName === "a") other.setAttribute("href", new URL(one.getAttribute("href"), location.href).href);
      [...one.children].forEach((child, at) => pair(child, other.children[at]));
    };
    pair(svg, copy);
    gone.forEach((one) => one.remove());
    const box = svg.viewBox.baseVal.width ? svg.viewBox.baseVal : { x: 0, y: 0, width: place.width, height: place.height };
    const scale = place.width / box.width;
    const foot = 22 / scale;
    copy.setAttribute("xmlns", NS);
    copy.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height + foot}`);
    copy.setAttribute("width", Math.round(place.width));
    copy.setAttribute("height", Math.round(place.height + 22));
    const ground = shape("rect", { x: box.x, y: box.y, width: box.width, height: box.height + foot, fill: groundColour(svg) });
    const words = shape("text", { x: box.x + 6 / scale, y: box.y + box.height + foot - 7 / scale, "font-size": 11 / scale, "font-family": "sans-serif", fill: paper.color, "text-anchor": "start", stroke: "none" });
    words.textContent = source;
    copy.prepend(ground);
    copy.append(words);
    return { text: new XMLSerializer().serializeToString(copy), width: Math.round(place.width), height: Math.round(place.height + 22) };
  }

  function groundColour(element) {
    for (let one = element; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (colour && !/^(transparent|rgba\(.*, 0\))$/.test(colour)) return colour;
    }
    return "white";
  }

  function shape(name, attributes) {
    const made = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function table(figure, kind) {
    const words = (element) => (element ? element.textContent.replace(/\s+/g, " ").trim() : "");
    const link = (element) => (element ? element.href : "");
    let rows;
    if (kind === "timeline") {
      const entries = figure.closest(".dk-timelines, .dk-whole")?.querySelectorAll(".dk-entry:not([hidden])") || [];
      rows = [["date", "edtf", "event", "quote", "source", "link"]];
      for (const one of entries) {
        const date = one.querySelector(".dk-entry__date :is(time, bdi)");
        rows.push([words(date), one.querySelector(".dk-edtf")?.title.split(" ").pop() || date?.getAttribute("datetime") || "", words(one.querySelector(".dk-entry__text")), words(one.querySelector("blockquote")), words(one.querySelector(":is(.dk-told > p, .dk-entry__source) a")), link(one.querySelector(".dk-entry__text a"))]);
      }
    } else if (kind === "network" && (figure.querySelector(".dk-behind") || document.querySelector("[data-with]"))) {
      rows = [["one", "other", "count", "sentence", "source", "link"]];
      for (const pair of figure.querySelectorAll(".dk-behind li[data-ends]")) {
        const [one, other] = pair.querySelectorAll("p a");
        for (const item of pair.querySelectorAll("ul > li:not(.dk-behind__more)")) rows.push([words(one), words(other), words(pair.querySelector("p > span")), words(item.querySelector("q")), words(item.querySelector("a:not(:has(q))") ?? document.querySelector("h1")), link(item.querySelector("a"))]);
      }
      const svg = figure.querySelector(".dk-drawing > svg");
      const names = [...svg.querySelectorAll(".dk-node")].map((node) => words(node.querySelector("text")) || node.getAttribute("aria-label"));
      for (const line of svg.querySelectorAll(".dk-line[data-ends]:not(.dk-line--stated)")) {
        if (figure.querySelector(`.dk-behind li[data-ends="${line.dataset.ends}"]`)) continue;
        const [one, other] = line.dataset.ends.split(" ").map((at) => names[at]);
        const count = words(line.querySelector("title")).split(": ").pop();
        for (const article of naming(line)) rows.push([one, other, count, "", words(article), link(article)]);
      }
    } else rows = [...figure.querySelectorAll("table tr")].map((row) => [...row.cells].map((cell) => [...cell.querySelectorAll("li:not([hidden])")].map(words).join("; ") || words(cell)));
    return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  }

  /* A cell that a spreadsheet would take for a formula is text. */
  function cell(value) {
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return `"${safe.replace(/"/g, '""')}"`;
  }

  function hand(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  document.addEventListener("dk-near", equipNear);
  equipNear();
})();
