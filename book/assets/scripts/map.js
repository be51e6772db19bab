/* Maps: drawn in the page already; here they are recoloured, zoomed and read out. */
const REMEMBERED = "kinderarmoede-gemeente";
const YEAR_MILLISECONDS = 900;
const ZOOM_MILLISECONDS = 350;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/* A browser may refuse storage: then nothing is remembered. */
function remembered() {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}
function remember(code) {
  try {
    if (code) localStorage.setItem(REMEMBERED, code);
    else localStorage.removeItem(REMEMBERED);
  } catch {
    /* Not remembered. */
  }
}

/* The municipality belongs to the whole page: every map shows it, and the next page too. */
function chooseMunicipality(code) {
  remember(code);
  writeState({ gemeente: code });
}

/* What is said of a municipality in one year, from the data of the drawing. */
function mapReader(drawing) {
  const words = drawing.words;
  const sign = (signs, index) => signs.charCodeAt(index) - 48;
  const value = (index, year) => drawing.years[year].values[index];
  const whole = Object.values(drawing.years).every(({ values }) => values.every((one) => Number.isInteger(one ?? 0)));
  const figures = new Intl.NumberFormat(reader, { minimumFractionDigits: whole ? 0 : 1, maximumFractionDigits: 1 });
  const remark = (index, year) => drawing.remarks[sign(drawing.years[year].remarks, index)];

  function rank(index, year) {
    const own = value(index, year);
    const known = drawing.years[year].values.filter((other) => other !== null);
    const place = known.filter((other) => other > own).length + 1;
    const last = known.filter((other) => other >= own).length;
    const kind = ["exact", "computed"].includes(remark(index, year).quality) ? "exact" : "about";
    return fill(words.rank[last > place ? `${kind}_tied` : kind], { place, last, count: known.length });
  }

  function readout(index, year) {
    const name = drawing.names[index];
    const said = remark(index, year);
    if (value(index, year) === null) return fill(words.absent, { name, year, reason: words.absence[said.absence || "missing"] });
    const sentence = fill(words.value, { name, year, value: figures.format(value(index, year)), unit: drawing.unit });
    const quality = fill(words.quality[said.quality] || "", { error: number.format(said.error || 0) });
    const remarks = [said.parts > 1 ? fill(words.combined, { parts: said.parts }) : "", quality].filter(Boolean).join("; ");
    return `${sentence}${remarks && ` (${remarks})`}. ${rank(index, year)}`;
  }

  function difference(own, error, [mean, meanError]) {
    if (error === null || meanError === null) return "unknown";
    if (Math.abs(own - mean) <= error + meanError + 1e-9) return "same";
    return own > mean ? "higher" : "lower";
  }

  function comparison(index, year) {
    const own = value(index, year);
    if (own === null || !drawing.regions) return "";
    const at = sign(drawing.province_of, index);
    const province = drawing.regions[year][drawing.provinces[at]];
    const country = drawing.regions[year].NL;
    if (province[0] === null || country[0] === null) return "";
    const name = drawing.names[index];
    const errors = [province[1], country[1]];
    const values = { name, unit: drawing.unit, province: drawing.province_names[at] };
    for (const [key, shown] of [["value", own], ["province_value", province[0]], ["country_value", country[0]]]) values[key] = figures.format(shown);
    const [first, second] = [province, country].map((region) => difference(own, remark(index, year).error, region));
    const differences = first === second ? [words.both[first]] : [words.province[first], words.country[second]];
    return [
      fill(words.compared, values),
      ...differences.map((text) => fill(text, { name })),
      errors.includes(null) ? words.unbounded : fill(words.approximation, { error: number.format(Math.max(...errors)) }),
    ].join(" ");
  }

  function className(index, year) {
    const own = value(index, year);
    if (own === null) return `absent-${remark(index, year).absence || "missing"}`;
    return `class-${drawing.breaks.filter((bound) => own >= bound).length}`;
  }

  /* One row per municipality and year, for a file: what the drawing has, with the quality of each value. */
  function table() {
    const row = (year, code, index) => {
      const own = value(index, year);
      const { quality, error, absence } = remark(index, year);
      const known = own === null ? [null, null, words.absence[absence || "missing"]] : [words.quality_names[quality], error, null];
      return [code, drawing.names[index], drawing.province_names[sign(drawing.province_of, index)], Number(year), own, ...known];
    };
    const rows = Object.keys(drawing.years).flatMap((year) => drawing.codes.map((code, index) => row(year, code, index)));
    return { headings: words.headings, rows };
  }

  return { readout, comparison, className, table };
}

/* Moves the view box; `finish` runs when it has arrived. */
function zoomer(svg, finish) {
  let present = svg.getAttribute("viewBox").split(" ").map(Number);
  let frame = 0;
  const show = (view) => {
    present = view;
    svg.setAttribute("viewBox", view.join(" "));
  };
  return (target) => {
    cancelAnimationFrame(frame);
    const from = present;
    const start = performance.now();
    const step = (now) => {
      const part = calm.matches ? 1 : Math.min(1, Math.max(0, (now - start) / ZOOM_MILLISECONDS));
      const eased = part * (2 - part);
      show(part === 1 ? target : from.map((side, index) => side + (target[index] - side) * eased));
      if (part < 1) frame = requestAnimationFrame(step);
      else finish(target);
    };
    step(start);
  };
}

function startPlaying(button, slider, words, showYear, status) {
  let timer = 0;
  const label = button.querySelector("span");
  function stop() {
    clearInterval(timer);
    timer = 0;
    button.classList.remove("ka-playing");
    label.textContent = words.play;
    status.removeAttribute("aria-live");
  }
  function next() {
    slider.value = Number(slider.value) + 1;
    showYear();
    if (slider.value === slider.max) stop();
  }
  button.addEventListener("click", () => {
    if (timer) return stop();
    timer = setInterval(next, YEAR_MILLISECONDS);
    status.setAttribute("aria-live", "off"); /* a year lasts shorter than its sentence */
    button.classList.add("ka-playing");
    label.textContent = words.pause;
    if (slider.value === slider.max) {
      slider.value = slider.min;
      showYear();
    }
  });
  const suit = () => {
    stop();
    button.hidden = calm.matches;
  };
  calm.addEventListener("change", suit);
  suit();
  return stop;
}

/* The neighbour of an area in the direction of an arrow key: near, and more ahead than aside. */
function neighbours(areas) {
  let centres;
  const ahead = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  return (index, key) => {
    centres ??= areas.map((area) => area.getBBox()).map((box) => [box.x + box.width / 2, box.y + box.height / 2]);
    const [x, y] = ahead[key];
    let best = index;
    let shortest = Infinity;
    centres.forEach((centre, other) => {
      const [across, down] = [centre[0] - centres[index][0], centre[1] - centres[index][1]];
      const forward = across * x + down * y;
      const aside = Math.abs(across * y) + Math.abs(down * x);
      if (forward <= 0 || aside > forward * 1.2 || forward + 2 * aside >= shortest) return;
      shortest = forward + 2 * aside;
      best = other;
    });
    return best;
  };
}

function startMap(figure, drawing) {
  const find = (name) => figure.querySelector(name);
  const [slider, provinces, svg, status, compared] = [".ka-year", ".ka-province", ".ka-drawing svg", ".ka-readout", ".ka-compared"].map(find);
  const areas = [...figure.querySelectorAll(".ka-areas path")];
  const position = new Map(drawing.codes.map((code, index) => [code, index]));
  const said = mapReader(drawing);
  const words = drawing.words;
  const yearShown = find(".ka-year-shown");
  const toPage = find(".ka-to-page");
  const years = Object.keys(drawing.years);
  const patterns = svg.querySelector("pattern").id.replace(/-\w+$/, "");
  const colours = areas.map((area) => area.getAttribute("class"));
  const classesOf = new Map();
  let chosen = -1;
  let pointed = -1;

  function outline(name, index) {
    const path = areas[index]?.getAttribute("d") ?? "";
    const line = find(name);
    if (line.getAttribute("d") === path) return;
    line.setAttribute("d", path);
    line.previousElementSibling.setAttribute("d", path);
  }
  function showWords() {
    const read = pointed >= 0 ? pointed : chosen;
    setText(status, read >= 0 ? said.readout(read, slider.value) : words.invite);
    status.toggleAttribute("data-in-picture", chosen >= 0);
    setText(compared, chosen >= 0 ? said.comparison(chosen, slider.value) : "");
    outline(".ka-chosen", chosen);
    outline(".ka-pointed", pointed === chosen ? -1 : pointed);
  }
  function point(index) {
    if (index === pointed) return;
    pointed = index;
    showWords();
  }

  function classesIn(year) {
    if (!classesOf.has(year)) classesOf.set(year, areas.map((_, index) => said.className(index, year)));
    return classesOf.get(year);
  }
  const isAbsent = (name) => name.startsWith("absent-");
  function colour() {
    const year = slider.value;
    classesIn(year).forEach((name, index) => {
      const before = colours[index];
      if (before === name) return;
      colours[index] = name;
      areas[index].setAttribute("class", name);
      if (isAbsent(name)) areas[index].style.fill = `url(#${patterns}-${name.slice(7)})`;
      else if (isAbsent(before)) areas[index].style.fill = "";
    });
    setText(yearShown, year);
    slider.setAttribute("aria-valuetext", year);
  }
  function showYear() {
    colour();
    showWords();
    writeState({ jaar: slider.value }, figure);
  }

  const showName = startCombobox(
    find(".ka-combobox"),
    [...drawing.names.map((name, index) => [name, searchText(name), index]).sort((one, other) => (one[1] < other[1] ? -1 : 1)), ...drawing.search],
    words,
    (index) => chooseMunicipality(index === null ? null : drawing.codes[index]),
  );
  function showChosen(code) {
    chosen = position.get(code) ?? -1;
    showName(drawing.names[chosen] ?? "");
    toPage.hidden = chosen < 0;
    if (chosen >= 0) {
      toPage.firstElementChild.href = pageOf(drawing.codes[chosen], drawing.names[chosen]);
      setText(toPage.firstElementChild, fill(words.page, { name: drawing.names[chosen] }));
    }
    showWords();
  }

  const stopPlaying = startPlaying(find(".ka-play"), slider, words, showYear, status);
  slider.addEventListener("input", () => {
    stopPlaying();
    showYear();
  });
  const turnedPatterns = [...svg.querySelectorAll("pattern")].map((pattern) => [pattern, pattern.getAttribute("patternTransform") ?? ""]);
  const whole = svg.viewBox.baseVal.width;
  const zoom = zoomer(svg, (view) => {
    for (const [pattern, turned] of turnedPatterns) pattern.setAttribute("patternTransform", `${turned} scale(${view[2] / whole})`);
  });
  const showProvince = () => zoom(provinces.selectedOptions[0].dataset.view.split(" ").map(Number));
  provinces.addEventListener("change", showProvince);

  const indexOf = (event) => position.get(event.target.dataset?.code) ?? -1;
  svg.addEventListener("pointermove", (event) => point(indexOf(event)));
  svg.addEventListener("pointerleave", () => point(-1));
  svg.addEventListener("click", (event) => {
    const index = indexOf(event);
    if (index >= 0) chooseMunicipality(drawing.codes[index]);
  });

  const neighbour = neighbours(areas);
  svg.setAttribute("role", "application");
  svg.setAttribute("aria-roledescription", words.map);
  svg.setAttribute("aria-label", `${svg.getAttribute("aria-label")} ${words.explore}`);
  svg.setAttribute("tabindex", "0");
  svg.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const now = pointed >= 0 ? pointed : chosen;
    if (event.key.startsWith("Arrow")) point(now >= 0 ? neighbour(now, event.key) : position.get("GM0344") ?? 0);
    else if (event.key === "Enter" && pointed >= 0) chooseMunicipality(drawing.codes[pointed]);
    else if (event.key === "Escape") point(-1);
    else return;
    event.preventDefault();
  });
  svg.addEventListener("blur", () => point(-1));

  figure.querySelectorAll(".ka-map-controls > [hidden], .ka-year").forEach((control) => (control.hidden = false));
  const year = years.length > 1 ? readState("jaar", years, figure) : null;
  if (year !== null) slider.value = year;
  colour();
  const code = readState("gemeente", position);
  if (code !== null) remember(code);
  else if (position.has(remembered())) writeState({ gemeente: remembered() });
  onState("gemeente", showChosen);
  showChosen(readState("gemeente", position));
  if (provinces.value) showProvince();
  const whenIdle = window.requestIdleCallback ?? setTimeout; /* Safari has no idle callback */
  whenIdle(() => years.forEach(classesIn));

  /* For an explorer: other values for the one period of the map, and which municipality is chosen. */
  return {
    setValues(values) {
      drawing.years[slider.value].values = values;
      classesOf.clear();
      colour();
      showWords();
    },
    chosen: () => chosen,
  };
}
