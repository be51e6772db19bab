(() => {
  const root = document.documentElement;
  let mode = null;
  try { mode = localStorage.getItem("mode"); } catch {}
  if (mode !== "light" && mode !== "dark") mode = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.dataset.theme = mode;
  root.dataset.script = "true";
})();
