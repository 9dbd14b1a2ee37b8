// A run's page: one slider moves every figure.
(function () {
  "use strict";
  const explain = window.explain, section = document.querySelector(".by-epoch");
  if (!section) return;
  const run = explain.runs[section.dataset.run], bar = section.querySelector(".epoch");
  const figures = [...section.querySelectorAll("figure[data-key]")];
  let position = run.epochs.length - 1;

  function show(next) {
    position = next;
    const epoch = run.epochs[position];
    explain.announce(bar, epoch, run.readouts[position]);
    for (const figure of figures) {
      explain.show(figure, run.figures[figure.dataset.key][position]);
      explain.numbers(figure, position);
    }
    for (const figure of figures.filter(explain.nearScreen)) {
      for (const near of [position + 1, position - 1]) {
        const picture = run.figures[figure.dataset.key][near];
        if (picture) explain.preload(picture.src);
      }
    }
  }

  const set = explain.slider(bar, next => {
    show(next);
    explain.keep(new URLSearchParams({ epoch: run.epochs[next] }));
  });

  function fromAddress() {
    const epoch = explain.state().get("epoch");
    if (epoch === null) return;
    const found = run.epochs.findLastIndex(kept => kept <= Number(epoch));
    if (found >= 0 && found !== position) set(found);
  }
  addEventListener("hashchange", fromAddress);
  fromAddress();
})();
