/* Starts every figure of the page. A figure that fails says so; its table and source stay. */
function reportProblem(figure, error) {
  console.warn(figure.id, error);
  figure.querySelector(".ka-problem").hidden = false;
  figure.dataset.drawn = "failed";
}

/* Charts wait until they come near the viewport; one behind another tab waits until it is shown. */
const waiting = new Map();
function drawChart(box) {
  if (!waiting.has(box)) return;
  const [figure, drawing] = waiting.get(box);
  waiting.delete(box);
  near.unobserve(box);
  startChart(figure, box, drawing).catch((error) => reportProblem(figure, error));
}
const near = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) if (entry.isIntersecting) drawChart(entry.target);
  },
  { rootMargin: "600px" },
);

function awaitChart(figure, box, drawing) {
  waiting.set(box, [figure, drawing]);
  near.observe(box);
}

/* The drawings of an explorer, each with how it takes new values. */
function startParts(figure, drawing) {
  return drawing.views.map((view, index) => {
    const part = figure.querySelector(`[data-view="${index}"]`);
    if (view.kind === "map") return startMap(figure, view);
    presentDrawings.set(part, view);
    const box = part.querySelector(".ka-plot");
    awaitChart(figure, box, view);
    return { setTraces: (changes) => setTraces(box, view, changes) };
  });
}

for (const figure of document.querySelectorAll(".ka-figure")) {
  try {
    startFigure(figure);
    const { kind } = figure.dataset;
    const drawing = kind === "table" ? null : drawingOf(figure);
    if (kind === "chart") {
      if (!figure.closest(".ka-compare")) awaitChart(figure, figure.querySelector(".ka-plot"), drawing);
    } else if (kind === "explorer") {
      const parts = startParts(figure, drawing);
      startExplorer(figure, drawing, parts)
        .then(() => figure.querySelector(".ka-plot") || (figure.dataset.drawn = "true"))
        .catch((error) => reportProblem(figure, error));
    } else {
      if (kind === "map") startMap(figure, drawing);
      figure.dataset.drawn = "true";
    }
  } catch (error) {
    reportProblem(figure, error);
  }
}

/* The page that compares has a script and data of its own, which no other page loads. */
for (const box of document.querySelectorAll(".ka-compare")) {
  const tools = {
    reader, fill, setText, decimalsText, drawingOf, aboutOf, startTable, fileTables, presentDrawings, awaitChart, startCombobox, municipalityEntries,
    pageOf, opened, readState, writeState,
  };
  const files = [["kinderarmoede-vergelijken.js", "kinderarmoedeVergelijken"], ["kinderarmoede-gemeenten.js", "kinderarmoedeGemeenten"]];
  Promise.all(files.map((file) => loadScript(...file)))
    .then(([start, data]) => start(box, data, tools))
    .catch((error) => {
      console.warn(error);
      box.querySelector(".ka-problem[role=alert]").hidden = false;
      const chart = box.querySelector(".ka-kind-chart");
      awaitChart(chart, chart.querySelector(".ka-plot"), drawingOf(chart));
    });
}

addEventListener("beforeprint", () => [...waiting.keys()].forEach(drawChart));
reportUnknown();
if (openedFigure !== null && !location.hash) document.getElementById(openedFigure)?.closest(".ka-figure")?.scrollIntoView();
