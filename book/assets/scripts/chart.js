/* Charts: drawn by the chart library, which is loaded when the first chart comes near the viewport. */
const loadLibrary = () => loadScript("plotly.min.js", "Plotly");

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

async function startChart(figure, box, drawing) {
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
  box.dataset.drawn = "true";
  if (figure.querySelectorAll(".ka-plot").length === figure.querySelectorAll(".ka-plot[data-drawn]").length) figure.dataset.drawn = "true";
  const recolour = () => Plotly.relayout(canvas, pageColours());
  new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("print").addEventListener("change", recolour); /* paper is light */
}

/* Give traces of a chart other values: now when it is drawn, else when it will be. All that changed is drawn at once. */
function setTraces(box, drawing, changes) {
  const same = (one, other) => one?.length === other.length && one.every((value, index) => value === other[index]);
  const fresh = changes.filter(([trace, attributes]) => Object.entries(attributes).some(([name, values]) => !same(drawing.data[trace][name], values)));
  for (const [trace, attributes] of fresh) Object.assign(drawing.data[trace], attributes);
  if (!fresh.length || !box.dataset.drawn) return;
  const traces = fresh.map(([trace]) => trace);
  const names = [...new Set(fresh.flatMap(([, attributes]) => Object.keys(attributes)))];
  const update = Object.fromEntries(names.map((name) => [name, traces.map((trace) => drawing.data[trace][name])]));
  window.Plotly.restyle(box.querySelector(".ka-canvas"), update, traces);
}
