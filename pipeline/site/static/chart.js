/* Charts as SVG, drawn from rows as the table has them. Colours are the names of the style sheet. */
"use strict";
(() => {
  const NS = "http://www.w3.org/2000/svg";
  const svg = (tag, attributes = {}, ...children) => {
    const element = document.createElementNS(NS, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const COLOURS = ["--s1", "--s2", "--s3", "--s4", "--s5", "--s6", "--s7", "--s8"].map((name) => `var(${name})`);
  const RESIDENCE = {
    urban: { colour: "var(--urban)", dash: "", thick: 2, shape: "circle", zh: "城市", en: "Urban" },
    rural: { colour: "var(--rural)", dash: "6 3", thick: 2, shape: "square", zh: "农村", en: "Rural" },
    total: { colour: "var(--total)", dash: "", thick: 4, shape: "triangle", zh: "城乡合计或未分", en: "Both, or not said" },
  };
  const compact = (value) => {
    const size = Math.abs(value);
    const [scale, unit] = MZ.language() === "en"
      ? size >= 1e9 ? [1e9, "bn"] : size >= 1e6 ? [1e6, "m"] : size >= 1e5 || (size >= 1e4 && size % 1e3 === 0) ? [1e3, "k"] : [1, ""]
      : size >= 1e8 ? [1e8, "亿"] : size >= 1e4 ? [1e4, "万"] : [1, ""];
    const digits = size < 10 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: size / scale >= 100 || scale === 1 ? 1 : 2 };
    return (value / scale).toLocaleString("en-US", digits) + unit;
  };
  const ticks = (low, high, count) => {
    const raw = (high - low || Math.abs(high) || 1) / count;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= raw);
    const found = [];
    for (let at = Math.ceil(low / step - 1e-9) * step; at <= high + step * 1e-9; at += step) found.push(Number(at.toPrecision(12)));
    return found;
  };
  /* A scale from values to places; by orders of magnitude where these differ by more than fifty times. */
  const scaled = (values, from, to, zero, place) => {
    let low = Math.min(...values);
    let high = Math.max(...values);
    if (low > 0 && high / low > 50) {
      const [a, b] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
      const marks = Array.from({ length: b - a + 1 }, (_, n) => 10 ** (a + n));
      return { at: (v) => from + ((Math.log10(Math.max(v, 10 ** a)) - a) / (b - a || 1)) * (to - from), marks, log: true };
    }
    if (zero) { low = Math.min(low, 0); high = Math.max(high, 0); }
    const room = (high - low) * 0.08 || Math.abs(high) * 0.1 || 1;
    low = zero && low === 0 ? 0 : low - room;
    high += room;
    return { at: (v) => from + ((v - low) / (high - low)) * (to - from), marks: ticks(low, high, place), log: false };
  };
  const mark = (shape, x, y, colour, hollow, size = 4.5) => {
    const paint = { stroke: colour, "stroke-width": 2, fill: hollow ? "var(--paper)" : colour };
    if (shape === "square") return svg("rect", { x: x - size + 0.5, y: y - size + 0.5, width: 2 * size - 1, height: 2 * size - 1, ...paint });
    if (shape === "triangle") return svg("path", { d: `M${x} ${y - size - 1.5}L${x + size + 1} ${y + size - 1}L${x - size - 1} ${y + size - 1}Z`, ...paint });
    if (shape === "diamond") return svg("path", { d: `M${x} ${y - 8}L${x + 8} ${y}L${x} ${y + 8}L${x - 8} ${y}Z`, stroke: colour, "stroke-width": 2, fill: "none" });
    return svg("circle", { cx: x, cy: y, r: size, ...paint });
  };
  const linked = (point, ...marks) => {
    const title = svg("title");
    title.textContent = point.note;
    const group = point.href ? svg("a", { href: point.href, "aria-label": point.note }) : svg("g", { role: "img", "aria-label": point.note });
    group.append(title, ...marks);
    return group;
  };
  const words = (text, x, y, more = {}) => {
    const element = svg("text", { x, y, "font-size": 12, fill: "var(--ink)", ...more });
    element.textContent = text;
    return element;
  };
  const measure = (text) => [...text].reduce((sum, char) => sum + (char.codePointAt(0) > 0x2e7f ? 12 : 6.8), 0);
  const shorten = (text, room) => {
    if (measure(text) <= room) return text;
    let kept = text;
    while (kept.length > 1 && measure(kept) > room - 12) kept = kept.slice(0, -1);
    return kept + "…";
  };
  const frame = (width, height, name) => svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": name, "font-family": "system-ui, sans-serif" });
  /* What the marks say: a shape and a line for each residence, a diamond for targets, hollow for a part of a year. */
  const legend = (drawing, width, items) => {
    let x = 4;
    let y = 12;
    for (const [shape, colour, line, text, hollow] of items) {
      const room = 34 + measure(text) + 14;
      if (x + room > width && x > 4) { x = 4; y += 20; }
      if (line) drawing.append(svg("line", { x1: x, x2: x + 26, y1: y, y2: y, stroke: colour, "stroke-width": line.thick, "stroke-dasharray": line.dash }));
      drawing.append(mark(shape, x + 13, y, colour, hollow), words(text, x + 32, y + 4));
      x += room;
    }
    return items.length ? y + 16 : 8;
  };
  const legendOf = (points, colourBy, withLines) => {
    const there = ["urban", "rural", "total"].filter((code) => points.some((point) => point.residence === code));
    const items = there.length > 1 || there[0] !== "total"
      ? there.map((code) => { const r = RESIDENCE[code]; return [r.shape, colourBy === "residence" ? r.colour : "var(--soft)", withLines ? r : null, MZ.t(r.zh, r.en), false]; })
      : [];
    if (points.some((point) => point.target)) items.push(["diamond", "var(--goal)", null, MZ.t("目标", "Target"), true]);
    if (points.some((point) => point.part)) items.push(["circle", "var(--soft)", null, MZ.t("空心：不足一年", "Hollow: part of a year"), true]);
    return items;
  };

  /* A line a region and residence, through its whole years. `series`: [{name, colour: its number, residence,
     points: [{year, value, target, part, note, href}]}]. */
  const lines = (host, series, unit, name) => {
    const width = Math.max(300, Math.min(host.clientWidth || 640, 1400));
    const all = series.flatMap((each) => each.points);
    const regions = [...new Set(series.map((each) => each.name))];
    const colourBy = regions.length === 1 ? "residence" : "region";
    const height = Math.round(Math.min(440, Math.max(280, width * 0.5)));
    const drawing = frame(width, height + 60, name);
    const top = legend(drawing, width, legendOf(all, colourBy, true)) + 28;
    const bottom = height + 60 - 24;
    const label = regions.length === 1 ? 16 : Math.min(Math.max(...regions.map(measure)) + 18, width * 0.34);
    const years = [...new Set(all.map((point) => point.year))].sort();
    const y = scaled(all.map((point) => point.value), bottom, top, true, 5);
    const left = Math.max(...y.marks.map((tick) => measure(compact(tick)))) + 10;
    const [first, last] = [Math.min(...years), Math.max(...years)];
    const x = (year) => (first === last ? (left + width - label) / 2 : left + 12 + ((year - first) / (last - first)) * (width - label - left - 24));
    for (const tick of y.marks) {
      drawing.append(svg("line", { x1: left, x2: width - label, y1: y.at(tick), y2: y.at(tick), stroke: "var(--grid)" }), words(compact(tick), left - 6, y.at(tick) + 4, { "text-anchor": "end", fill: "var(--soft)" }));
    }
    drawing.append(words(unit, 4, top - 16, { fill: "var(--soft)" })); // clear of a mark at the very top
    const gap = (width - label - left) / Math.max(last - first, 1);
    const every = Math.max(1, Math.ceil(40 / gap));
    for (let year = first; year <= last; year += 1) if ((last - year) % every === 0) drawing.append(words(String(year), x(year), bottom + 18, { "text-anchor": "middle", fill: "var(--soft)" }));
    const ends = [];
    series.forEach((each) => {
      const look = RESIDENCE[each.residence];
      const colour = colourBy === "residence" ? look.colour : COLOURS[each.colour % COLOURS.length];
      const actual = each.points.filter((point) => !point.target).sort((a, b) => a.year - b.year);
      const whole = actual.filter((point) => !point.part);
      if (whole.length > 1) {
        drawing.append(svg("path", { class: "course", d: "M" + whole.map((point) => `${x(point.year)} ${y.at(point.value)}`).join("L"), fill: "none", stroke: colour, "stroke-width": look.thick, "stroke-dasharray": look.dash }));
      }
      for (const point of actual) drawing.append(linked(point, mark(look.shape, x(point.year), y.at(point.value), colour, point.part)));
      for (const point of each.points.filter((one) => one.target)) drawing.append(linked(point, mark("diamond", x(point.year), y.at(point.value), regions.length === 1 ? "var(--goal)" : colour, true)));
      const end = actual.at(-1) || each.points.at(-1);
      if (end && regions.length > 1) ends.push({ at: y.at(end.value), from: [x(end.year), y.at(end.value)], colour, text: each.name, total: each.residence === "total" });
    });
    // A region's name stands once, at its total where it has one.
    const named = [...new Map(ends.sort((a, b) => a.total - b.total).map((end) => [end.text, end])).values()].sort((a, b) => a.at - b.at);
    named.forEach((end, n) => { end.at = Math.max(end.at, n ? named[n - 1].at + 15 : top); });
    for (let n = named.length - 1; n >= 0; n -= 1) named[n].at = Math.min(named[n].at, n === named.length - 1 ? bottom : named[n + 1].at - 15);
    for (const end of named) drawing.append(svg("line", { x1: end.from[0] + 7, y1: end.from[1], x2: width - label + 4, y2: end.at, stroke: end.colour, "stroke-width": 1, "stroke-dasharray": "1 4" }), words(shorten(end.text, label - 10), width - label + 8, end.at + 4, { fill: end.colour }));
    host.replaceChildren(drawing);
    return y.log;
  };

  /* A row a region, the values written at the end; on a phone both above the row. `rows`: [{name, points}], in order. */
  const dots = (host, rows, unit, name, zero) => {
    const width = Math.max(300, Math.min(host.clientWidth || 640, 1400));
    const above = width < 500;
    const all = rows.flatMap((row) => row.points);
    const widest = Math.max(...rows.map((row) => measure(row.name))) + 10;
    const names = Math.min(widest, width * (above ? 0.55 : 0.36));
    const most = above ? width - names - 4 : width * 0.34 - 14;
    /* A row's values, in as many lines as they need. */
    const said = (row) => row.points.map((point) => (point.target ? "◇" : "") + compact(point.value)).reduce((lines, text) => {
      const joined = lines.length ? `${lines.at(-1)} / ${text}` : text;
      return lines.length && measure(joined) <= most ? [...lines.slice(0, -1), joined] : [...lines, text];
    }, []);
    const texts = new Map(rows.map((row) => [row, said(row)]));
    const tall = 14 * Math.max(...[...texts.values()].map((lines) => lines.length));
    const step = tall + (above ? 26 : 12);
    const [start, end] = above ? [0, width] : [names + 6, width - Math.max(...[...texts.values()].flat().map(measure)) - 14];
    const drawing = frame(width, rows.length * step + 130, name);
    const top = legend(drawing, width, legendOf(all, "residence", false)) + 22;
    const bottom = top + rows.length * step;
    drawing.setAttribute("height", bottom + 28);
    drawing.setAttribute("viewBox", `0 0 ${width} ${bottom + 28}`);
    const x = scaled(all.map((point) => point.value), start + (above ? 12 : 4), end - (above ? 14 : 10), zero, above ? 4 : 6);
    let free = 0;
    for (const tick of x.marks) {
      drawing.append(svg("line", { x1: x.at(tick), x2: x.at(tick), y1: top - 4, y2: bottom, stroke: "var(--grid)" }));
      const half = measure(compact(tick)) / 2;
      const middle = Math.min(Math.max(x.at(tick), half), width - half);
      if (middle - half < free) continue;
      drawing.append(words(compact(tick), middle, bottom + 18, { "text-anchor": "middle", fill: "var(--soft)" }));
      free = middle + half + 6;
    }
    if (!above) drawing.append(words(unit, 4, top - 8, { fill: "var(--soft)" })); // else where the first name stands
    rows.forEach((row, n) => {
      const y = top + n * step + (above ? tall + 12 : step / 2);
      const line = above ? y - 12 - tall / 2 : y; // the middle of what is written
      drawing.append(words(shorten(row.name, names), 0, line + 4), svg("line", { x1: start, x2: end, y1: y, y2: y, stroke: "var(--grid)", "stroke-dasharray": "1 3" }));
      for (const point of row.points) {
        const look = RESIDENCE[point.residence];
        drawing.append(linked(point, point.target ? mark("diamond", x.at(point.value), y, "var(--goal)", true) : mark(look.shape, x.at(point.value), y, look.colour, point.part)));
      }
      const lines = texts.get(row);
      lines.forEach((text, at) => drawing.append(words(text, width, line + 4 + 14 * (at - (lines.length - 1) / 2), { "text-anchor": "end" })));
    });
    host.replaceChildren(drawing);
    return x.log;
  };

  /* ---- the picture for itself, its colours as they are on the page ---- */
  const standing = (drawing, title) => {
    const copy = drawing.cloneNode(true);
    const originals = [drawing, ...drawing.querySelectorAll("*")];
    [copy, ...copy.querySelectorAll("*")].forEach((element, n) => {
      const style = getComputedStyle(originals[n]);
      for (const name of ["fill", "stroke"]) if (originals[n].hasAttribute(name)) element.setAttribute(name, style.getPropertyValue(name));
      element.removeAttribute("href");
    });
    const [width, height] = ["width", "height"].map((name) => Number(drawing.getAttribute(name)));
    const ground = getComputedStyle(document.body);
    const whole = svg("svg", { width: width + 24, height: height + 60, viewBox: `-12 -36 ${width + 24} ${height + 60}`, "font-family": "system-ui, sans-serif" });
    copy.setAttribute("width", width);
    const note = `minzheng ${document.body.dataset.release}`;
    const texts = [words(title, 0, -14, { "font-size": 15, fill: ground.color }), words(note, 0, height + 14, { "font-size": 10, fill: ground.color })];
    whole.append(svg("rect", { x: -12, y: -36, width: width + 24, height: height + 60, fill: ground.backgroundColor }), copy, ...texts);
    whole.setAttribute("xmlns", NS);
    return new XMLSerializer().serializeToString(whole);
  };
  const saveSvg = (drawing, title, name) => MZ.save(name + ".svg", "image/svg+xml", standing(drawing, title));
  const savePng = (drawing, title, name) => {
    const picture = new Image();
    picture.onload = () => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [picture.width * 2, picture.height * 2];
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => MZ.save(name + ".png", "image/png", blob));
    };
    picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(standing(drawing, title));
  };
  Object.assign(MZ, { chart: { lines, dots, saveSvg, savePng, compact } });
})();
