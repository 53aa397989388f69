/* What every page needs: the language switch, ages, tables that sort and filter, files to keep. Text is added with
   textContent and never as HTML, so nothing of a report can run. */
"use strict";
(() => {
  const { t } = MZ;
  const $ = (id) => document.getElementById(id);
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  };
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  /* Both languages, as the templates write them. */
  const both = (zh, en) => (en && en !== zh
    ? [make("span", { className: "zh", textContent: zh }), make("span", { lang: "en", textContent: en })] : [zh]);

  $("language").addEventListener("click", MZ.switchLanguage);

  /* ---- files made here, and texts to copy ---- */
  const save = (name, type, content) => {
    const link = make("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const copy = (text, button) => {
    const done = () => {
      const before = [...button.childNodes];
      button.replaceChildren(...both("已复制", "Copied"));
      setTimeout(() => button.replaceChildren(...before), 1500);
    };
    const byHand = () => {
      const area = make("textarea", { value: text });
      document.body.append(area);
      area.select();
      if (document.execCommand("copy")) done();
      area.remove();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, byHand);
    else byHand();
  };
  /* A line of CSV; what a spreadsheet would take for a formula is kept a text. */
  const csvLine = (cells) => cells.map((cell) => {
    const text = cell === null || cell === undefined ? "" : String(cell);
    const tame = /^[=+@\t\r]/.test(text) || (text[0] === "-" && Number.isNaN(Number(text))) ? "'" + text : text;
    return /[",\n\r]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
  }).join(",");
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-copy]");
    if (button) copy($(button.dataset.copy).textContent.replace(/\s+/g, " ").trim(), button);
  });

  /* ---- options, which can hold text of one language only ---- */
  const options = () => { for (const option of document.querySelectorAll("option[data-zh]")) option.textContent = t(option.dataset.zh, option.dataset.en || option.dataset.zh); };
  options();
  MZ.onLanguage(options);

  /* ---- how long ago ---- */
  for (const time of document.querySelectorAll("time[data-age]")) {
    const days = Math.floor((Date.now() - new Date(time.dateTime)) / 864e5);
    if (days < 0) continue;
    const note = make("small");
    time.after(" ", note);
    const say = () => { note.textContent = days === 0 ? t("今天", "today") : t(`${days} 天前`, `${days} days ago`); };
    say();
    MZ.onLanguage(say);
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
    const groups = [...$(input.dataset.filter).querySelectorAll("[data-group]")];
    input.addEventListener("input", () => {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      const count = keep((item) => words.every((word) => texts.get(item).includes(word)));
      for (const group of groups) group.hidden = !group.querySelector("[data-item]:not([hidden])");
      const none = $(input.dataset.filter + "-none");
      if (none) none.hidden = count > 0;
    });
  }

  Object.assign(MZ, { $, make, both, fold, save, copy, csvLine, keeper });
})();
