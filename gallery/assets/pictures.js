// What the pages share: changing a picture without flicker, loading data, tables of numbers, the bar with the slider.
(function () {
  "use strict";
  const explain = window.explain;
  const loading = new Map();
  explain.root = document.getElementById("main").dataset.root;

  /** Loads a script once; a page opened from disk may load scripts, but may not fetch. */
  explain.load = function (path) {
    if (!loading.has(path)) {
      loading.set(path, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = explain.root + path;
        script.onload = resolve;
        script.onerror = () => reject(new Error("cannot load " + path));
        document.head.append(script);
      }));
    }
    return loading.get(path);
  };

  const file = (src, theme) => explain.root + src + "." + theme + ".svg";

  // Pictures about to be asked for; the newest are kept alive so that the browser keeps them decoded.
  const ahead = [];
  /** Loads a picture before it is needed. */
  explain.preload = function (src) {
    const image = new Image();
    image.src = file(src, explain.theme());
    ahead.push(image);
    if (ahead.length > 120) ahead.shift();
    return image.decode().catch(() => {});
  };

  function nearScreen(element) {
    if (element.hidden) return false;
    const box = element.getBoundingClientRect();
    return box.bottom > -innerHeight && box.top < 2 * innerHeight;
  }

  // A dark page prints its light pictures; printing waits for nothing, so they are loaded before.
  function warm(image) {
    if (explain.theme() === "light") return;
    image.printed = new Image();
    image.printed.src = image.src;
  }
  addEventListener("load", () => { for (const image of document.querySelectorAll("picture img")) warm(image); });

  /** Shows another picture in a figure: at once where nobody looks, else as soon as it has loaded, so that nothing blinks. */
  explain.show = function (figure, picture) {
    const source = figure.querySelector("source"), image = figure.querySelector("img");
    figure.wanted = picture.src;
    const swap = () => {
      if (figure.wanted !== picture.src) return;
      source.srcset = file(picture.src, "dark");
      image.src = file(picture.src, "light");
      image.alt = picture.alt;
      image.width = Math.round(picture.width);
      image.height = Math.round(picture.height);
      image.style.setProperty("--width", Math.round(picture.width));
      const caption = figure.querySelector(".caption"), open = figure.querySelector(".open");
      if (caption) caption.textContent = picture.caption;
      if (open) open.href = file(picture.src, "light");
      warm(image);
    };
    if (nearScreen(figure)) explain.preload(picture.src).then(swap);
    else swap();
  };
  explain.nearScreen = nearScreen;

  const element = (tag, text) => {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    return made;
  };

  function table(data) {
    const made = element("table"), head = element("thead"), body = element("tbody"), row = element("tr");
    for (const name of data.columns) {
      const cell = element("th", name);
      cell.scope = "col";
      row.append(cell);
    }
    head.append(row);
    for (const values of data.rows) {
      const line = element("tr");
      for (const value of values) line.append(element("td", value));
      body.append(line);
    }
    made.append(head, body);
    return made;
  }

  /** Fills the numbers of a figure for one of its pictures, where the reader has opened them. */
  explain.numbers = function (figure, index) {
    const details = figure.querySelector(".numbers");
    figure.index = index;
    if (!details || !details.open) return;
    const folder = figure.dataset.folder;
    explain.load(folder + "/tables.js").then(() => {
      const all = explain.tables[folder], data = all[Math.min(figure.index, all.length - 1)];
      const parts = [];
      if (data.description) parts.push(element("p", data.description));
      if (data.rows.length) parts.push(table(data));
      if (data.command) {
        const line = element("p", "Drawn again by ");
        line.append(element("code", data.command));
        parts.push(line);
      }
      if (!parts.length) parts.push(element("p", "This picture has no table of numbers."));
      details.querySelector(".numbers-body").replaceChildren(...parts);
    });
  };

  for (const figure of document.querySelectorAll("figure[data-folder]")) {
    figure.index = Infinity; // the page shows the last
    figure.querySelector(".numbers").addEventListener("toggle", () => explain.numbers(figure, figure.index));
  }

  // One layer at a time; all of them in print.
  for (const group of document.querySelectorAll(".layers")) {
    const panel = group.closest(".panel"), buttons = [...group.querySelectorAll("button")];
    const choose = key => {
      for (const button of buttons) button.setAttribute("aria-pressed", button.dataset.layer === key);
      for (const figure of panel.querySelectorAll("figure")) figure.hidden = figure.dataset.key !== key;
    };
    for (const name of panel.querySelectorAll(".layer-name")) name.classList.add("in-print");
    for (const button of buttons) button.addEventListener("click", () => choose(button.dataset.layer));
    group.hidden = false;
    choose(buttons[0].dataset.layer);
  }

  /** Makes the bar with the slider work; calls back with the position, now and at each change. */
  explain.slider = function (bar, changed) {
    const input = bar.querySelector("input"), play = bar.querySelector(".play");
    let timer = 0;
    const last = () => Number(input.max);
    const set = position => {
      const bounded = Math.max(0, Math.min(last(), position));
      input.value = bounded;
      changed(bounded);
    };
    const stop = () => {
      clearInterval(timer);
      timer = 0;
      play.setAttribute("aria-pressed", "false");
      play.textContent = "▶";
    };
    input.addEventListener("input", () => { stop(); changed(Number(input.value)); });
    play.addEventListener("click", () => {
      if (timer) return stop();
      if (Number(input.value) === last()) set(0);
      play.setAttribute("aria-pressed", "true");
      play.textContent = "❚❚";
      timer = setInterval(() => {
        set(Number(input.value) + 1);
        if (Number(input.value) === last()) stop();
      }, 500);
    });
    // Arrow keys move the slider from anywhere but where they have a meaning of their own.
    addEventListener("keydown", event => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest("input, select, textarea")) return;
      const box = event.target.closest(".scroll, .sheet, pre");
      if (box && box.scrollWidth > box.clientWidth) return;
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      stop();
      set(Number(input.value) + step);
    });
    bar.hidden = false;
    return set;
  };

  /** Says in the bar which epoch is shown. */
  explain.announce = function (bar, epoch, readout) {
    bar.querySelector("output b").textContent = "epoch " + epoch;
    bar.querySelector("output span").textContent = readout || "";
    bar.querySelector("input").setAttribute("aria-valuetext", "epoch " + epoch);
  };

  /** The part of the address after the #, as named values. */
  explain.state = () => new URLSearchParams(location.hash.slice(1));
  explain.keep = values => {
    try { history.replaceState(null, "", "#" + values); } catch { /* not from every disk */ }
  };
})();
