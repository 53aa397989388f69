/* The front page: one indicator across provinces as tiles, and as a ranking. */
"use strict";
(() => {
  const { $, make, t, chart } = MZ;
  if (!$("data") || !$("m-indicator")) return;
  const headlines = JSON.parse($("data").textContent);
  const indicator = $("m-indicator");
  const group = $("m-group");
  const MOST = 25;
  const BESIDE = 16; // rows that the map is high
  const nameOf = (row) => t(...row[1]);
  const groups = () => {
    const found = headlines[Number(indicator.value)].groups;
    group.replaceChildren(...found.map((each, at) => make("option", { value: String(at), textContent: t(`${each.level_zh} · ${each.residence_zh}（${each.rows.length}）`, `${each.level_en} · ${each.residence_en} (${each.rows.length})`) })));
  };
  const draw = () => {
    const about = headlines[Number(indicator.value)];
    const shown = about.groups[Number(group.value)] || about.groups[0];
    // The map shows provinces, whichever level is ranked: of the same residence where there is one.
    const provincial = about.groups.filter((each) => each.level === "province");
    const onMap = shown.level === "province" ? shown : provincial.find((each) => each.residence === shown.residence) || provincial[0];
    const rows = new Map((onMap ? onMap.rows : []).map((row) => [row[0], row]));
    const values = [...rows.values()].map((row) => row[2]).sort((a, b) => a - b);
    for (const tile of document.querySelectorAll(".map li")) {
      const row = rows.get(tile.dataset.code);
      const box = tile.firstElementChild;
      const value = box.querySelector("b");
      box.className = row ? "q" + (1 + Math.min(2, Math.floor((3 * values.indexOf(row[2])) / values.length))) : "";
      if (value) value.textContent = row ? chart.compact(row[2]) : onMap ? "" : tile.dataset.n;
      box.title = row ? `${nameOf(row)} ${row[4]} ${t(...row[3])}` : "";
    }
    const said = (each) => t(`${each.level_zh} · ${each.residence_zh}`, `${each.level_en} · ${each.residence_en}`);
    $("m-tiles").textContent = onMap ? said(onMap) : t("有报告的地区数", "Regions with reports");
    const name = t(about.zh, about.en);
    const [unit, english] = about.unit;
    $("m-note").textContent = onMap
      ? t(`${name}${unit ? `（${unit}）` : ""}，方格里总是省级的数：各省自己报告的最近一年，分三档；空白为没有可信的数。`, `${name}${english ? ` (${english})` : ""}; the tiles always have values of provinces: latest year that each province reported, in three steps; blank: no value to be trusted.`)
      : t("没有省级的数：所写为有报告的地区数，点按看这些地区。", "No values of provinces: the number is of regions with reports, which the tile leads to.");
    const table = $("m-ranking");
    $("m-title").replaceChildren(make("a", { href: about.page, textContent: name }), " " + said(shown));
    // A short ranking leaves room beside the map: those of the other levels follow, each on a scale of its own.
    let room = BESIDE - shown.rows.length;
    const others = about.groups.filter((each) => each !== shown && (room -= each.rows.length + 1) >= 0);
    table.replaceChildren(table.caption, ...[shown, ...others].map((each) => {
      const ranked = [...each.rows].sort((a, b) => b[2] - a[2]).slice(0, MOST);
      const most = Math.max(...ranked.map((row) => Math.abs(row[2])));
      const head = each === shown ? [] : [make("tr", { className: "group" }, make("th", { scope: "rowgroup", colSpan: 3, textContent: said(each) }))];
      return make("tbody", {}, ...head, ...ranked.map((row) => {
        const bar = make("span");
        bar.style.width = `${(100 * Math.abs(row[2])) / most}%`;
        const value = row[6] ? make("a", { href: row[6], textContent: t(...row[3]) }) : t(...row[3]);
        return make("tr", {}, make("th", { scope: "row", textContent: nameOf(row) }), make("td", { className: "num" }, value, make("small", { textContent: " " + row[4] })), make("td", { className: "part" }, bar));
      }));
    }));
  };
  indicator.addEventListener("change", () => { groups(); draw(); });
  group.addEventListener("change", draw);
  MZ.onLanguage(() => { const at = group.value; groups(); group.value = at; draw(); });
  groups();
  draw();
})();
