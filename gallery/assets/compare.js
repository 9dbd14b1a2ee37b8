// The comparison: one figure, one layer, one epoch, several runs. The choice is kept in the address.
(function () {
  "use strict";
  const explain = window.explain, page = document.querySelector(".compare");
  const form = page.querySelector("form"), bar = page.querySelector(".epoch"), cards = page.querySelector(".cards");
  const figure = form.elements.figure, layer = form.elements.layer, boxes = [...form.querySelectorAll("[name=run]")];
  const template = cards.querySelector("figure");
  let epochs = [], epoch = null;

  const chosen = () => boxes.filter(box => box.checked);

  function layers() {
    const option = figure.selectedOptions[0], keys = option.dataset.layers.split(","), names = option.dataset.names.split(",");
    const before = layer.value;
    layer.replaceChildren(...keys.map((key, i) => new Option(names[i] || "all layers", key)));
    layer.value = keys.includes(before) ? before : keys[0];
    layer.closest("label").hidden = keys.length < 2;
    page.querySelector(".reading p").textContent = option.dataset.reading;
  }

  function card(box) {
    let made = cards.querySelector(`figure[data-run="${box.value}"]`);
    if (made) return made;
    made = template.cloneNode(true);
    made.dataset.run = box.value;
    const link = made.querySelector("figcaption a");
    link.textContent = box.closest("label").textContent.trim();
    return made;
  }

  async function show() {
    const runs = chosen();
    await Promise.all(runs.map(box => explain.load(box.dataset.pictures)));
    // All epochs that any chosen run has kept; a run without that very epoch shows the last it kept before.
    epochs = [...new Set(runs.flatMap(box => explain.runs[box.value].epochs))].sort((a, b) => a - b);
    if (epoch === null || !epochs.includes(epoch)) epoch = epochs.findLast(kept => epoch === null || kept <= epoch) ?? epochs[0] ?? null;
    const input = bar.querySelector("input");
    input.max = Math.max(0, epochs.length - 1);
    input.value = epochs.indexOf(epoch);
    explain.announce(bar, epoch ?? "", "");
    cards.replaceChildren(...runs.map(card));
    for (const box of runs) update(box);
    page.querySelector(".nothing").hidden = runs.length > 0;
    explain.keep(new URLSearchParams({
      figure: figure.value,
      layer: layer.value,
      epoch: epoch ?? "",
      runs: runs.map(box => box.value),
      limits: form.elements.shared.checked ? "shared" : "own",
    }));
  }

  function update(box) {
    const run = explain.runs[box.value], made = card(box), pictures = run.figures[layer.value];
    const index = run.epochs.findLastIndex(kept => kept <= epoch);
    const at = i => (form.elements.shared.checked && pictures?.[i]?.shared) || pictures?.[i];
    const picture = at(Math.max(0, index));
    made.querySelector(".sheet").hidden = !picture;
    const kept = run.epochs[Math.max(0, index)];
    made.querySelector("figcaption a").href = `runs/${box.value}.html#epoch=${kept}`;
    made.querySelector("figcaption span").textContent = !picture ? "has no such figure"
      : (kept === epoch ? "" : `epoch ${kept}, the nearest kept · `) + run.readouts[Math.max(0, index)];
    if (!picture) return;
    explain.show(made, picture);
    for (const near of [index + 1, index - 1]) if (at(near)) explain.preload(at(near).src);
  }

  function fromAddress() {
    const state = explain.state();
    if (!state.has("figure")) return;
    if ([...figure.options].some(option => option.value === state.get("figure"))) figure.value = state.get("figure");
    layers();
    if ([...layer.options].some(option => option.value === state.get("layer"))) layer.value = state.get("layer");
    if (state.get("epoch")) epoch = Number(state.get("epoch"));
    form.elements.shared.checked = state.get("limits") !== "own";
    const runs = (state.get("runs") ?? "").split(",");
    for (const box of boxes) box.checked = runs.includes(box.value);
  }

  figure.addEventListener("change", () => { layers(); show(); });
  layer.addEventListener("change", show);
  form.elements.shared.addEventListener("change", show);
  for (const box of boxes) box.addEventListener("change", show);
  for (const button of form.querySelectorAll("[data-choose]")) {
    button.addEventListener("click", () => {
      for (const box of boxes) box.checked = button.dataset.choose === "all";
      show();
    });
  }
  form.addEventListener("submit", event => event.preventDefault());
  form.hidden = false;
  layers();
  fromAddress();
  explain.slider(bar, position => { epoch = epochs[position]; show(); });
  addEventListener("hashchange", () => { fromAddress(); show(); });
  show();
})();
