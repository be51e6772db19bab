/* Maps: drawn in the page already; here they are recoloured and read out. */
function readout(drawing, index, year) {
  const shown = drawing.years[year];
  const name = drawing.names[index];
  const value = shown.values[index];
  const text = drawing.words;
  if (value === null) {
    return fill(text.absent, { name, year, reason: text.absence[shown.absence[index] || "missing"] });
  }
  const sentence = fill(text.value, { name, year, value: number.format(value), unit: drawing.unit });
  const quality = fill(text.quality[shown.quality[index]] || "", { error: number.format(shown.error[index] || 0) });
  const parts = shown.parts[index];
  const remarks = [parts > 1 ? fill(text.combined, { parts }) : "", quality].filter(Boolean);
  return remarks.length ? `${sentence} (${remarks.join("; ")})` : sentence;
}

function startMap(figure, drawing) {
  const areas = [...figure.querySelectorAll(".ka-areas path")];
  const slider = figure.querySelector(".ka-year");
  const chooser = figure.querySelector(".ka-municipality");
  const status = figure.querySelector(".ka-readout");
  const outline = figure.querySelector(".ka-chosen");
  const position = new Map(drawing.codes.map((code, index) => [code, index]));
  let shownCode = "";

  const colourClass = (value, absence) => {
    if (value === null) return `absent-${absence || "missing"}`;
    let index = 0;
    while (index < drawing.breaks.length && value >= drawing.breaks[index]) index += 1;
    return `class-${index}`;
  };

  function showMunicipality(code) {
    shownCode = position.has(code) ? code : "";
    outline.setAttribute("d", shownCode ? areas[position.get(shownCode)].getAttribute("d") : "");
    if (shownCode) status.textContent = readout(drawing, position.get(shownCode), slider.value);
  }

  function showYear() {
    const shown = drawing.years[slider.value];
    areas.forEach((area, index) => {
      const name = colourClass(shown.values[index], shown.absence[index]);
      area.setAttribute("class", name);
      area.style.fill = name.startsWith("absent-") ? `url(#${figure.id}-${name.slice(7)})` : "";
    });
    figure.querySelector(".ka-year-shown").textContent = slider.value;
    slider.setAttribute("aria-valuetext", slider.value);
    showMunicipality(shownCode);
  }

  slider.addEventListener("input", showYear);
  chooser.addEventListener("change", () => showMunicipality(chooser.value));
  figure.querySelector("svg").addEventListener("pointermove", (event) => {
    const code = event.target.dataset?.code;
    if (code) status.textContent = readout(drawing, position.get(code), slider.value);
  });
  figure.querySelector("svg").addEventListener("pointerleave", () => showMunicipality(shownCode));
  figure.querySelector("svg").addEventListener("click", (event) => {
    const code = event.target.dataset?.code;
    if (!code) return;
    chooser.value = code;
    showMunicipality(code);
  });
  showYear();
}
