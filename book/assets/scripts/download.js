/* Files of a figure: its picture (PNG, SVG) with title and source in it, its table (CSV), and both in words and values (JSON).
   A map has more to tell in a file than its table shows. */
const textOf = (figure, selector) => figure.querySelector(selector)?.textContent.trim() ?? "";
const textsOf = (figure, selector) => [...figure.querySelectorAll(selector)].map((element) => element.textContent.trim());

function saveFile(name, content, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/* RFC 4180, with the mark by which spreadsheets recognise UTF-8. */
function csvOf({ headings, rows }) {
  const field = (value) => (/[",\r\n]/.test(value ?? "") ? `"${String(value).replaceAll('"', '""')}"` : String(value ?? ""));
  return "\ufeff" + [headings, ...rows].map((row) => row.map(field).join(",") + "\r\n").join("");
}

function jsonOf(figure, about, { headings, rows }) {
  const content = {
    name: figure.id,
    title: textOf(figure, ".ka-title"),
    definition: textOf(figure, ".ka-subtitle"),
    unit: about.unit,
    notes: textsOf(figure, ".ka-note"),
    alternative: textOf(figure, ".ka-described"),
    source: textOf(figure, ".ka-credit"),
    sources: about.sources,
    licence: [...new Set(about.sources.map((source) => source.licence))],
    address: stateLink(figure),
    downloaded: new Date().toISOString(),
    data: rows.map((row) => Object.fromEntries(row.map((value, column) => [headings[column], value]))),
  };
  return JSON.stringify(content, null, 2) + "\n";
}

/* For figures of which a file tells more than the table shows: a function that gives headings and rows. */
const fileTables = new Map();

function tableForFile(figure) {
  if (fileTables.has(figure)) return fileTables.get(figure)();
  if (figure.dataset.kind === "map") return mapReader(drawingOf(figure)).table();
  return tableOf(figure.querySelector(".ka-scroll table"));
}

function startDownloads(figure, about) {
  const makers = {
    csv: () => [csvOf(tableForFile(figure)), "text/csv;charset=utf-8"],
    json: () => [jsonOf(figure, about, tableForFile(figure)), "application/json"],
    svg: async () => [await svgOf(figure), "image/svg+xml"],
    png: async () => [await pngOf(await svgOf(figure)), "image/png"],
  };
  figure.querySelector(".ka-downloads").addEventListener("click", async (event) => {
    const kind = event.target.closest("[data-download]")?.dataset.download;
    if (!kind) return;
    const year = kind === "png" || kind === "svg" ? textOf(figure, ".ka-time:not([hidden]) .ka-year-shown") : "";
    const file = [figure.id, year].filter(Boolean).join("-") + `.${kind}`;
    try {
      saveFile(file, ...(await makers[kind]()));
      say(figure, fill(about.words.saved, { file }));
    } catch (error) {
      console.warn(error);
      say(figure, about.words.no_picture);
    }
  });
}
