/* The indicator page: one selection for chart, table and source, kept in the address. The table's rows are the data. */
"use strict";
(() => {
  const { $, t, fold, chart } = MZ;
  const table = $("figures");
  if (!table) return;
  const MOST_LINES = 8;
  const MOST_DOTS = 40;
  const VIEWS = ["chart", "table", "source"];
  const host = $("chart");
  const rows = [...table.tBodies[0].rows].map((row) => ({
    row, number: Number(row.dataset.n), code: row.dataset.r, zh: row.dataset.s, en: row.dataset.se, full: (row.cells[0].querySelector(".zh") || row.cells[0]).textContent.trim(), said: row.cells[0].textContent, level: row.dataset.l,
    year: Number(row.dataset.y), residence: row.dataset.e, status: row.dataset.a, kind: row.dataset.k, trust: row.dataset.t,
    whole: "w" in row.dataset, part: "p" in row.dataset, value: Number(row.cells[1].dataset.v),
    rate: "h" in row.dataset ? Number(row.dataset.h) : null, residents: Number(row.dataset.hp), counted: row.dataset.hy,
    href: row.cells[1].firstElementChild ? row.cells[1].firstElementChild.getAttribute("href") : null,
  }));
  const sources = new Map([...document.querySelectorAll(".sources > li")].map((item) => [Number(item.dataset.n), item]));
  const commonest = (name) => {
    const counts = new Map();
    for (const each of rows) if (each.whole && each.status === "actual" && each.trust !== "doubtful") counts.set(each[name], (counts.get(each[name]) || 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value)[0];
  };
  const fields = { level: $("f-level"), kind: $("f-kind"), residence: $("f-residence"), year: $("f-year"), q: $("f-q") };
  const doubtful = $("f-trust");
  const per = $("per"); // there where a population is known
  const state = new URLSearchParams(location.hash.slice(1));
  for (const name of ["level", "kind"]) if (fields[name]) fields[name].value = state.get(name) || commonest(name) || fields[name].options[0].value;
  for (const name of ["residence", "year", "q"]) if (fields[name]) fields[name].value = state.get(name) || "";
  // Nothing chosen away by default that leaves a reader with nothing.
  if (doubtful) doubtful.checked = state.has("doubtful") || !rows.some((each) => each.trust !== "doubtful");
  let view = VIEWS.includes(state.get("view")) ? state.get("view") : null;
  let drawn = state.get("chart");
  let byHead = Boolean(per) && state.get("per") === "thousand";
  /* Those of a level that has residents: a link to rates leads to something. */
  if (byHead && fields.level && !state.get("level") && !rows.some((each) => each.rate !== null && each.level === fields.level.value)) fields.level.value = rows.find((each) => each.rate !== null).level;

  /* A link from a search names a region: its level is the one to show. */
  const named = fold(fields.q.value);
  if (named && fields.level && !state.get("level")) {
    const hit = rows.find((each) => fold(each.full).includes(named));
    if (hit) fields.level.value = hit.level;
  }
  const chosen = (ofRates) => {
    const words = fold(fields.q.value).split(/[\s,，、]+/).filter(Boolean);
    return rows.filter((each) =>
      ["level", "kind", "residence"].every((name) => !fields[name] || !fields[name].value || each[name] === fields[name].value)
      && (!fields.year || !fields.year.value || each.year === Number(fields.year.value))
      && (!ofRates || each.rate !== null)
      && (!doubtful || doubtful.checked || each.trust !== "doubtful")
      && (!words.length || words.some((word) => fold(each.said + each.zh + each.en + each.code).includes(word))));
  };
  const inLanguage = (cell) => {
    const own = cell.querySelector(MZ.language() === "en" ? "[lang=en]" : ".zh");
    return (own || cell).textContent.trim();
  };
  const point = (each) => ({
    year: each.year, value: byHead ? each.rate : each.value, residence: each.residence, target: each.status === "target", part: each.part, href: each.href,
    note: `${inLanguage(each.row.cells[0])} ${each.year} ${inLanguage(each.row.querySelector(".status"))} ${inLanguage(each.row.cells[1])}${byHead ? t(`，每千人 ${chart.compact(each.rate)}（${each.counted} 年人口 ${each.residents.toLocaleString("en-US")}）`, `, ${chart.compact(each.rate)} per 1,000 (${each.residents.toLocaleString("en-US")} residents in ${each.counted})`) : ""}`,
  });
  const grouped = (list, key) => {
    const groups = new Map();
    for (const each of list) { const value = key(each); groups.set(value, [...(groups.get(value) || []), each]); }
    return groups;
  };
  const units = JSON.parse(host.dataset.units);
  const unit = () => {
    const zh = (fields.kind ? fields.kind.value : rows[0].kind).split(" ").slice(1).join(" ");
    return t(zh, units[zh] || "") + (byHead ? t("/千人", " per 1,000 people") : "");
  };
  const regionOf = (each) => t(each.zh, each.en);
  const name = () => t(host.dataset.zh, host.dataset.en);
  let title = "";

  const fitting = (list) => list.filter((each) => each.whole && each.kind === (fields.kind ? fields.kind.value : each.kind));
  const byYears = (regions) => [...regions.values()].sort((a, b) => new Set(b.map((e) => e.year)).size - new Set(a.map((e) => e.year)).size || b.length - a.length);
  /* By region the number of its colour, the same whether values or rates are shown. */
  const coloured = (most) => {
    const order = byYears(grouped(fitting(chosen(false)), (each) => each.code)).map((list) => list[0].code);
    const colours = new Map();
    const taken = new Set();
    for (const [{ code }] of most) {
      let number = order.indexOf(code) % MOST_LINES;
      while (taken.has(number)) number = (number + 1) % MOST_LINES;
      taken.add(number);
      colours.set(code, number);
    }
    return colours;
  };

  const draw = (shown) => {
    const fit = fitting(shown);
    const regions = grouped(fit, (each) => each.code);
    const long = [...regions.values()].filter((list) => new Set(list.filter((each) => each.status === "actual").map((each) => each.year)).size > 1);
    const kind = long.length ? (drawn === "dots" ? "dots" : drawn === "lines" || long.length * 2 >= regions.size || regions.size <= MOST_LINES ? "lines" : "dots") : "dots";
    $("chart-kinds").hidden = !long.length;
    $("c-lines").setAttribute("aria-pressed", String(kind === "lines"));
    $("c-dots").setAttribute("aria-pressed", String(kind === "dots"));
    const notes = [t("只绘代表全区域、不分组的数；点按回到原文。", "Figures of whole regions only; each leads to its words.")];
    if (byHead && fit.length) {
      const counted = [...new Set(fit.map((each) => each.counted))].sort();
      notes.push(t(`除以 ${counted.join("、")} 年的全部常住人口，城市、农村的数也一样，见表。`, `Divided by all residents of ${counted.join(", ")}, urban and rural figures too, as the table has them.`));
    }
    if (!fit.length) {
      const none = byHead
        ? t("这里没有可以除以人口的数：把人口写进 raw/population.csv，或另选级别。", "No figure here has residents to be divided by: write them into raw/population.csv, or choose another level.")
        : t("没有可绘的数：表里的是局部、分组或另一级别的数。", "Nothing to draw: the table’s rows are of parts, groups or another level.");
      host.replaceChildren(MZ.make("p", { className: "none", textContent: none }));
      title = "";
    } else if (kind === "lines") {
      const most = byYears(regions).slice(0, MOST_LINES);
      const colours = coloured(most);
      if (regions.size > most.length) notes.push(t(`共 ${regions.size} 个地区，只绘年份最多的 ${most.length} 个；在“地区”里写名称可换。`, `${most.length} of ${regions.size} regions, those with most years; name others above.`));
      const series = most.flatMap((list) => [...grouped(list, (each) => each.residence)].map(([residence, own]) => ({ name: regionOf(own[0]), colour: colours.get(own[0].code), residence, points: own.map(point) })));
      title = `${name()}${unit() ? ` (${unit()})` : ""}`;
      if (chart.lines(host, series, unit(), title)) notes.push(t("纵轴按数量级（对数）。", "The axis is logarithmic."));
    } else {
      // Of each region, residence and status the latest year; a target beside its result only where there is one for that year.
      const latest = [...regions.values()].map((list) => {
        const year = Math.max(...list.filter((each) => each.status === "actual").map((each) => each.year));
        const of = Number.isFinite(year) ? year : Math.max(...list.map((each) => each.year));
        const own = list.filter((each) => each.year === of).sort((a, b) => (a.status < b.status ? -1 : a.status > b.status ? 1 : ["urban", "rural", "total"].indexOf(a.residence) - ["urban", "rural", "total"].indexOf(b.residence)));
        return { name: regionOf(own[0]), year: of, points: own.map(point), by: point(own[0]).value };
      }).sort((a, b) => b.by - a.by);
      const years = new Set(latest.map((each) => each.year));
      const named = latest.slice(0, MOST_DOTS).map((each) => ({ ...each, name: years.size > 1 ? `${each.name} ${each.year}` : each.name }));
      if (latest.length > named.length) notes.push(t(`共 ${latest.length} 个地区，只绘最大的 ${named.length} 个，其余见表。`, `The ${named.length} largest of ${latest.length} regions; the others are in the table.`));
      title = `${name()}${unit() ? ` (${unit()})` : ""}${years.size === 1 ? ` ${[...years][0]}` : t("，各地区最近一年", ", latest year of each region")}`;
      const level = /\.(standard|average|ratio|ranking|duration)$/.test(host.dataset.name);
      if (chart.dots(host, named, unit(), title, !level)) notes.push(t("横轴按数量级（对数）。", "The axis is logarithmic."));
    }
    $("chart-title").textContent = title;
    $("chart-note").textContent = notes.join(" ");
    for (const key of ["k-svg", "k-png"]) $(key).disabled = !title;
  };

  const keep = MZ.keeper(rows.map((each) => each.row));
  const keepSources = MZ.keeper([...sources.values()]);
  let shown = [];
  const render = (remember) => {
    shown = chosen(byHead);
    const numbers = new Set(shown.map((each) => String(each.number)));
    keep((row) => numbers.has(row.dataset.n));
    if (sources.size) keepSources((item) => numbers.has(item.dataset.n));
    $("f-count").textContent = t(`${shown.length} / ${rows.length} 个数值`, `${shown.length} of ${rows.length} values`);
    view = view || (shown.filter((each) => each.whole).length > 1 ? "chart" : "table");
    for (const each of VIEWS) {
      $("v-" + each).hidden = each !== view;
      $("t-" + each).setAttribute("aria-selected", String(each === view));
      $("t-" + each).tabIndex = each === view ? 0 : -1;
    }
    if (per) {
      table.classList.toggle("by-head", byHead);
      $("p-value").setAttribute("aria-pressed", String(!byHead));
      $("p-thousand").setAttribute("aria-pressed", String(byHead));
    }
    if (view === "chart") draw(shown);
    for (const key of ["k-svg", "k-png"]) $(key).hidden = view !== "chart";
    if (!remember) return;
    const now = new URLSearchParams();
    now.set("view", view);
    for (const [key, field] of Object.entries(fields)) if (field && field.value) now.set(key, field.value);
    if (doubtful && doubtful.checked) now.set("doubtful", "1");
    if (drawn) now.set("chart", drawn);
    if (byHead) now.set("per", "thousand");
    history.replaceState(null, "", "#" + now);
  };
  for (const field of [...Object.values(fields), doubtful]) if (field) field.addEventListener(field.type === "text" ? "input" : "change", () => render(true));
  VIEWS.forEach((each, at) => {
    $("t-" + each).addEventListener("click", () => { view = each; render(true); });
    $("t-" + each).addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = VIEWS[(at + step + VIEWS.length) % VIEWS.length];
      $("t-" + next).click();
      $("t-" + next).focus();
    });
  });
  for (const each of ["lines", "dots"]) $("c-" + each).addEventListener("click", () => { drawn = each; render(true); });
  if (per) for (const each of ["value", "thousand"]) $("p-" + each).addEventListener("click", () => { byHead = each === "thousand"; render(true); });
  let width = 0;
  new ResizeObserver(() => { if (view === "chart" && host.clientWidth !== width) { width = host.clientWidth; draw(shown); } }).observe(host);
  MZ.onLanguage(() => render(false));

  const file = host.dataset.name.replaceAll(".", "_");
  $("k-csv").addEventListener("click", () => {
    const head = ["region_code", "region", "year", "indicator_id", "change", "unit", "residence", "subgroup", "status", "value", "trust", "written", "observation_id", "release_id", ...(per ? ["per_thousand", "population", "population_year"] : [])];
    const lines = shown.map((each) => {
      const [change, ...ofUnit] = each.kind.split(" ");
      return MZ.csvLine([each.code, each.full, each.year, host.dataset.name, change, ofUnit.join(" "), each.residence, each.row.dataset.g, each.status, each.value, each.trust, each.row.querySelector(".written").textContent.trim(), each.row.dataset.o, document.body.dataset.release, ...(per ? [each.row.dataset.h, each.row.dataset.hp, each.row.dataset.hy] : [])]);
    });
    MZ.save(file + ".csv", "text/csv", "\ufeff" + [head.join(","), ...lines].join("\r\n") + "\r\n");
  });
  $("k-svg").addEventListener("click", () => { const drawing = host.querySelector("svg"); if (drawing) chart.saveSvg(drawing, title, file); });
  $("k-png").addEventListener("click", () => { const drawing = host.querySelector("svg"); if (drawing) chart.savePng(drawing, title, file); });
  $("k-link").addEventListener("click", (event) => { render(true); MZ.copy(location.href, event.currentTarget); });
  addEventListener("hashchange", () => { if (location.hash.includes("=")) location.reload(); });
  render(false);
})();
