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

/* Give traces of a chart other values: now when it is drawn, else when it will be. */
function setTraces(box, drawing, changes) {
  for (const [trace, attributes] of changes) Object.assign(drawing.data[trace], attributes);
  const canvas = box.querySelector(".ka-canvas");
  if (!box.dataset.drawn) return;
  const names = [...new Set(changes.flatMap(([, attributes]) => Object.keys(attributes)))];
  for (const name of names) {
    const concerned = changes.filter(([, attributes]) => name in attributes);
    window.Plotly.restyle(canvas, { [name]: concerned.map(([, attributes]) => attributes[name]) }, concerned.map(([trace]) => trace));
  }
}
