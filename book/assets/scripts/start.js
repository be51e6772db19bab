/* Starts every figure of the page. */
const near = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      near.unobserve(entry.target);
      startChart(entry.target, drawingOf(entry.target));
    }
  },
  { rootMargin: "600px" },
);

for (const figure of document.querySelectorAll(".ka-figure")) {
  if (figure.dataset.kind === "chart") {
    near.observe(figure);
  } else {
    if (figure.dataset.kind === "map") startMap(figure, drawingOf(figure));
    figure.dataset.drawn = "true";
  }
}
