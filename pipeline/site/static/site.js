/* The only script of the site. It adds text with textContent and never HTML, so nothing of a report can run. */
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const root = document.body.dataset.root || "";
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  };
  const english = (text) => make("span", { className: "en", lang: "en", textContent: text });

  /* ---- search: the index is a script, loaded at the first use, since a page on disk may not fetch ---- */
  const box = $("q");
  const hits = $("hits");
  let index = null;
  let chosen = -1;
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const loadIndex = () => {
    if (index) return;
    index = [];
    const script = make("script", { src: root + "assets/search-index.js" });
    script.onload = () => {
      index = window.MINZHENG_SEARCH.map(([kind, page, zh, en, more]) => ({ kind, page, zh, en, words: fold([zh, en, more].join(" ")) }));
      search();
    };
    document.head.append(script);
  };
  const search = () => {
    const words = fold(box.value).split(/\s+/).filter(Boolean);
    const score = (entry) => {
      const name = fold(entry.zh);
      return (name === words.join("") ? 0 : name.startsWith(words[0]) ? 1 : 2) * 1000 + entry.zh.length;
    };
    const found = words.length ? index.filter((entry) => words.every((word) => entry.words.includes(word))) : [];
    const best = found.map((entry) => [score(entry), entry]).sort((a, b) => a[0] - b[0]).slice(0, 40);
    chosen = -1;
    hits.replaceChildren(...best.map(([, entry], at) => make("li", { id: "hit" + at, role: "option", ariaSelected: "false" },
      make("a", { href: root + entry.page, tabIndex: -1 }, entry.zh + " ", english(entry.en),
        make("small", { textContent: { i: "指标 Indicator", r: "地区 Region", d: "报告 Report" }[entry.kind] })))));
    hits.hidden = !best.length;
    box.setAttribute("aria-expanded", String(best.length > 0));
    box.removeAttribute("aria-activedescendant");
    $("hit-count").textContent = words.length && index.length ? `找到 ${found.length} 项` : "";
  };
  const choose = (step) => {
    const options = [...hits.children];
    if (!options.length) return;
    chosen = (chosen + step + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    options[chosen].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", options[chosen].id);
  };
  if (box) {
    box.addEventListener("focus", loadIndex);
    box.addEventListener("input", () => { loadIndex(); search(); });
    box.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { choose(event.key === "ArrowDown" ? 1 : -1); event.preventDefault(); }
      else if (event.key === "Enter" && hits.children.length) hits.children[Math.max(chosen, 0)].firstChild.click();
      else if (event.key === "Escape") { hits.hidden = true; box.setAttribute("aria-expanded", "false"); }
    });
    document.addEventListener("click", (event) => { if (!event.target.closest(".search")) hits.hidden = true; });
  }

  /* ---- how long ago ---- */
  for (const time of document.querySelectorAll("time[data-age]")) {
    const days = Math.floor((Date.now() - new Date(time.dateTime)) / 864e5);
    if (days >= 0) time.after(` （${days === 0 ? "今天 today" : `${days} 天前 days ago`}）`);
  }

  /* ---- tables that sort, and filter by a word ---- */
  const cellValue = (row, column) => row.cells[column].dataset.v ?? row.cells[column].textContent.trim();
  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = make("button", { type: "button" }, ...head.childNodes);
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const rows = [...table.tBodies[0].rows].map((row) => [cellValue(row, column), row]);
        const numeric = head.classList.contains("num");
        rows.sort(([a], [b]) => (numeric ? Number(a) - Number(b) : a.localeCompare(b, "zh-CN")) * (up ? 1 : -1));
        table.tBodies[0].hidden = true;
        void document.body.offsetHeight;
        table.tBodies[0].append(...rows.map(([, row]) => row));
        table.tBodies[0].hidden = false;
      });
    });
  }
  /* Shows those items that fit. Their parent is taken out of the layout meanwhile: item by item, hiding
     thousands takes a browser seconds. */
  const keeper = (items) => {
    const parents = new Set(items.map((item) => item.parentElement));
    return (fits) => {
      for (const parent of parents) parent.hidden = true;
      void document.body.offsetHeight;
      let count = 0;
      for (const item of items) {
        item.hidden = !fits(item);
        count += !item.hidden;
      }
      for (const parent of parents) parent.hidden = false;
      return count;
    };
  };
  for (const input of document.querySelectorAll("input[data-filter]")) {
    const items = [...$(input.dataset.filter).querySelectorAll("[data-item]")];
    const texts = new Map(items.map((item) => [item, fold(item.textContent)]));
    const keep = keeper(items);
    input.addEventListener("input", () => {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      keep((item) => words.every((word) => texts.get(item).includes(word)));
    });
  }

  /* ---- the report page ---- */
  const text = $("text");
  if (!text) return;
  const data = JSON.parse($("data").textContent);
  const labels = window.MINZHENG_LABELS;
  const at = Object.fromEntries(data.fields.map((name, column) => [name, column]));
  const observation = (number) => Object.fromEntries(data.fields.map((name) => [name, data.observations[number][at[name]]]));
  const say = (group, code) => (code ? ((labels[group] || {})[code] || [code, ""]) : ["", ""]);
  const both = (group, code) => say(group, code).slice(0, 2).filter(Boolean).join(" ");
  const card = $("card");
  const held = $("held");
  const heldCard = $("held-card");
  const link = (text, page) => (page ? make("a", { href: root + page, textContent: text }) : text);

  const describe = (number, full) => {
    const o = observation(number);
    const [zh, en, page] = data.indicators[o.indicator] || [o.indicator, "", null];
    const [region, regionPage] = data.regions[o.region] || [o.region || "", null];
    const list = make("dl");
    const row = (name, value) => { if (value !== "" && value !== null && value !== undefined) list.append(make("dt", { textContent: name }), make("dd", {}, value)); };
    row("原文", o.written);
    if (o.unit === "元" && Math.abs(o.value) >= 1e4) row("数值", o.value.toLocaleString("en-US") + " 元");
    row("地区", make("span", {}, link(region, full ? regionPage : null), o.place ? ` · ${o.place}` : ""));
    row("时期", o.period);
    row("状态", both("status", o.status));
    if (o.scope !== "region") row("范围", both("scope", o.scope));
    if (o.residence !== "total") row("城乡", both("residence", o.residence));
    if (o.change !== "level") row("变动", both("change", o.change));
    row("分组", o.subgroup);
    row("规则", both("rule", o.rule) + (o.subject_word ? `（${o.subject_word}）` : ""));
    const others = o.readings.map(([subject, share, score]) => {
      const [name, english_name] = data.subjects[subject];
      const likely = `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} % · ${score.toFixed(1)}`;
      return make("li", {}, make("span", {}, name + " ", english(english_name)), make("span", { className: "share", textContent: likely, title: "可能性 likelihood · 得分 score" }));
    });
    if (others.length) row("其他读法", make("ul", { className: "readings" }, ...others));
    row("把握", o.confidence === null ? "" : `${Math.round(o.confidence * 100)} %`);
    if (o.flags && o.flags.length) row("标记", make("span", { className: "flag", textContent: "⚑ " + o.flags.map((flag) => both("flag", flag)).join("；") }));
    row("更正", o.correction);
    if (o.findings.length) row("审计", make("span", {}, ...o.findings.map((id) => make("a", { href: "#" + id, textContent: "见审计发现 " }))));
    const parts = [make("p", { className: "big", textContent: o.spoken }), list];
    const title = make("h3", {}, make("span", {}, link(zh, full ? page : null), " ", english(en)));
    if (full) {
      const key = `SELECT * FROM core.observations WHERE observation_id = '${String(o.observation_id).replaceAll("'", "''")}';`;
      const code = make("code", { textContent: key });
      const copy = make("button", { type: "button", textContent: "复制 Copy" });
      copy.addEventListener("click", () => {
        getSelection().selectAllChildren(code);
        const done = () => { copy.textContent = "已复制 Copied"; };
        if (navigator.clipboard) navigator.clipboard.writeText(key).then(done, () => { if (document.execCommand("copy")) done(); });
        else if (document.execCommand("copy")) done();
      });
      parts.push(make("div", { className: "sql" }, code, copy));
      const close = make("button", { type: "button", textContent: "×" });
      close.setAttribute("aria-label", "取消固定 Let go");
      close.addEventListener("click", letGo);
      title.append(close);
    }
    return [title, ...parts];
  };
  const setAside = (element) => {
    const kind = element.dataset.k;
    const [zh, en, note] = say("kind", kind);
    return [make("h3", {}, make("span", {}, zh + " ", english(en))), make("p", { className: "big", textContent: element.textContent }),
      make("p", { className: "why", textContent: kind === "measurement" ? "是计量，但未能归入任何指标，没有列表。" : note })];
  };
  const numbersOf = (element) => (element.dataset.o === undefined ? [] : element.dataset.o.split(" ").map(Number));

  let timer = 0;
  let shown = null;
  const show = (element) => {
    clearTimeout(timer);
    if (shown === element) return;
    hide();
    const numbers = numbersOf(element);
    card.replaceChildren(...(numbers.length ? numbers.flatMap((number) => describe(number, false)) : setAside(element)));
    card.hidden = false;
    element.setAttribute("aria-describedby", "card");
    element.classList.add("lit");
    shown = element;
    const place = element.getClientRects()[0];
    const high = card.offsetHeight;
    const below = place.bottom + 8 + high < innerHeight || place.top < high + 8;
    card.style.left = Math.max(8, Math.min(place.left, document.documentElement.clientWidth - card.offsetWidth - 8)) + scrollX + "px";
    card.style.top = (below ? place.bottom + 8 : place.top - high - 8) + scrollY + "px";
    if (numbers.length) markClause(numbers[0]);
  };
  const hide = () => {
    card.hidden = true;
    if (shown) { shown.removeAttribute("aria-describedby"); shown.classList.remove("lit"); }
    shown = null;
    if (window.CSS && CSS.highlights) CSS.highlights.delete("clause");
  };
  /* Offsets count code points of the document; the text's elements say where they start. */
  const position = (offset) => {
    let low = 0;
    let high = lines.length - 1;
    while (low < high) { const middle = (low + high + 1) >> 1; if (starts[middle] <= offset) low = middle; else high = middle - 1; }
    let left = offset - starts[low];
    const walker = document.createTreeWalker(lines[low], NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const points = [...node.data];
      if (left <= points.length) return [node, points.slice(0, left).join("").length];
      left -= points.length;
    }
    return null;
  };
  const lines = [...text.querySelectorAll("[data-s]")];
  const starts = lines.map((line) => Number(line.dataset.s));
  const markClause = (number) => {
    if (!window.CSS || !CSS.highlights) return;
    const row = data.observations[number];
    const from = position(row[at.quote_start]);
    const to = position(row[at.quote_end]);
    if (!from || !to) return;
    const range = new Range();
    range.setStart(...from);
    range.setEnd(...to);
    CSS.highlights.set("clause", new Highlight(range));
  };

  const pieces = (number) => [...text.querySelectorAll(`a.o[data-o~="${number}"]`)];
  const hold = (number) => {
    hide();
    letGo();
    pieces(number).forEach((piece) => piece.classList.add("kept"));
    heldCard.replaceChildren(...describe(number, true));
    held.hidden = false;
    const entry = document.querySelector(`#observation-list a[data-o="${number}"]`);
    if (entry) entry.parentElement.classList.add("at");
  };
  function letGo() {
    text.querySelectorAll(".kept").forEach((piece) => piece.classList.remove("kept"));
    document.querySelectorAll(".list .at").forEach((entry) => entry.classList.remove("at"));
    held.hidden = true;
  }
  const marked = (event) => event.target.closest && event.target.closest("#text .o, #text .k");
  text.addEventListener("mouseover", (event) => { const mark = marked(event); if (mark) show(mark.closest("a.o") || mark); });
  text.addEventListener("mouseout", (event) => { if (marked(event)) timer = setTimeout(hide, 200); });
  card.addEventListener("mouseenter", () => clearTimeout(timer));
  card.addEventListener("mouseleave", () => { timer = setTimeout(hide, 200); });
  text.addEventListener("focusin", (event) => { const mark = marked(event); if (mark) show(mark); });
  text.addEventListener("focusout", hide);
  text.addEventListener("keydown", (event) => {
    const mark = marked(event);
    if (!mark || (event.key !== "ArrowRight" && event.key !== "ArrowLeft") || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = [...text.querySelectorAll("a.o, .k[tabindex]")];
    const next = all[all.indexOf(mark) + (event.key === "ArrowRight" ? 1 : -1)];
    if (next) { next.focus(); event.preventDefault(); }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { if (!card.hidden) hide(); else letGo(); } });
  document.addEventListener("click", (event) => {
    const target = event.target.closest && event.target.closest("#text a.o, .finding a[data-o], #observation-list a");
    if (target) hold(numbersOf(target)[0]);
  });
  const fromAddress = () => {
    const target = location.hash.length > 1 && $(decodeURIComponent(location.hash.slice(1)));
    const mark = target && (target.matches("a.o") ? target : target.nextElementSibling);
    if (mark && mark.matches("#text a.o") && target.id.startsWith("o-")) {
      const number = data.observations.findIndex((row, n) => numbersOf(mark).includes(n) && target.id === anchorOf(n));
      hold(number < 0 ? numbersOf(mark)[0] : number);
    }
  };
  const entries = [...document.querySelectorAll("#observation-list a")];
  const anchorOf = (number) => entries[number] && entries[number].hash.slice(1);
  addEventListener("hashchange", fromAddress);
  fromAddress();

  for (const tick of document.querySelectorAll("[data-kind]")) {
    tick.addEventListener("change", () => document.body.classList.toggle("hide-" + tick.dataset.kind, !tick.checked));
  }
  const keep = keeper([...document.querySelectorAll(".filtered > li")]);
  const filter = () => {
    const domain = $("by-domain").value;
    const flagged = $("by-flag").checked;
    const count = keep((item) => (!domain || item.dataset.d.split(" ").includes(domain)) && (!flagged || "f" in item.dataset));
    $("shown").textContent = domain || flagged ? `符合 ${count} 项 shown` : "";
  };
  $("by-domain").addEventListener("change", filter);
  $("by-flag").addEventListener("change", filter);
})();
