/* The table of a figure: sorts by its headings, and gives its values to downloads. */
const marks = Object.fromEntries(new Intl.NumberFormat(reader).formatToParts(-12345.6).map((part) => [part.type, part.value]));
const textOrder = new Intl.Collator(reader, { numeric: true, ignorePunctuation: true });

const numberOf = (text) => Number(text.replaceAll(marks.group, "").replace(marks.decimal, ".").replace("−", "-"));

/* The value of a cell: a number, a text, or null where there is no figure. */
function cellValue(cell) {
  if (cell.classList.contains("ka-none")) return null;
  if (!cell.classList.contains("ka-number")) return cell.textContent;
  if (cell.dataset.value) return Number(cell.dataset.value);
  return numberOf(cell.textContent);
}

function compare(one, other) {
  return typeof one === "number" && typeof other === "number" ? one - other : textOrder.compare(String(one), String(other));
}

/* What a column sorts by: texts that all begin with a number ("-58 procent") sort by that number. */
function sortValues(rows, column) {
  const values = rows.map((row) => cellValue(row.cells[column]));
  const leading = values.map((value) => (typeof value === "string" ? /^[-−]?\d[\d.,]*/.exec(value)?.[0] : value));
  return leading.includes(undefined) ? values : leading.map((value) => (typeof value === "string" ? numberOf(value) : value));
}

/* What a table holds, in its first order: headings as the reader sees them, rows of values. */
const firstRows = new WeakMap();
function tableOf(table) {
  return {
    headings: [...table.tHead.rows[0].cells].map((heading) => heading.textContent),
    rows: firstRows.get(table).map((row) => [...row.cells].map(cellValue)),
  };
}

function startTable(figure, words) {
  const table = figure.querySelector(".ka-scroll table");
  const body = table.tBodies[0];
  const original = [...body.rows];
  firstRows.set(table, original);
  const headings = [...table.tHead.rows[0].cells];
  const names = headings.map((heading) => heading.textContent);

  function sort(column) {
    const descending = headings[column].getAttribute("aria-sort") === "ascending";
    const sign = descending ? -1 : 1;
    const values = sortValues(original, column);
    const rows = original.map((row, index) => [values[index], row]);
    rows.sort(([one], [other]) => (one === null) - (other === null) || (one === null ? 0 : sign * compare(one, other)));
    body.append(...rows.map(([, row]) => row));
    for (const heading of headings) heading.removeAttribute("aria-sort");
    headings[column].setAttribute("aria-sort", descending ? "descending" : "ascending");
    say(figure, fill(descending ? words.descending : words.ascending, { heading: names[column] }));
  }

  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(column));
    heading.append(button);
  });
}
