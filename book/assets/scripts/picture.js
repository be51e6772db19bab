/* The picture of a figure, for other documents: drawing, title, legend, notes and source in one SVG, always in light colours. */
const PICTURE = { width: 1000, margin: 36, text: "#1b1b1b", muted: "#555555", grid: "#d4d4d4", background: "#ffffff" };
const PICTURE_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif";
const KEPT_STYLES = {
  fill: "", stroke: "none", "fill-opacity": "1", "stroke-opacity": "1", opacity: "1", "stroke-width": "1px", "stroke-linejoin": "miter",
  "stroke-dasharray": "none", "vector-effect": "none", "paint-order": "normal", visibility: "visible", "text-anchor": "start",
};

function svgElement(name, attributes = {}, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
}

function textWidth(text, size, weight = 400) {
  const context = document.createElement("canvas").getContext("2d");
  context.font = `${weight} ${size}px ${PICTURE_FONT}`;
  return context.measureText(text).width;
}

function linesOf(text, width, size, weight) {
  const lines = [];
  for (const word of text.split(/\s+/)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && textWidth(longer, size, weight) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/* Run something while the page has its light colours; nothing is painted in between. */
function inLightColours(action) {
  const { dataset } = document.documentElement;
  const theme = dataset.theme;
  dataset.theme = "light";
  try {
    return action();
  } finally {
    if (theme === undefined) delete dataset.theme;
    else dataset.theme = theme;
  }
}

/* A copy of an SVG of the page that looks the same without the page's styles. */
function standaloneCopy(svg) {
  const copy = svg.cloneNode(true);
  const parts = [...svg.querySelectorAll("*")];
  [...copy.querySelectorAll("*")].forEach((part, index) => {
    const style = getComputedStyle(parts[index]);
    const gone = style.display === "none" && !parts[index].closest("defs");
    if (gone || ["title", "script", "foreignObject"].includes(part.localName) || part.getAttribute("d") === "") {
      part.remove();
      return;
    }
    for (const name of ["class", "style", "tabindex", "role", "aria-label"]) part.removeAttribute(name);
    if (["g", "defs", "pattern", "clipPath"].includes(part.localName)) return;
    for (const [name, usual] of Object.entries(KEPT_STYLES)) {
      const value = style.getPropertyValue(name);
      if (value && value !== usual) part.setAttribute(name, value.replace(/url\("?[^#"]*(#[^")]+)"?\)/, "url($1)"));
    }
  });
  for (const name of [...copy.getAttributeNames()]) if (name !== "viewBox") copy.removeAttribute(name);
  return copy;
}

function mapDrawing(figure, width) {
  const svg = figure.querySelector(".ka-drawing svg");
  const copy = standaloneCopy(svg);
  const { width: boxWidth, height: boxHeight } = svg.viewBox.baseVal;
  const height = Math.min(900, (width * boxHeight) / boxWidth);
  return { copy, height };
}

/* The drawings of an explorer as they are now, by the element that holds them. */
const presentDrawings = new WeakMap();

async function chartDrawing(figure, width) {
  const Plotly = await loadLibrary();
  const { data, layout } = presentDrawings.get(figure) ?? drawingOf(figure);
  const axis = { gridcolor: PICTURE.grid, linecolor: PICTURE.grid, tickcolor: PICTURE.grid, zerolinecolor: PICTURE.text };
  const height = 460;
  const axes = Object.keys(layout).filter((key) => /^[xy]axis/.test(key));
  const light = Object.fromEntries(axes.map((key) => [key, { ...layout[key], ...axis }]));
  const drawn = { ...layout, ...light, width, height, font: { ...layout.font, color: PICTURE.text } };
  const svg = await Plotly.toImage({ data, layout: drawn }, { format: "svg", width, height, imageDataOnly: true });
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  if (parsed.localName !== "svg") throw new Error("The chart library gave no picture.");
  return { copy: document.importNode(parsed, true), height };
}

/* The legend beside the drawing, line by line; returns the height it takes. */
function addLegend(picture, entries, top) {
  const { margin, width } = PICTURE;
  let [x, y] = [margin, top];
  for (const { swatch, label, colour } of entries) {
    const room = typeof swatch === "string" ? textWidth(swatch, 18) + 8 : swatch ? 26 : 0;
    const wide = room + textWidth(label, 15) + 24;
    if (x > margin && x + wide > width - margin) [x, y] = [margin, y + 26];
    if (typeof swatch === "string") picture.append(svgElement("text", { x, y: y + 15, "font-size": 18, fill: colour }, swatch));
    else if (swatch) {
      for (const [name, value] of Object.entries({ x, y, width: 18, height: 18 })) swatch.setAttribute(name, value);
      picture.append(swatch);
    }
    picture.append(svgElement("text", { x: x + room, y: y + 14, "font-size": 15, fill: PICTURE.text }, label));
    x += wide;
  }
  return entries.length ? y + 26 - top : 0;
}

function legendEntries(figure) {
  return [...figure.querySelectorAll(".ka-legend li")].map((item) => {
    const symbol = item.querySelector(".ka-symbol");
    const sample = item.querySelector(".ka-swatch");
    const label = item.textContent.replace(symbol?.textContent ?? "", "").trim();
    if (symbol) return { label, swatch: symbol.textContent.trim(), colour: getComputedStyle(symbol).color };
    if (sample instanceof SVGElement) return { label, swatch: standaloneCopy(sample) };
    if (!sample) return { label };
    return { label, swatch: svgElement("rect", { fill: getComputedStyle(sample).backgroundColor, stroke: "#777777" }) };
  });
}

/* What is set in an explorer, one line per setting. */
function settingTexts(figure) {
  return [...figure.querySelectorAll(".ka-setting")].map((box) => {
    const label = textOf(box, "label");
    const [select, toggle, slider] = ["select", "[type=checkbox]", "[type=range]"].map((name) => box.querySelector(name));
    if (toggle) return `${toggle.checked ? "☑" : "☐"} ${label}`;
    return `${label}: ${select ? select.selectedOptions[0].text : slider.getAttribute("aria-valuetext")}`;
  });
}

async function svgOf(figure) {
  const { margin, width, text, muted, background } = PICTURE;
  const inner = width - 2 * margin;
  const picture = svgElement("svg", { width, "font-family": PICTURE_FONT });
  let top = margin;
  const write = (words, size, colour, weight = 400) => {
    for (const line of words ? linesOf(words, inner, size, weight) : []) {
      top += size * 1.35;
      picture.append(svgElement("text", { x: margin, y: top, "font-size": size, "font-weight": weight, fill: colour }, line));
    }
    top += size * 0.4;
  };
  const parts = figure.dataset.kind === "explorer" ? [...figure.querySelectorAll(".ka-view")] : [figure];
  const charts = await Promise.all(parts.map((part) => (part.querySelector(".ka-plot") ? chartDrawing(part, inner) : null)));
  write(textOf(figure, ".ka-title"), 25, text, 700);
  write(textOf(figure, ".ka-subtitle"), 17, text);
  write(textOf(figure, ".ka-time:not([hidden]) .ka-year-shown"), 20, text, 700);
  for (const words of [...settingTexts(figure), ...textsOf(figure, ".ka-readouts p")]) write(words, 16, text);
  inLightColours(() => {
    parts.forEach((part, index) => {
      const chart = charts[index];
      write(textOf(part, ".ka-heading"), 18, text, 650);
      if (chart) top += 8 + addLegend(picture, legendEntries(part), top + 8);
      const { copy, height } = chart ?? mapDrawing(part, inner);
      for (const [name, value] of Object.entries({ x: margin, y: top + 8, width: inner, height })) copy.setAttribute(name, value);
      picture.append(copy);
      top += height + 16;
      if (!chart) top += addLegend(picture, legendEntries(part), top);
    });
  });
  for (const words of textsOf(figure, ".ka-compared")) write(words, 15, text, 600);
  for (const note of textsOf(figure, ".ka-note")) write(note, 14, muted);
  write(textOf(figure, ".ka-credit"), 14, text);
  const height = Math.ceil(top + margin);
  picture.setAttribute("height", height);
  picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  picture.prepend(svgElement("title", {}, textOf(figure, ".ka-title")), svgElement("rect", { width, height, fill: background }));
  return new XMLSerializer().serializeToString(picture);
}

async function pngOf(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * image.naturalWidth;
  canvas.height = 2 * image.naturalHeight;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser made no picture."))), "image/png");
  });
}
