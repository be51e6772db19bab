/* What every figure offers: tabs, a table that sorts, downloads, a link. */
const aboutOf = (figure) => JSON.parse(figure.querySelector(".ka-about").textContent);
const tabsOf = (figure) => [...figure.querySelectorAll(".ka-tabs [role=tab]")];

function say(figure, text) {
  figure.querySelector(".ka-message").textContent = text;
}

function showTab(figure, name) {
  for (const tab of tabsOf(figure)) {
    const chosen = tab.dataset.tab === name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !chosen;
  }
  figure.dataset.tab = name;
}

function startTabs(figure) {
  const tabs = tabsOf(figure);
  const names = tabs.map((tab) => tab.dataset.tab);
  for (const tab of tabs) {
    const panel = document.getElementById(tab.getAttribute("aria-controls"));
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
  }
  const choose = (name) => {
    showTab(figure, name);
    say(figure, "");
    writeState({ tab: name === names[0] ? null : name }, figure);
    dispatchEvent(new Event("resize")); /* a chart that was hidden takes its width */
  };
  const list = figure.querySelector(".ka-tabs");
  list.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) choose(tab.dataset.tab);
  });
  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(event.target.closest("[role=tab]"));
    const last = tabs.length - 1;
    const goal = { ArrowLeft: at ? at - 1 : last, ArrowRight: at < last ? at + 1 : 0, Home: 0, End: last }[event.key];
    if (at < 0 || goal === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    tabs[goal].focus();
    choose(names[goal]);
  });
  showTab(figure, readState("tab", names, figure) ?? names[0]);
}

/* A link to this figure as it is now; where the clipboard is closed the reader gets it to copy by hand. */
function startLink(figure, words) {
  const button = figure.querySelector(".ka-copy");
  button.addEventListener("click", async () => {
    const link = stateLink(figure);
    figure.querySelector(".ka-link")?.remove();
    try {
      await navigator.clipboard.writeText(link);
      say(figure, words.copied);
    } catch {
      say(figure, words.not_copied);
      const field = document.createElement("input");
      field.className = "ka-link";
      field.readOnly = true;
      field.value = link;
      field.setAttribute("aria-label", words.not_copied);
      button.parentElement.append(field);
      field.select();
    }
  });
}

/* The code by which another site shows this figure. */
function startEmbedding(figure, words) {
  const place = figure.querySelector(".ka-embed");
  place?.querySelector("button").addEventListener("click", async () => {
    const code = place.querySelector("textarea");
    code.select();
    try {
      await navigator.clipboard.writeText(code.value);
      say(figure, words.code_copied);
    } catch {
      say(figure, words.code_not_copied);
    }
  });
}

function startFigure(figure) {
  for (const part of figure.querySelectorAll("details.ka-table, details.ka-source")) part.open = true;
  startTabs(figure);
  figure.classList.add("ka-live");
  const about = aboutOf(figure);
  startLink(figure, about.words);
  startTable(figure, about.words);
  startDownloads(figure, about);
  startEmbedding(figure, about.words);
}

/* A link that was cut off or tampered with: said in a few words, with names of our own only. */
function reportUnknown() {
  const keys = unknownKeys();
  const first = document.querySelector(".ka-about");
  if (!keys.length || !first) return;
  const { words } = JSON.parse(first.textContent);
  const notice = document.createElement("div");
  notice.className = "ka-notice";
  notice.setAttribute("role", "status");
  const text = document.createElement("p");
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = words.close;
  close.addEventListener("click", () => notice.remove());
  notice.append(text, close);
  document.body.append(notice);
  text.textContent = fill(words.unknown, { keys: keys.join(", ") });
}
