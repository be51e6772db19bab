/* Starts every figure of the page. A figure that fails says so; its table and source stay. */
function reportProblem(figure, error) {
  console.warn(figure.id, error);
  figure.querySelector(".ka-problem").hidden = false;
  figure.dataset.drawn = "failed";
}

/* Charts wait until they come near the viewport; one behind another tab waits until it is shown. */
const waiting = new Map();
function drawChart(box) {
  const figure = waiting.get(box);
  if (!figure) return;
  waiting.delete(box);
  near.unobserve(box);
  Promise.resolve()
    .then(() => startChart(figure, drawingOf(figure)))
    .catch((error) => reportProblem(figure, error));
}
const near = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) if (entry.isIntersecting) drawChart(entry.target);
  },
  { rootMargin: "600px" },
);

for (const figure of document.querySelectorAll(".ka-figure")) {
  try {
    startFigure(figure);
    if (figure.dataset.kind === "chart") {
      const box = figure.querySelector(".ka-plot");
      waiting.set(box, figure);
      near.observe(box);
    } else {
      if (figure.dataset.kind === "map") startMap(figure, drawingOf(figure));
      figure.dataset.drawn = "true";
    }
  } catch (error) {
    reportProblem(figure, error);
  }
}

addEventListener("beforeprint", () => [...waiting.keys()].forEach(drawChart));
reportUnknown();
if (openedFigure !== null && !location.hash) document.getElementById(openedFigure)?.closest(".ka-figure")?.scrollIntoView();
