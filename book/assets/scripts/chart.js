/* Charts: drawn by the chart library, which is loaded when the first chart comes near the viewport. */
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
  const recolour = () => Plotly.relayout(canvas, pageColours());
  new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("print").addEventListener("change", recolour); /* paper is light */
}
