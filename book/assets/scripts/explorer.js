/* Explorers: the reader sets a value, the page computes with the equations of the model and shows what changes. */
const EXPLORER_PAUSE = 700;

const each = (count, f) => Array.from({ length: count }, (_, index) => f(index));
function total(count, f) {
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum += f(index);
  return sum;
}

/* A number as a Dutch reader types it: 1.234,5 and also 1234.5; NaN for anything else. */
function typedNumber(text) {
  const plain = text.trim().replace(/[\s\u00a0%€]/g, "").replace("−", "-");
  const grouped = new RegExp(`^-?\\d{1,3}(\\${marks.group}\\d{3})+(\\${marks.decimal}\\d*)?$`).test(plain);
  const cleaned = grouped ? plain.replaceAll(marks.group, "") : plain;
  const point = cleaned.replace(marks.decimal, ".");
  return /^-?\d+(\.\d*)?$|^-?\.\d+$/.test(point) ? Number(point) : NaN;
}

/* Number formats by what they must do: making one takes longer than using it. */
const formats = new Map();
function formatted(value, options) {
  const key = JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(reader, { signDisplay: "negative", ...options }));
  return formats.get(key).format(value);
}

/* A value with a number of decimals; -2 rounds to hundreds. Years have no thousands separator: `useGrouping` is false for them. */
function decimalsText(value, decimals, useGrouping = true) {
  const unit = 10 ** -Math.min(decimals, 0);
  const digits = Math.max(decimals, 0);
  const rounded = unit > 1 ? Math.round(value / unit) * unit : value;
  return formatted(rounded, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping });
}

/* A value in a formula: whole when it is, else with enough digits to compute with. */
const exactText = (value, useGrouping) =>
  formatted(value, { useGrouping, ...(Math.abs(value) < 100 ? { maximumSignificantDigits: 4 } : { maximumFractionDigits: 1 }) });

/* How two values differ as the reader sees them, so that the difference fits the numbers beside it. */
function shownDifference(value, other, decimals) {
  const scale = 10 ** decimals;
  return Math.floor(value * scale + 0.5) / scale - Math.floor(other * scale + 0.5) / scale;
}

function differenceText(value, decimals) {
  const text = decimalsText(Math.abs(value), decimals);
  if (text === decimalsText(0, decimals)) return text;
  return (value > 0 ? "+" : "−") + text;
}

/* One setting: its inputs follow each other, and `change` hears of every new value. */
function startControl(box, declared, words, change) {
  const slider = box.querySelector("input[type=range], select, input[type=checkbox]");
  const typed = box.querySelector(".ka-typed input");
  const hint = box.querySelector(".ka-hint");
  const { kind, minimum, maximum, decimals, grouping, unit } = declared;
  const textOf = (number) => decimalsText(number, decimals, grouping);
  const limits = kind === "range" ? { minimum: textOf(minimum), maximum: textOf(maximum) } : {};
  let value = declared.default;

  const read = {
    range: () => Number(slider.value),
    choice: () => declared.options[slider.selectedIndex][0],
    toggle: () => Number(slider.checked),
  }[kind];
  function show(next, keepTyped = false) {
    value = next;
    if (kind === "choice") slider.selectedIndex = declared.options.findIndex(([option]) => option === next);
    else if (kind === "toggle") slider.checked = Boolean(next);
    else {
      const text = textOf(next);
      slider.value = next;
      slider.setAttribute("aria-valuetext", `${text} ${unit}`.trim());
      if (!keepTyped) typed.value = text;
      typed.removeAttribute("aria-invalid");
      hint.textContent = "";
    }
  }
  slider.addEventListener("input", () => {
    show(read());
    change();
  });
  typed?.addEventListener("change", () => {
    const number = typedNumber(typed.value);
    if (Number.isNaN(number) || number < minimum || number > maximum) {
      hint.textContent = fill(Number.isNaN(number) ? words.number : words.range, limits);
      typed.setAttribute("aria-invalid", "true");
      return;
    }
    show(number);
    change();
  });
  typed?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    show(value);
    typed.select();
  });

  /* What the address may hold: any number for a range (it is brought within the range), an option, 0 or 1. */
  const known = {
    range: { has: (text) => /^-?\d+(\.\d+)?$/.test(text) },
    choice: { has: (text) => declared.options.some(([option]) => String(option) === text) },
    toggle: ["0", "1"],
  }[kind];
  function take(text) {
    if (kind === "choice") show(declared.options.find(([option]) => String(option) === text)[0]);
    else if (kind === "toggle") show(Number(text));
    else {
      const asked = Number(text);
      const used = Math.min(maximum, Math.max(minimum, asked));
      show(used);
      if (used !== asked) return fill(words.clamped, { value: number.format(asked), label: declared.label, used: textOf(used), ...limits });
    }
    return "";
  }
  show(value);
  return { declared, known, take, reset: () => show(declared.default), value: () => value };
}

/* The formula once more, with the present values in the place of names of single values, and of the chosen municipality. */
function fillFormula(box, valueOf) {
  const formula = box.querySelector("math");
  const filled = box.querySelector(".ka-filled");
  const copy = formula.cloneNode(true);
  const names = [...copy.querySelectorAll("mi[data-name]")];
  let changed = false;
  for (const name of names) {
    const text = valueOf(name.dataset.name, name.closest(".ka-total") !== null);
    if (text === null) continue;
    changed = true;
    const value = document.createElementNS(copy.namespaceURI, "mn");
    value.textContent = text;
    name.replaceWith(value);
  }
  filled.hidden = !changed;
  filled.replaceChildren(copy);
}

async function startExplorer(figure, drawing, parts) {
  const words = drawing.words;
  const table = figure.querySelector(".ka-scroll table");
  const rows = [...table.tBodies[0].rows];
  const controls = drawing.controls.map((declared) =>
    startControl(figure.querySelector(`[data-control="${declared.name}"]`), declared, words, () => changed()),
  );
  let model = null;
  function changed() {
    writeState(Object.fromEntries(controls.map(({ declared, value }) => [declared.key, value() === declared.default ? null : String(value())])), figure);
    if (model) showAll(true);
  }
  const notices = controls.map((control) => {
    const text = readState(control.declared.key, control.known, figure);
    return text === null ? "" : control.take(text);
  });
  if (notices.some(Boolean)) say(figure, notices.filter(Boolean).join(" "));
  const models = await loadScript("kinderarmoede-modellen.js", "kinderarmoedeModels");
  if (models[drawing.model]?.fingerprint !== drawing.fingerprint) throw new Error("The equations are of another version than the data.");
  model = models[drawing.model];
  const settings = () => Object.fromEntries(controls.map((control) => [control.declared.name, control.value()]));
  const pick = (given, chosen) => (given?.by ? given.values[chosen[given.by]] : given);
  const asNumbers = (value) => (Array.isArray(value) ? value.map((one) => one ?? NaN) : value);
  const finite = (value) => (typeof value === "number" && !Number.isFinite(value) ? null : value);

  /* Everything known with some settings: given and computed; null for what is absent or cannot be computed. */
  function compute(chosen) {
    const given = { ...chosen };
    for (const group of [drawing.constants, drawing.columns]) for (const [name, value] of Object.entries(group)) given[name] = asNumbers(pick(value, chosen));
    const results = { ...given, ...model.compute(given, each, total) };
    for (const [name, value] of Object.entries(results)) results[name] = Array.isArray(value) ? value.map(finite) : finite(value);
    return results;
  }

  /* The baseline takes over a choice whose options may not be compared, such as the measure of poverty. */
  const baselineSettings = () =>
    Object.fromEntries(controls.map(({ declared, value }) => [declared.name, declared.compared === false ? value() : declared.default]));
  const follows = drawing.controls.some(({ compared }) => compared === false);
  let baseline = compute(baselineSettings());
  let known = baseline;
  const textOfValue = (value, { decimals, grouping }) => (value === null ? words.undefined : decimalsText(value, decimals, grouping));

  function showOutcomes() {
    for (const { name } of drawing.outcomes) {
      const [, first, present, difference] = figure.querySelector(`[data-outcome="${name}"]`).cells;
      const shown = drawing.shown[name];
      setText(first, textOfValue(baseline[name], shown));
      setText(present, textOfValue(known[name], shown));
      const both = known[name] !== null && baseline[name] !== null;
      setText(difference, both ? differenceText(shownDifference(known[name], baseline[name], shown.decimals), shown.decimals) : words.undefined);
    }
  }

  function sentence({ name, more, less, same, undefined: none }) {
    const [value, first] = [known[name], baseline[name]];
    if (value === null || first === null) return none;
    const differs = Math.abs(shownDifference(value, first, drawing.shown[name].decimals));
    const [said, before, difference] = [value, first, differs].map((one) => textOfValue(one, drawing.shown[name]));
    const shown = { value: said, baseline: before, difference };
    return fill(shown.value === shown.baseline ? same : value > first ? more : less, shown);
  }
  const readouts = figure.querySelectorAll(".ka-readouts p");
  const said = figure.querySelector(".ka-said");
  let pause = 0;
  let spoken = [];
  /* Only what changed is said, and it goes again: the same sentences stand above it. */
  function speak(sentences) {
    const fresh = sentences.filter((text, index) => text !== spoken[index]);
    spoken = sentences;
    said.textContent = fresh.join(" ");
    pause = setTimeout(() => (said.textContent = ""), 10 * EXPLORER_PAUSE);
  }
  function showSentences(aloud) {
    const sentences = drawing.readouts.map(sentence);
    sentences.forEach((text, index) => setText(readouts[index], text));
    clearTimeout(pause);
    if (aloud) pause = setTimeout(speak, EXPLORER_PAUSE, sentences);
  }

  function showViews() {
    drawing.views.forEach((view, index) => {
      if (view.kind === "map") parts[index].setValues(known[view.result]);
      else parts[index].setTraces(view.feeds.map(({ trace, attributes }) => [trace, Object.fromEntries(Object.entries(attributes).map(([attribute, name]) => [attribute, [known[name]].flat()]))]));
    });
  }

  /* The table and the formulas are brought up to date when the reader looks at them, or downloads. */
  const show = (cell, value, name) => {
    setText(cell, textOfValue(value, drawing.shown[name]));
    cell.className = value === null ? "ka-none" : "ka-number";
    if (value === null) delete cell.dataset.value;
    else cell.dataset.value = value;
  };
  function showTable() {
    for (const [column, name] of Object.entries(drawing.followed)) {
      rows.forEach((row, index) => show(row.cells[column], known[name][index], name));
    }
    for (const [column, name] of Object.entries(follows ? drawing.followed_baseline : {})) {
      rows.forEach((row, index) => show(row.cells[column], baseline[name][index], name));
    }
    if (Object.keys(drawing.followed).length) return;
    drawing.outcomes.forEach(({ name }, index) => {
      if (follows) show(rows[index].cells[2], baseline[name], name);
      show(rows[index].cells[3], known[name], name);
    });
  }
  function showFormulas() {
    const at = parts.find((part) => part?.chosen)?.chosen() ?? -1;
    const name = at < 0 ? "" : drawing.views.find((view) => view.names).names[at];
    figure.querySelector(".ka-filled-with").textContent = fill(name ? words.filled_place : words.filled, { name });
    for (const box of figure.querySelectorAll(".ka-formula")) {
      fillFormula(box, (name, summed) => {
        const value = Array.isArray(known[name]) ? (at < 0 || summed ? undefined : known[name][at]) : known[name];
        if (value === undefined) return null;
        const { unit, grouping } = drawing.shown[name];
        return value === null ? words.undefined : exactText(value, grouping) + (unit === words.percent ? "%" : "");
      });
    }
  }
  const later = { tabel: showTable, formule: showFormulas };
  figure.querySelector(".ka-tabs").addEventListener("click", () => later[figure.dataset.tab]?.());
  figure.querySelector(".ka-tabs").addEventListener("keyup", () => later[figure.dataset.tab]?.());

  function showAll(aloud) {
    known = compute(settings());
    if (follows) baseline = compute(baselineSettings());
    showOutcomes();
    showSentences(aloud);
    showViews();
    later[figure.dataset.tab]?.();
  }
  fileTables.set(figure, () => {
    showTable();
    const headings = drawing.controls.map(({ label, unit }) => (unit ? `${label} (${unit})` : label));
    const content = tableOf(table);
    return { headings: [...content.headings, ...headings], rows: content.rows.map((row) => [...row, ...controls.map((control) => control.value())]) };
  });

  figure.querySelectorAll(".ka-preset").forEach((button, index) =>
    button.addEventListener("click", () => {
      for (const control of controls) control.take(drawing.presets[index].values[control.declared.name]);
      changed();
    }),
  );
  figure.querySelector(".ka-reset").addEventListener("click", () => {
    for (const control of controls) control.reset();
    changed();
    say(figure, words.reset);
  });

  onState("gemeente", () => later[figure.dataset.tab]?.());
  showAll(false);
  spoken = drawing.readouts.map(sentence);
  figure.querySelector(".ka-settings").classList.add("ka-ready");
}
