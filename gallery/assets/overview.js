// Sortable tables: a button in each heading; numbers by value, words by alphabet, missing values last.
(function () {
  "use strict";
  for (const table of document.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      if ("fixed" in head.dataset) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        // Numbers fall first, since the largest is what one looks for; a second click turns the order round.
        const first = head.classList.contains("number") ? "descending" : "ascending";
        const order = head.getAttribute("aria-sort") === first ? (first === "ascending" ? "descending" : "ascending") : first;
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        const key = row => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
        const number = head.classList.contains("number");
        body.append(...[...body.rows].sort((a, b) => {
          const x = key(a), y = key(b);
          if (x === "" || y === "") return (x === "") - (y === "");
          return sign * (number ? x - y : x.localeCompare(y, "en", { numeric: true }));
        }));
      });
    });
  }
})();
