/* Shared by the figures: numbers and sentences in the language of the page, and the data of a figure. */
const reader = document.documentElement.lang || "nl";
const number = new Intl.NumberFormat(reader, { maximumFractionDigits: 1 });
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const drawingOf = (figure) => JSON.parse(figure.querySelector(".ka-data").textContent);

/* Say something else: the browser lays out anew only what changed. */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/* Load another script of this site, once; gives the global that it sets. */
const loadedScripts = new Map();
function loadScript(name, global) {
  if (!loadedScripts.has(name)) {
    loadedScripts.set(
      name,
      new Promise((resolve, reject) => {
        const element = document.createElement("script");
        element.src = new URL(name + new URL(script.src).search, script.src).href;
        element.onload = () => resolve(window[global]);
        element.onerror = () => reject(new Error(`${name} cannot be loaded.`));
        document.head.append(element);
      }),
    );
  }
  return loadedScripts.get(name);
}
