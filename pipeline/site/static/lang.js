/* Which language a page shows: read before anything is drawn, so that nothing jumps. */
"use strict";
window.MZ = (() => {
  const html = document.documentElement;
  const store = (key, value) => {
    try {
      if (value === undefined) return localStorage.getItem(key);
      localStorage.setItem(key, value);
    } catch { /* a browser that keeps nothing for pages on disk */ }
    return null;
  };
  const listeners = [];
  const language = () => (html.lang === "en" ? "en" : "zh");
  const t = (zh, en) => (language() === "en" && en ? en : zh);
  const attributes = () => {
    for (const name of ["placeholder", "aria-label", "title"]) {
      for (const element of document.querySelectorAll(`[data-en-${name}]`)) {
        if (!element.hasAttribute("data-zh-" + name)) element.setAttribute("data-zh-" + name, element.getAttribute(name));
        element.setAttribute(name, element.getAttribute(`data-${language()}-${name}`));
      }
    }
  };
  const speak = (to) => {
    html.lang = to === "en" ? "en" : "zh-CN";
    attributes();
    listeners.forEach((listener) => listener());
  };
  html.lang = store("minzheng-language") === "en" ? "en" : "zh-CN";
  document.addEventListener("DOMContentLoaded", attributes);
  return {
    t, store, language,
    onLanguage: (listener) => listeners.push(listener),
    switchLanguage: () => { const to = language() === "en" ? "zh" : "en"; store("minzheng-language", to); speak(to); },
  };
})();
