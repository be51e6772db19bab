/* Shared by the figures: numbers and sentences in the language of the page, and the data of a figure. */
const reader = document.documentElement.lang || "nl";
const number = new Intl.NumberFormat(reader, { maximumFractionDigits: 1 });
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const drawingOf = (figure) => JSON.parse(figure.querySelector(".ka-data").textContent);
