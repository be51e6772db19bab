/* The page around the figures: light or dark, and the place in the table of contents. */
{
  const root = document.documentElement;
  const modeSwitch = document.querySelector(".ka-mode");
  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

  function chosenMode() {
    try {
      return localStorage.getItem("mode");
    } catch {
      return null;
    }
  }

  function showMode(mode) {
    root.dataset.theme = mode;
    modeSwitch?.setAttribute("aria-pressed", String(mode === "dark"));
  }

  showMode(root.dataset.theme);
  modeSwitch?.addEventListener("click", () => {
    const mode = root.dataset.theme === "dark" ? "light" : "dark";
    showMode(mode);
    try {
      localStorage.setItem("mode", mode);
    } catch {
      /* A browser that keeps nothing shows the choice on this page only. */
    }
  });
  systemIsDark.addEventListener("change", () => {
    if (!["light", "dark"].includes(chosenMode())) showMode(systemIsDark.matches ? "dark" : "light");
  });

  const places = new Map();
  for (const link of document.querySelectorAll(".ka-contents a[href^='#']")) {
    const section = document.getElementById(link.hash.slice(1));
    if (section) places.set(section.querySelector("h1, h2, h3, h4") ?? section, link);
  }
  const passing = new IntersectionObserver(
    (entries) => {
      const heading = entries.filter((entry) => entry.isIntersecting).pop()?.target;
      if (!heading) return;
      for (const [other, link] of places) {
        if (other === heading) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "0px 0px -65% 0px" },
  );
  for (const heading of places.keys()) passing.observe(heading);
}
