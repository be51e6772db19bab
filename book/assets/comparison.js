/* The page that sets municipalities beside each other. Loaded by that page only; `tools` are functions of the book's script. */
"use strict";
window.kinderarmoedeVergelijken = (root, data, tools) => {
  const { limit, styles, words } = JSON.parse(root.querySelector(".ka-compare-settings").textContent);
  const { codes, names, years, trend, trendErrors, rows } = data;
  const { fill } = tools;
  const form = root.querySelector("form");
  const box = form.querySelector(".ka-find-municipality");
  const input = box.querySelector("[role=combobox]");
  const chips = form.querySelector(".ka-chips");
  const province = form.elements.namedItem("provincie");
  const country = form.elements.namedItem("nederland");
  const status = form.querySelector(".ka-compare-status");
  const notice = form.querySelector(".ka-compare-notice");
  const [chart, table] = ["chart", "table"].map((kind) => root.querySelector(`.ka-kind-${kind}`));
  const search = JSON.parse(box.querySelector("script").textContent);
  const position = new Map(codes.map((code, index) => [code, index]));
  const exact = new Intl.NumberFormat(tools.reader, { maximumFractionDigits: 3 });
  const list = new Intl.ListFormat(tools.reader);
  let chosen = []; /* codes of municipalities, in the order of the reader */

  const make = (name, attributes = {}, ...content) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...content);
    return element;
  };
  const nameOf = (code) => names[position.get(code)];
  const inSentence = (code) => data.inSentence[code] ?? nameOf(code);

  /* The areas that are shown, each with the look of its line. */
  function shownAreas() {
    const municipalities = chosen.map((code, index) => [code, styles.municipalities[index]]);
    return [...municipalities, [province.value, styles.province], [country.checked ? codes.at(-1) : "", styles.country]]
      .filter(([code]) => code)
      .map(([code, style]) => ({ code, name: nameOf(code), index: position.get(code), style }));
  }

  /* As `relation` in data/comparison.py. */
  function relation(value, error, other, otherError) {
    if ([value, error, other, otherError].includes(null)) return "unknown";
    const margin = error + otherError + 1e-9;
    if (Math.abs(value - other) <= margin) return "equal";
    return value > other ? "higher" : "lower";
  }

  function titleOf(areas) {
    const [first, last] = [years[0], years.at(-1)];
    const end = ({ index }) => [trend[index].at(-1), trendErrors[index].at(-1)];
    if (areas.length === 1) {
      const [{ code, index }] = areas;
      const change = relation(...end(areas[0]), trend[index][0], trendErrors[index][0]);
      return fill(words.titles[change] ?? words.titles.equal, { area: inSentence(code), first, last });
    }
    const highest = areas.find((area) => areas.every((other) => other === area || relation(...end(area), ...end(other)) === "higher"));
    return highest ? fill(words.titles.highest, { area: inSentence(highest.code), last }) : fill(words.titles.undecided, { last });
  }

  const lineOf = ({ name, index, style }) => ({
    ...style,
    name,
    x: years,
    y: trend[index],
    customdata: trend[index].map((value) => `${tools.decimalsText(value, 1)} ${words.percent}`),
    hovertemplate: `${name}<br>%{x}: %{customdata}<extra></extra>`,
    error_y: { ...style.error_y, array: trendErrors[index].map((error) => error ?? 0) },
  });

  const drawing = tools.drawingOf(chart);
  const plot = chart.querySelector(".ka-plot");
  let outdated = false;
  function redraw() {
    const canvas = plot.querySelector(".ka-canvas");
    if (plot.dataset.drawn && outdated) window.Plotly.react(canvas, drawing.data, canvas.layout);
    outdated = !plot.dataset.drawn;
  }
  new MutationObserver(redraw).observe(plot, { attributeFilter: ["data-drawn"] });

  function showLegend(areas) {
    const old = chart.querySelector(".ka-legend");
    const items = areas.map(({ name, style }) => {
      const sign = `${style.line.dash ? "┅" : "━"}${words.symbols[style.marker.symbol]}`;
      return make("li", {}, make("span", { class: "ka-symbol", style: `color:${style.line.color}`, "aria-hidden": "true" }, sign), name);
    });
    const legend = make("ul", { class: "ka-legend", "aria-label": words.legend }, ...items);
    if (old) old.replaceWith(legend);
    else plot.before(legend);
  }

  const cell = (value) => {
    if (value === null) return make("td", { class: "ka-none" }, words.no_figure);
    return make("td", { class: "ka-number" }, exact.format(value));
  };

  /* A table in the place of the one before, with its first headings. */
  function replaceTable(figure, headings, body) {
    const old = figure.querySelector(".ka-scroll table");
    const head = make("tr", { role: "row" }, ...headings.map((heading) => make("th", { scope: "col", role: "columnheader" }, heading)));
    const fresh = make("table", { role: "table" }, make("thead", { role: "rowgroup" }, head), make("tbody", { role: "rowgroup" }, ...body));
    old.replaceWith(fresh);
  }

  const trendHeadings = [...chart.querySelectorAll(".ka-scroll thead th")].map((heading) => heading.textContent);
  function showTrend(areas) {
    drawing.data = areas.map(lineOf);
    tools.setText(chart.querySelector(".ka-title"), titleOf(areas));
    showLegend(areas);
    const body = areas.flatMap(({ name, index }) =>
      years.map((year, at) =>
        make("tr", {}, make("th", { scope: "row" }, name), make("td", { class: "ka-number" }, String(year)), cell(trend[index][at]), cell(trendErrors[index][at])),
      ),
    );
    replaceTable(chart, trendHeadings, body);
    tools.startTable(chart, tools.aboutOf(chart).words);
    outdated = true;
    redraw();
  }

  const tableHeadings = [...table.querySelectorAll(".ka-scroll thead th")].map((heading) => heading.textContent);
  function figureCell(row, { name, index }) {
    const shown = make("div");
    const own = { role: "cell", "data-label": name };
    if (row.values[index] === null) {
      const reason = data.words[row.reasons[index]];
      shown.append(...(reason ? [words.no_figure, make("small", {}, reason)] : ["–"]));
      return make("td", { ...own, class: "ka-none" }, shown);
    }
    shown.append(make("b", {}, row.texts[index]));
    for (const note of [row.errorTexts, row.qualities]) if (data.words[note[index]]) shown.append(make("small", {}, data.words[note[index]]));
    return make("td", own, shown);
  }
  function showKeyFigures(areas) {
    const regions = areas.some(({ code }) => !code.startsWith("GM"));
    const body = rows.map((row) => {
      const explained = [row.definition, regions ? row.regionNote : ""].filter(Boolean).join(" ");
      const details = make("details", {}, make("summary", {}, words.explained), explained);
      const heading = make("th", { scope: "row", role: "rowheader" }, make("span", { class: "ka-label" }, row.heading), details);
      return make("tr", { role: "row", "data-row": row.id }, heading, ...areas.map((area) => figureCell(row, area)));
    });
    replaceTable(table, [tableHeadings[0], ...areas.map(({ name }) => name)], body);
  }

  tools.fileTables.set(table, () => ({
    headings: words.columns,
    rows: shownAreas().flatMap(({ code, name, index }) =>
      rows.map((row) => {
        const value = row.values[index];
        const reason = value === null ? data.words[row.reasons[index]] || words.no_region_figure : "";
        return [code, name, row.label, row.year, value, row.unit, data.words[row.qualities[index]], row.errors[index], reason];
      }),
    ),
  }));

  function showChips() {
    chips.replaceChildren(
      ...chosen.map((code) => {
        const name = nameOf(code);
        const remove = make("button", { type: "button", "aria-label": fill(words.remove, { name }) }, "×");
        remove.addEventListener("click", () => removeMunicipality(code));
        return make("li", {}, make("a", { href: tools.pageOf(code, name) }, name), remove);
      }),
    );
  }

  function show() {
    const areas = shownAreas();
    showChips();
    for (const figure of [chart, table]) figure.hidden = !areas.length;
    if (areas.length) {
      showTrend(areas);
      showKeyFigures(areas);
    }
    tools.setText(status, areas.length ? "" : words.nothing);
  }

  function change() {
    show();
    tools.writeState({ gemeenten: chosen.join(","), provincie: province.value, nederland: country.checked ? "1" : "" });
    tools.setText(notice, "");
  }
  const counted = (text, code) => fill(text, { name: nameOf(code), count: chosen.length, limit });

  function addMunicipality(code) {
    if (chosen.includes(code)) tools.setText(notice, fill(words.present, { name: nameOf(code) }));
    else if (chosen.length >= limit) tools.setText(notice, fill(words.full, { limit }));
    else {
      chosen.push(code);
      change();
      tools.setText(notice, counted(words.added, code));
    }
  }

  function removeMunicipality(code) {
    const at = chosen.indexOf(code);
    chosen.splice(at, 1);
    change();
    tools.setText(notice, counted(words.removed, code));
    (chips.querySelectorAll("button")[Math.min(at, chosen.length - 1)] ?? input).focus();
  }

  /* What a link asks for. Only what looks like a code is repeated to the reader; of anything else the name of its part. */
  function readLink() {
    const unknown = [];
    const messages = [];
    const { opened, readState } = tools;
    const anything = { has: () => true };
    const asked = (readState("gemeenten", anything) ?? "").split(",").map((part) => part.trim().toUpperCase()).filter(Boolean);
    const found = new Set();
    for (const part of asked) {
      const former = Object.hasOwn(search.former, part) ? search.former[part].map((index) => search.codes[index]) : [];
      if (search.codes.includes(part)) found.add(part);
      else if (former.length) {
        for (const code of former) found.add(code);
        messages.push(fill(words.followed, { code: part, names: list.format(former.map(nameOf)) }));
      } else unknown.push(/^[A-Z]{2}\d{1,4}$/.test(part) ? part : "gemeenten");
    }
    const every = [...found];
    chosen = every.slice(0, limit);
    if (every.length > limit) messages.push(fill(words.left_out, { limit, names: list.format(every.slice(limit).map(nameOf)) }));
    const wanted = readState("provincie", anything)?.toUpperCase() ?? "";
    if (/^PV\d\d$/.test(wanted) && position.has(wanted)) province.value = wanted;
    else if (wanted) unknown.push(/^[A-Z]{2}\d{1,4}$/.test(wanted) ? wanted : "provincie");
    const whole = readState("nederland", anything);
    if (whole !== null && whole !== "0" && whole !== "1") unknown.push("nederland");
    country.checked = whole === "1" || !(chosen.length || province.value || opened.has("nederland"));
    if (unknown.length) messages.unshift(fill(words.unknown, { parts: [...new Set(unknown)].join(", ") }));
    if (["gemeenten", "provincie", "nederland"].some((key) => opened.has(key))) change();
    else show();
    tools.setText(notice, messages.join(" "));
  }

  const clear = tools.startCombobox(box, tools.municipalityEntries(search), search.words, (index) => {
    clear("");
    if (index !== null) addMunicipality(search.codes[index]);
  });
  clear("");
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const control of [province, country]) control.addEventListener("change", change);
  tools.presentDrawings.set(chart, drawing);
  box.hidden = form.hidden = false;
  readLink();
  tools.awaitChart(chart, plot, drawing);
};
