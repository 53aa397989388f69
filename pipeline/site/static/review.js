/* The review page: one reading at a time, settled by keys; the lines for corrections.csv are kept in this browser. */
"use strict";
(() => {
  const { $, make, both, t, csvLine, save, copy, store } = MZ;
  if (!$("r-item")) return;
  const data = JSON.parse($("data").textContent);
  const items = data.items.map((row) => Object.fromEntries(data.fields.map((name, column) => [name, row[column]])));
  const HEADER = ["document", "span", "key", "action", "field", "value", "expect", "reason", "who", "when"];
  const FIELDS = {
    value: ["数值", "Value"], subject: ["所计对象", "Subject"], measure: ["计量", "Measure"], unit: ["单位", "Unit"], year: ["年份", "Year"],
    region_code: ["地区编码", "Region code"], subgroup: ["分组", "Group"], place: ["地点", "Place"], status: ["状态", "Status"], change: ["变动", "Change"],
    residence: ["城乡", "Residence"], scope: ["范围", "Scope"], comparator: ["比较", "Bound"],
  };
  const word = (group, code) => {
    const found = (group === "subject" ? data.subjects : group === "measure" ? data.measures : data.labels[group] || {})[code];
    return found || [code === null || code === undefined ? "—" : String(code), ""];
  };
  const say = (group, code) => t(...word(group, code));

  /* What was settled, by observation: a list of {action, field, value, reason}. Kept under the raw folder's contents: the
     same reading keeps its correction over releases. */
  const KEY = "minzheng-review";
  let settled = {};
  try { settled = JSON.parse(store(KEY) || "{}"); } catch { settled = {}; }
  const history = [];
  const remember = () => store(KEY, JSON.stringify(settled));
  let at = Math.max(0, items.findIndex((item) => !settled[item.observation_id]));

  const today = () => { const now = new Date(); return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`; };
  const lineOf = (item, act) => csvLine([item.file_name, `${item.span_start}-${item.span_end}`, "", act.action, act.field === "value" ? "" : act.field, act.value,
    act.expect, act.reason, $("r-who").value.trim() || "?", act.when]);
  const lines = () => items.flatMap((item) => (settled[item.observation_id] || []).map((act) => lineOf(item, act)));
  const file = () => "\ufeff" + [HEADER.join(","), ...lines()].join("\r\n") + "\r\n";

  const sentence = (item) => make("blockquote", {}, ...item.sentence.map(([tag, text]) => (tag ? make(tag, { textContent: text }) : text)));
  const others = (item) => item.readings.filter(([subject]) => subject !== item.subject).slice(0, 9);
  const percent = (share) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

  const show = () => {
    const item = items[at];
    const acts = settled[item.observation_id] || [];
    const own = item.readings.find(([subject]) => subject === item.subject);
    const list = make("dl");
    const row = (name, value) => { if (value) list.append(make("dt", { textContent: name }), make("dd", { textContent: value })); };
    row(t("地区", "Region"), t(...item.region_name) + (item.place ? ` · ${item.place}` : ""));
    row(t("年份", "Year"), item.year && String(item.year));
    for (const name of data.closed.filter((each) => each !== "comparator")) row(t(...FIELDS[name]), say(name, item[name]));
    row(t("分组", "Group"), item.subgroup);
    row(t("规则", "Rule"), say("rule", item.rule));
    row(t("把握", "Confidence"), percent(item.confidence));
    row(t("主体", "Subject"), own && t(`概率 ${percent(own[1])}`, `${percent(own[1])} likely`));
    row(t("疑点", "Doubts"), [...(item.doubts || []).map((code) => say("doubt", code)), ...(item.flags || []).map((code) => say("flag", code))].join(t("，", ", ")));
    const readings = make("ol", { className: "readings" }, ...others(item).map(([subject, share], n) => {
      const button = make("button", { type: "button" }, make("kbd", { textContent: String(n + 1) }), " ", ...both(...word("subject", subject)), make("span", { className: "share", textContent: percent(share), title: t("这样读的概率", "How likely this reading is") }));
      button.addEventListener("click", () => choose(n));
      return make("li", {}, button);
    }));
    $("r-item").replaceChildren(
      make("h2", {}, ...both(...word("subject", item.subject)), " · ", ...both(...word("measure", item.measure)), " ", make("span", { className: "big" }, ...both(...item.spoken))),
      sentence(item),
      make("p", { className: "hint" }, item.title || item.file_name, " ", make("a", { href: item.href, target: "_blank" }, ...both("在报告中看", "in the report"))),
      list,
      readings.children.length ? make("h3", { textContent: t("也可能是", "Other readings") }) : "", readings.children.length ? readings : "",
      ...acts.map((act) => make("p", { className: "settled", textContent: "✓ " + act.reason })));
    $("r-at").textContent = `${at + 1} / ${items.length}`;
    const done = items.filter((each) => settled[each.observation_id]).length;
    $("r-done").textContent = done ? t(`已处理 ${done} 个`, `${done} settled`) : "";
    $("r-count").textContent = String(lines().length);
    $("r-lines").textContent = [HEADER.join(","), ...lines()].join("\n");
    $("r-form").hidden = true;
    $("r-undo").disabled = !acts.length;
    for (const key of ["r-save", "r-copy", "r-clear"]) $(key).disabled = !lines().length;
  };
  const go = (step) => { at = Math.min(items.length - 1, Math.max(0, at + step)); show(); };
  const settle = (act, stay) => {
    const item = items[at];
    const before = settled[item.observation_id] || [];
    const whole = act.action !== "override";
    // One line a field; what settles the whole reading replaces all.
    settled[item.observation_id] = whole ? [act] : [...before.filter((each) => each.action === "override" && each.field !== act.field), act];
    remember();
    history.push(item.observation_id);
    if (stay || at === items.length - 1) show(); else go(1);
  };
  const accept = () => settle({ action: "confirm", field: "", value: "", expect: items[at].value, reason: "读法正确", when: today() });
  const drop = () => settle({ action: "drop", field: "", value: "", expect: items[at].value, reason: "不是该指标的数", when: today() });
  const choose = (n) => {
    const item = items[at];
    const other = others(item)[n];
    if (!other) return;
    settle({ action: "override", field: "subject", value: other[0], expect: item.subject, reason: `所计对象应为${word("subject", other[0])[0]}`, when: today() });
  };
  const undo = () => { delete settled[items[at].observation_id]; remember(); show(); };

  /* ---- any field ---- */
  const choices = (name) => (name === "subject" ? data.subjects : name === "measure" ? data.measures : data.labels[name]);
  const field = $("r-field");
  const fill = () => {
    const name = field.value;
    const words = choices(name);
    $("r-choice").hidden = !words;
    $("r-text").hidden = Boolean(words);
    if (words) {
      $("r-choice").replaceChildren(...Object.entries(words).map(([code, each]) => make("option", { value: code, textContent: t(...each) })));
      $("r-choice").value = items[at][name];
    } else $("r-text").value = items[at][name] ?? "";
  };
  const edit = () => {
    field.replaceChildren(...[...data.open, ...data.closed].map((name) => make("option", { value: name, textContent: t(...FIELDS[name]) })));
    $("r-form").hidden = false;
    fill();
    field.focus();
  };
  const set = () => {
    const name = field.value;
    const item = items[at];
    const value = (choices(name) ? $("r-choice").value : $("r-text").value).trim();
    const before = item[name] === null || item[name] === undefined ? "" : String(item[name]);
    const number = name === "value" || name === "year";
    if (value === before || (number && (value === "" || !Number.isFinite(Number(value)))) || (name === "region_code" && !/^(\d{6})?$/.test(value))) { $("r-text").focus(); return; }
    const shown = choices(name) ? word(name, value)[0] : value || "空";
    settle({ action: "override", field: name, value, expect: before, reason: `${FIELDS[name][0]}应为${shown}`, when: today() }, true);
    $("r-item").focus();
  };
  field.addEventListener("change", fill);
  $("r-set").addEventListener("click", set);
  $("r-form").addEventListener("keydown", (event) => {
    if (event.key === "Enter") { set(); event.preventDefault(); }
    if (event.key === "Escape") { $("r-form").hidden = true; $("r-item").focus(); }
  });

  const KEYS = { a: accept, Enter: accept, d: drop, u: undo, e: edit, j: () => go(1), k: () => go(-1), ArrowRight: () => go(1), ArrowLeft: () => go(-1) };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) return;
    if (event.key === "Enter" && /BUTTON|A/.test(event.target.tagName)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (/^[1-9]$/.test(key)) choose(Number(key) - 1);
    else if (KEYS[key]) KEYS[key]();
    else return;
    event.preventDefault();
  });
  for (const [name, act] of Object.entries({ accept, drop, undo, edit, next: () => go(1), back: () => go(-1) })) $("r-" + name).addEventListener("click", act);
  $("r-who").value = store("minzheng-reviewer") || "";
  $("r-who").addEventListener("input", () => { store("minzheng-reviewer", $("r-who").value); $("r-lines").textContent = [HEADER.join(","), ...lines()].join("\n"); });
  const named = (then) => { if ($("r-who").value.trim()) then(); else $("r-who").focus(); };
  $("r-save").addEventListener("click", () => named(() => save("corrections.csv", "text/csv", file())));
  $("r-copy").addEventListener("click", (event) => { const button = event.currentTarget; named(() => copy(lines().join("\n"), button)); });
  $("r-clear").addEventListener("click", () => {
    if (!confirm(t("清除所有已收集的行？", "Clear all lines collected?"))) return;
    settled = {};
    remember();
    show();
  });
  MZ.onLanguage(show);
  show();
})();
