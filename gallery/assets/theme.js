// Light or dark: what the reader chose before, else what the gallery was built with, else what the system asks for.
// Runs in the head, before anything is painted.
(function () {
  "use strict";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  let printing = false;

  // A page opened from disk may have no storage.
  function stored(value) {
    try {
      if (value === undefined) return localStorage.getItem("explain-theme");
      localStorage.setItem("explain-theme", value);
    } catch { /* the choice lasts as long as the page */ }
    return null;
  }

  const explain = window.explain = {
    runs: {},
    tables: {},
    /** "light" or "dark", as shown. */
    theme() {
      const chosen = root.dataset.theme;
      return printing ? "light" : chosen === "light" || chosen === "dark" ? chosen : system.matches ? "dark" : "light";
    },
    /** The media attribute that makes a picture's dark file show, or not, in the present theme. */
    darkMedia() { return explain.theme() === "dark" ? "screen" : "not all"; },
  };

  function apply() {
    const media = explain.darkMedia();
    for (const source of document.querySelectorAll("picture > source")) source.media = media;
    const button = document.querySelector(".theme");
    if (button) button.textContent = explain.theme() === "dark" ? "Light" : "Dark";
  }

  const before = stored();
  if (before === "light" || before === "dark") root.dataset.theme = before;
  system.addEventListener("change", apply);
  addEventListener("beforeprint", () => { printing = true; apply(); });
  addEventListener("afterprint", () => { printing = false; apply(); });
  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".theme");
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.theme = explain.theme() === "dark" ? "light" : "dark";
      stored(root.dataset.theme);
      apply();
    });
    apply();
  });
})();
