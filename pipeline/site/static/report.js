/* The report page: what was understood of each number, where the reader points. Text is added with textContent and
   never as HTML, so nothing of a report can run. */
"use strict";
(() => {
  const { $, make, both, copy, keeper, t } = MZ;
  const root = document.body.dataset.root || "";
  const text = $("text");
  if (!text) return;
  const data = JSON.parse($("data").textContent);
  const labels = window.MINZHENG_LABELS;
  const at = Object.fromEntries(data.fields.map((name, column) => [name, column]));
  const observation = (number) => Object.fromEntries(data.fields.map((name) => [name, data.observations[number][at[name]]]));
  const say = (group, code) => (code ? ((labels[group] || {})[code] || [code, ""]) : ["", ""]);
  const told = (group, code) => make("span", {}, ...both(...say(group, code).slice(0, 2)));
  const card = $("card");
  const held = $("held");
  const heldCard = $("held-card");
  const link = (text, page) => (page ? make("a", { href: root + page }, ...[text].flat()) : make("span", {}, ...[text].flat()));

  const describe = (number, full) => {
    const o = observation(number);
    const [zh, en, page] = data.indicators[o.indicator] || [o.indicator, "", null];
    const [region, regionEn, regionPage] = data.regions[o.region] || [o.region || "", "", null];
    const list = make("dl");
    const row = (name, value) => { if (value !== "" && value !== null && value !== undefined) list.append(make("dt", {}, ...both(...name)), make("dd", {}, ...[value].flat())); };
    row(["原文", "Written"], o.written);
    if (o.unit === "元" && Math.abs(o.value) >= 1e4) row(["数值", "Value"], both(o.value.toLocaleString("en-US") + " 元", o.value.toLocaleString("en-US") + " yuan"));
    row(["地区", "Region"], make("span", {}, link(both(region, regionEn), full ? regionPage : null), o.place ? ` · ${o.place}` : ""));
    row(["时期", "Period"], o.period[0] ? make("span", {}, ...both(...o.period)) : "");
    row(["状态", "Status"], told("status", o.status));
    if (o.scope !== "region") row(["范围", "Scope"], told("scope", o.scope));
    if (o.residence !== "total") row(["城乡", "Residence"], told("residence", o.residence));
    if (o.change !== "level") row(["变动", "Change"], told("change", o.change));
    row(["分组", "Group"], o.subgroup);
    row(["规则", "Rule"], [told("rule", o.rule), o.subject_word ? ` (${o.subject_word})` : ""]);
    const others = o.readings.map(([subject, share, score]) => {
      const [name, english_name] = data.subjects[subject];
      const likely = `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} % · ${score.toFixed(1)}`;
      return make("li", {}, make("span", {}, ...both(name, english_name)), make("span", { className: "share", textContent: likely, title: t("可能性 · 得分", "likelihood · score") }));
    });
    if (others.length) row(["其他读法", "Other readings"], make("ul", { className: "readings" }, ...others));
    row(["把握", "Confidence"], o.confidence === null ? "" : `${Math.round(o.confidence * 100)} %`);
    if (o.flags && o.flags.length) row(["标记", "Flags"], make("span", { className: "flag" }, "⚑ ", ...o.flags.flatMap((flag, n) => [n ? " · " : "", told("flag", flag)])));
    if (o.trust) row(["可信程度", "Trust"], [make("span", { className: "trust " + o.trust }, ...both(...say("trust", o.trust).slice(0, 2))), ...(o.doubts || []).flatMap((doubt) => [" · ", told("doubt", doubt)])]);
    row(["更正", "Corrected"], o.correction && o.correction[0] ? both(...o.correction) : "");
    if (o.findings.length) row(["核查", "Checks"], make("span", {}, ...o.findings.map((id) => make("a", { href: "#" + id }, ...both("见核查发现", "see the finding")))));
    const parts = [make("p", { className: "big" }, ...both(...o.spoken)), list];
    const title = make("h3", {}, make("span", {}, link(both(zh, en), full ? page : null)));
    if (full) {
      const key = `SELECT * FROM core.observations WHERE observation_id = '${String(o.observation_id).replaceAll("'", "''")}';`;
      const code = make("code", { textContent: key });
      const keep = make("button", { type: "button" }, ...both("复制", "Copy"));
      keep.addEventListener("click", () => copy(key, keep));
      parts.push(make("div", { className: "sql" }, code, keep));
      const issued = [data.cite.published_on, data.cite.url || data.cite.file_name].filter(Boolean);
      const zhCite = [`${data.cite.issuer || "发布机构不详"}：《${data.cite.title}》`, ...issued, `原文第 ${o.span_start}–${o.span_end} 字`].join("，") + `；minzheng 发布 ${document.body.dataset.release}`;
      const enCite = [`${data.cite.issuer || "Issuer unknown"}: “${data.cite.title}”`, ...issued, `characters ${o.span_start}–${o.span_end}`].join(", ") + `; minzheng release ${document.body.dataset.release}`;
      const cite = make("button", { type: "button" }, ...both("复制引文", "Copy citation"));
      cite.addEventListener("click", () => copy(t(zhCite, enCite), cite));
      const where = make("button", { type: "button" }, ...both("复制链接", "Copy link"));
      where.addEventListener("click", () => copy(location.href.split("#")[0] + "#" + anchorOf(number), where));
      parts.push(make("p", { className: "sql" }, cite, " ", where));
      const close = make("button", { type: "button", textContent: "×" });
      close.setAttribute("aria-label", t("取消固定", "Let go"));
      close.addEventListener("click", letGo);
      title.append(close);
    }
    return [title, ...parts];
  };
  const setAside = (element) => {
    const kind = element.dataset.k;
    const [zh, en, note, noteEn] = say("kind", kind);
    return [make("h3", {}, make("span", {}, ...both(zh, en))), make("p", { className: "big", textContent: element.textContent }),
      make("p", { className: "why", textContent: kind === "measurement" ? t("是计量，但未能归入任何指标，没有列表。", "A measurement that no indicator fits; it is in no table.") : t(note, noteEn) })];
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
    const target = location.hash.length > 1 && !location.hash.includes("=") && $(decodeURIComponent(location.hash.slice(1)));
    const mark = target && (target.matches("a.o") ? target : target.nextElementSibling);
    if (mark && mark.matches("#text a.o") && target.id.startsWith("o-")) {
      const number = data.observations.findIndex((row, n) => numbersOf(mark).includes(n) && target.id === anchorOf(n));
      hold(number < 0 ? numbersOf(mark)[0] : number);
    }
  };
  MZ.onLanguage(() => { if (!held.hidden) fromAddress(); });
  const entries = [...document.querySelectorAll("#observation-list a")];
  const anchorOf = (number) => entries[number] && entries[number].hash.slice(1);
  /* Words that a search found in the text: `#find=…`. */
  const findWords = () => {
    const wanted = new URLSearchParams(location.hash.slice(1)).get("find");
    if (!wanted || !window.CSS || !CSS.highlights) return;
    const found = [];
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let whole = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) { nodes.push([whole.length, node]); whole += node.data; }
    const low = whole.toLowerCase();
    const place = (at) => { let n = nodes.length - 1; while (nodes[n][0] > at) n -= 1; return [nodes[n][1], at - nodes[n][0]]; };
    for (const word of wanted.split(/\s+/)) {
      for (let at = low.indexOf(word); at >= 0 && found.length < 500; at = low.indexOf(word, at + word.length)) {
        const range = new Range();
        range.setStart(...place(at));
        range.setEnd(...place(at + word.length - 1).map((part, n) => (n ? part + 1 : part)));
        found.push(range);
      }
    }
    CSS.highlights.set("found", new Highlight(...found));
    if (found.length) found[0].startContainer.parentElement.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", fromAddress);
  addEventListener("hashchange", findWords);
  fromAddress();
  findWords();

  for (const tick of document.querySelectorAll("[data-kind]")) {
    tick.addEventListener("change", () => document.body.classList.toggle("hide-" + tick.dataset.kind, !tick.checked));
  }
  const keep = keeper([...document.querySelectorAll(".filtered > li")]);
  const filter = () => {
    const domain = $("by-domain").value;
    const flagged = $("by-flag").checked;
    const count = keep((item) => (!domain || item.dataset.d.split(" ").includes(domain)) && (!flagged || "f" in item.dataset));
    $("shown").textContent = domain || flagged ? t(`符合 ${count} 项`, `${count} shown`) : "";
  };
  $("by-domain").addEventListener("change", filter);
  $("by-flag").addEventListener("change", filter);
})();
