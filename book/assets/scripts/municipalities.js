/* Pages of municipalities: their addresses, the box that finds one, the map that leads to them, and near names for a wrong address. */
const NEAR_NAMES = 5;
const NEAR_ENOUGH = 0.45;
const MUCH_ALIKE = 0.75;

/* As `slug` in data/profiles.py. */
const pageOf = (code, name) => new URL(`../gemeenten/${code.toLowerCase()}-${searchText(name).replaceAll(" ", "-")}.html`, script.src).href;

/* How much two names look alike, from 0 to 1: the pairs of letters that they share. */
function likeness(one, other) {
  const pairs = (text) => Array.from({ length: text.length + 1 }, (_, index) => ` ${text} `.slice(index, index + 2));
  const rest = pairs(other);
  const shared = pairs(one).filter((pair) => {
    const at = rest.indexOf(pair);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
  return (2 * shared.length) / (one.length + other.length + 2);
}

/* Entries that an address may mean: those of the code in it when it was ever one, else those with a name like it. */
function nearEntries(address, data, entries) {
  const last = address.split("/").filter(Boolean).pop() ?? "";
  const code = /gm\d{4}/i.exec(last)?.[0].toUpperCase();
  const known = data.codes.includes(code) ? [data.codes.indexOf(code)] : (Object.hasOwn(data.former, code ?? "") ? data.former[code] : []);
  if (known.length) return known.map((index) => [data.names[index], "", index]);
  const name = searchText(last.replace(/\.html?$/i, "").replace(/gm\d*/i, " "));
  if (!name) return [];
  const ranked = entries.map((entry) => [likeness(name, entry[1]), entry]).filter(([score]) => score >= NEAR_ENOUGH);
  return ranked.sort((one, other) => other[0] - one[0]).slice(0, NEAR_NAMES).map(([, entry]) => entry);
}

function plainAddress() {
  try {
    return decodeURIComponent(location.pathname);
  } catch {
    return location.pathname; /* a broken escape */
  }
}

/* Entries that a search of the book may mean: the name itself, a name with these words in it, or words with a name in them; else a name
   that begins so, or one that looks much like it. */
function meantEntries(searched, entries) {
  const query = searchText(searched);
  const within = (text, part) => ` ${text} `.includes(` ${part} `);
  const tests = [
    (text) => text === query || within(query, text) || (query.length > 3 && within(text, query)),
    (text) => query.length > 4 && text.startsWith(query),
    (text) => query.length > 4 && likeness(query, text) >= MUCH_ALIKE,
  ];
  for (const test of tests) {
    const found = query ? entries.filter(([, text]) => test(text)) : [];
    if (found.length) return found.filter(([, , index], at) => found.findIndex(([, , other]) => other === index) === at).slice(0, SHOWN_OPTIONS);
  }
  return [];
}

const municipalityEntries = (data) => [...data.names.map((name, index) => [name, searchText(name), index]), ...data.others];

function offerMunicipalities(box, data, near) {
  if (!near.length) return;
  const place = box.querySelector(".ka-near");
  const question = document.createElement("p");
  question.textContent = data.words.near;
  const list = document.createElement("ul");
  list.append(
    ...near.map(([shown, , index]) => {
      const link = document.createElement("a");
      link.href = pageOf(data.codes[index], data.names[index]);
      link.textContent = shown;
      const item = document.createElement("li");
      item.append(link);
      return item;
    }),
  );
  place.append(question, list);
  place.hidden = false;
}

function startMunicipalitySearch(box) {
  const data = JSON.parse(box.querySelector("script").textContent);
  const entries = municipalityEntries(data);
  startCombobox(box, entries, data.words, (index) => {
    if (index !== null) location.href = pageOf(data.codes[index], data.names[index]);
  })("");
  box.hidden = false;
  if (box.closest("[data-not-found]")) offerMunicipalities(box, data, nearEntries(plainAddress(), data, entries));
}

function startSuggestions(box) {
  const data = JSON.parse(box.querySelector("script").textContent);
  offerMunicipalities(box, data, meantEntries(opened.get("q") ?? "", municipalityEntries(data)));
}

function startEntrance(entrance) {
  const svg = entrance.querySelector("svg");
  const links = [...svg.querySelectorAll("a")];
  const paths = links.map((link) => link.querySelector("path"));
  const status = entrance.querySelector("[role=status]");
  const invitation = status.textContent;
  const outline = svg.querySelector(".ka-pointed");
  const next = neighbours(paths);
  let pointed = -1;
  function point(index) {
    pointed = index;
    const path = paths[index]?.getAttribute("d") ?? "";
    for (const line of [outline, outline.previousElementSibling]) line.setAttribute("d", path);
    setText(status, links[index]?.textContent.trim() ?? invitation);
  }
  svg.setAttribute("role", "application");
  svg.setAttribute("aria-label", `${svg.getAttribute("aria-label")} ${svg.dataset.explore}`);
  svg.setAttribute("tabindex", "0");
  svg.addEventListener("pointermove", (event) => point(links.indexOf(event.target.closest("a"))));
  svg.addEventListener("pointerleave", () => point(-1));
  svg.addEventListener("blur", () => point(-1));
  svg.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key.startsWith("Arrow")) point(pointed >= 0 ? next(pointed, event.key) : paths.length >> 1);
    else if (event.key === "Enter" && pointed >= 0) location.href = links[pointed].getAttribute("href");
    else if (event.key === "Escape") point(-1);
    else return;
    event.preventDefault();
  });
}

document.querySelectorAll(".ka-find-municipality:not(.ka-compare *)").forEach(startMunicipalitySearch);
document.querySelectorAll(".ka-suggested").forEach(startSuggestions);
document.querySelectorAll(".ka-entrance").forEach(startEntrance);
