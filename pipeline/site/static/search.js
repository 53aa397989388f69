/* Search: the index is a script, loaded at the first use, since a page on disk may not fetch. */
"use strict";
(() => {
  const { $, make, both, fold, t } = MZ;
  const root = document.body.dataset.root || "";
  const box = $("q");
  const hits = $("hits");
  const MOST = 30;
  let index = null;
  let chosen = -1;
  let turn = 0;

  const load = (file, then) => {
    const script = make("script", { src: root + "assets/" + file });
    script.onload = then;
    script.onerror = then;
    document.head.append(script);
  };
  const loadIndex = () => {
    if (index) return;
    index = [];
    load("search-index.js", () => {
      index = window.MINZHENG_SEARCH.map(([kind, page, zh, en, more, use, synonyms]) => {
        const words = fold([zh, en, more].join(" "));
        return { kind, page, zh, en, use: use || 0, words, all: words + " " + fold((window.MINZHENG_SYNONYMS || {})[synonyms] || "") };
      });
      search();
    });
  };

  /* Whether a word is made of pieces that the entry has, each of two characters or more: 低保 + 户数. */
  const pieced = (word, text) => {
    const reached = [true];
    for (let end = 2; end <= word.length; end += 1) {
      for (let from = end - 2; from >= 0 && !reached[end]; from -= 1) reached[end] = Boolean(reached[from]) && text.includes(word.slice(from, end));
    }
    return Boolean(reached[word.length]);
  };
  const fits = (word, entry) => entry.words.includes(word) || (entry.kind !== "d" && (entry.all.includes(word) || pieced(word, entry.all)));
  /* Whether a word is but a part of another word for the entry: 心理 of 心理疏导. Reports that have it say more of it. */
  const within = (words, entry) => words.some((word) => !entry.words.includes(word) && entry.all.includes(word) && !entry.all.split(" ").includes(word));
  const rank = (words, entry) => {
    const name = fold(entry.zh);
    const english = fold(entry.en);
    const whole = words.join(" ");
    if (name === whole || english === whole) return 0;
    const named = words.every((word) => name.includes(word) || english.includes(word));
    // A report has many words in its title; that which is called so goes first.
    if (named) return entry.kind === "d" ? 3 : name.startsWith(words[0]) ? 1 : 2;
    if (words.every((word) => entry.words.includes(word))) return entry.kind === "d" ? 3 : 2;
    // Of names made of pieces, that which ends as the word does: 低保户数 is of households.
    return words.every((word) => name.includes(word.slice(-2))) ? 4 : 5;
  };
  const order = { i: 0, r: 1, d: 2 };
  const sorted = (words, found) => found
    .map((entry) => [rank(words, entry), entry])
    .sort(([a, x], [b, y]) => a - b || order[x.kind] - order[y.kind] || y.use - x.use || x.zh.length - y.zh.length)
    .map(([, entry]) => entry);
  const KIND = { i: ["指标", "Indicator"], r: ["地区", "Region"], d: ["报告", "Report"], t: ["原文中有", "In the text"], c: ["该地区的这一指标", "This indicator there"] };
  const uses = (entry) => (entry.kind === "d" || entry.kind === "t" || !entry.use ? [] : [" · ", ...both(`${entry.use} 个数值`, `${entry.use} value${entry.use === 1 ? "" : "s"}`)]);
  const item = (entry, at) => make("li", { id: "hit" + at, role: "option", ariaSelected: "false" },
    make("a", { href: root + entry.page, tabIndex: -1 }, ...both(entry.zh, entry.en && entry.kind !== "d" ? entry.en : ""),
      make("small", {}, ...both(...KIND[entry.kind]), ...uses(entry), entry.kind === "d" && entry.en ? " · " + entry.en : "")));

  /* An indicator and a region named together: the indicator's page, filtered. */
  const combined = (words) => {
    if (words.length < 2) return [];
    const regions = index.filter((entry) => entry.kind === "r" && words.some((word) => entry.words.includes(word)));
    const found = [];
    for (const region of regions.slice(0, 3)) {
      const rest = words.filter((word) => !region.words.includes(word));
      if (!rest.length) continue;
      for (const entry of sorted(rest, index.filter((one) => one.kind === "i" && rest.every((word) => fits(word, one)))).slice(0, 4)) {
        const name = region.zh;
        found.push({ kind: "c", page: `${entry.page}#q=${encodeURIComponent(name)}`, zh: `${name} · ${entry.zh}`, en: `${region.en} · ${entry.en}`, use: 0 });
      }
    }
    return found;
  };
  const show = (entries, count, more) => {
    chosen = -1;
    const items = entries.map(item);
    if (!items.length && more) items.push(make("li", { className: "none" }, ...both(more[0], more[1])));
    hits.replaceChildren(...items);
    hits.hidden = !items.length;
    box.setAttribute("aria-expanded", String(items.length > 0));
    box.removeAttribute("aria-activedescendant");
    $("hit-count").textContent = more ? (count ? t(`找到 ${count} 项`, `${count} found`) : t(...more)) : "";
  };
  const search = () => {
    const words = fold(box.value).split(/\s+/).filter(Boolean);
    turn += 1;
    if (!words.length || !index || !index.length) { show([], 0, words.length && index && window.MINZHENG_SEARCH ? ["没有找到", "Nothing found"] : null); return; }
    const found = [...combined(words), ...sorted(words, index.filter((entry) => words.every((word) => fits(word, entry))))];
    const mine = turn;
    if (found.length >= MOST) { show(found.slice(0, MOST), found.length, ["", ""]); return; }
    show(found, found.length, null);
    inTexts(words, (reports) => {
      if (mine !== turn) return;
      const there = new Set(found.map((entry) => entry.page));
      const more = reports.map((report) => ({ ...report, kind: "t", page: `${report.page}#find=${encodeURIComponent(words.join(" "))}` }))
        .filter((report) => !there.has(report.page.split("#")[0]));
      const loose = found.filter((entry) => entry.kind === "i" && within(words, entry));
      const all = [...found.filter((entry) => !loose.includes(entry)), ...more, ...loose];
      show(all.slice(0, MOST), all.length, window.MINZHENG_TEXTS
        ? ["没有找到：指标、地区、报告名和原文里都没有", "Nothing found in names or in the reports’ texts"]
        : ["没有找到", "Nothing found"]);
    });
  };

  /* Words inside reports: lists of reports by two characters, in files that are loaded as they are needed. */
  const files = new Map();
  let waiting = []; // searches that wait for a file, also for one that an earlier search has asked for
  const inTexts = (words, then) => {
    const pairs = words.flatMap((word) => [...word].slice(0, -1).map((_, at) => [...word].slice(at, at + 2).join("")));
    const parts = window.MINZHENG_TEXT_PARTS;
    if (!parts || !pairs.length) { then([]); return; }
    const wanted = [...new Set(pairs.map((pair) => pair.codePointAt(0) % parts))];
    const missing = wanted.filter((part) => !files.has(part));
    const ready = () => {
      if (wanted.some((part) => files.get(part) !== "there")) { waiting.push(ready); return; }
      const lists = pairs.map((pair) => ((window.MINZHENG_TEXTS || {})[pair] || "").split(" ").filter(Boolean).map((n) => parseInt(n, 36)));
      const rest = lists.slice(1).map((list) => new Set(list));
      const reports = index.filter((entry) => entry.kind === "d");
      then((lists[0] || []).filter((number) => rest.every((set) => set.has(number))).map((number) => reports[number]).filter(Boolean));
    };
    const arrived = (part) => { files.set(part, "there"); const due = waiting; waiting = []; due.forEach((again) => again()); };
    missing.forEach((part) => { files.set(part, "asked"); load(`texts-${part}.js`, () => arrived(part)); });
    ready();
  };

  const choose = (step) => {
    const options = [...hits.querySelectorAll("[role=option]")];
    if (!options.length) return;
    chosen = (chosen + step + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    options[chosen].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", options[chosen].id);
  };
  box.addEventListener("focus", loadIndex);
  box.addEventListener("input", () => { loadIndex(); search(); });
  box.addEventListener("keydown", (event) => {
    const options = hits.querySelectorAll("[role=option]");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { choose(event.key === "ArrowDown" ? 1 : -1); event.preventDefault(); }
    else if (event.key === "Enter" && options.length) options[Math.max(chosen, 0)].firstChild.click();
    else if (event.key === "Escape") { hits.hidden = true; box.setAttribute("aria-expanded", "false"); }
  });
  document.addEventListener("click", (event) => { if (!event.target.closest(".search")) hits.hidden = true; });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) { box.focus(); event.preventDefault(); }
  });
})();
