/* Figures of the book: recolours maps, draws charts when they come near the viewport. Data comes from the page itself. */
(() => {
  "use strict";
  const script = document.currentScript;
  const reader = document.documentElement.lang || "nl";
  const number = new Intl.NumberFormat(reader, { maximumFractionDigits: 1 });

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

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

  let library;
  function loadLibrary() {
    library ??= new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = new URL("plotly.min.js", script.src).href;
      element.onload = () => resolve(window.Plotly);
      element.onerror = reject;
      document.head.append(element);
    });
    return library;
  }

  function pageColours() {
    const style = getComputedStyle(document.documentElement);
    const text = style.getPropertyValue("--pst-color-text-base").trim();
    const grid = style.getPropertyValue("--pst-color-border").trim();
    const axis = { gridcolor: grid, linecolor: grid, zerolinecolor: text, tickcolor: grid };
    const colours = { "font.color": text };
    for (const name of ["xaxis", "yaxis"]) {
      for (const [key, value] of Object.entries(axis)) colours[`${name}.${key}`] = value;
    }
    return colours;
  }

  async function startChart(figure, drawing) {
    const box = figure.querySelector(".ka-plot");
    const alternative = box.querySelector(".ka-alternative");
    const Plotly = await loadLibrary();
    const canvas = document.createElement("div");
    canvas.className = "ka-canvas";
    box.append(canvas);
    const config = { responsive: true, displayModeBar: false, showSendToCloud: false, plotlyServerURL: "" };
    await Plotly.newPlot(canvas, drawing.data, drawing.layout, config);
    await Plotly.relayout(canvas, pageColours());
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", alternative.textContent);
    alternative.hidden = true;
    figure.dataset.drawn = "true";
    new MutationObserver(() => Plotly.relayout(canvas, pageColours())).observe(document.documentElement, {
      attributeFilter: ["data-theme"],
    });
  }

  const near = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        near.unobserve(entry.target);
        startChart(entry.target, JSON.parse(entry.target.querySelector(".ka-data").textContent));
      }
    },
    { rootMargin: "600px" },
  );

  for (const figure of document.querySelectorAll(".ka-figure")) {
    if (figure.dataset.kind === "chart") {
      near.observe(figure);
    } else {
      if (figure.dataset.kind === "map") startMap(figure, JSON.parse(figure.querySelector(".ka-data").textContent));
      figure.dataset.drawn = "true";
    }
  }
})();
