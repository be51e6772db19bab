/* The state of the page in its address, so that a link reopens it: ?figuur=kaart&tab=tabel&jaar=2021&gemeente=GM0363#kaart

   State belongs to one figure (its tab, its year) or to the whole page (the municipality). Pass the figure's element
   for the first kind, nothing for the second. Values are strings.

   readState(key, known, figure)  The present value, or null. At first that is the value in the address, when `known`
                                  (array, Set or Map with string keys) has it; a value that nobody knows is ignored and
                                  the reader is told so once all figures have started. An address with `figuur` speaks
                                  of that figure only.
   writeState({key: value}, figure)  Remember values and show them in the address; null or "" removes one.
   onState(key, listener)         listener(value or null) whenever writeState changes a value of the whole page, also
                                  when the listener's own figure wrote it.
   stateLink(figure)              The address that reopens this figure as it is now.

   For example in a map:
     const year = readState("jaar", years, figure) ?? slider.value;
     writeState({ jaar: slider.value }, figure);
     const code = readState("gemeente", position) ?? stored();
     writeState({ gemeente: code });
     onState("gemeente", showMunicipality); */
const opened = new URLSearchParams(location.search);
const openedFigure = opened.get("figuur");
const pageState = new Map();
const figureStates = new Map();
const stateListeners = new Map();
const stateKeys = new Set(["figuur"]);
const acceptedKeys = new Set();
let addressFigure = null;
let addressTimer = 0;

function stateOf(figure) {
  if (!figure) return pageState;
  if (!figureStates.has(figure.id)) figureStates.set(figure.id, new Map());
  return figureStates.get(figure.id);
}

const knows = (known, value) => (Array.isArray(known) ? known.map(String).includes(value) : known.has(value));

function readState(key, known, figure) {
  const state = stateOf(figure);
  if (state.has(key)) return state.get(key);
  if (figure && openedFigure !== null && openedFigure !== figure.id) return null;
  const value = opened.get(key);
  if (value === null) return null;
  stateKeys.add(key);
  if (!knows(known, value)) return null;
  acceptedKeys.add(key);
  state.set(key, value);
  if (figure) addressFigure = figure;
  return value;
}

function withState(address, figure) {
  const state = figure ? [...stateOf(figure)] : [];
  if (state.length) address.searchParams.set("figuur", figure.id);
  for (const [key, value] of [...state, ...pageState]) address.searchParams.set(key, value);
  address.search = address.search.replaceAll("%2C", ",");
  return address;
}

function showAddress() {
  const address = new URL(location.href);
  for (const key of stateKeys) address.searchParams.delete(key);
  try {
    history.replaceState(history.state, "", withState(address, addressFigure));
  } catch {
    /* A browser may refuse this for a page from disk; the copied link still has the state. */
  }
}

function writeState(values, figure) {
  const state = stateOf(figure);
  for (const [key, value] of Object.entries(values)) {
    stateKeys.add(key);
    if ((state.get(key) ?? null) === (value || null)) continue;
    if (value) state.set(key, String(value));
    else state.delete(key);
    if (!figure) for (const listener of stateListeners.get(key) ?? []) listener(state.get(key) ?? null);
  }
  if (figure) addressFigure = figure;
  clearTimeout(addressTimer);
  addressTimer = setTimeout(showAddress, 200);
}

function onState(key, listener) {
  stateListeners.set(key, [...(stateListeners.get(key) ?? []), listener]);
}

function stateLink(figure) {
  const address = new URL(location.href);
  address.search = "";
  address.hash = figure.id;
  address.searchParams.set("figuur", figure.id);
  return withState(address, figure).href;
}

/* Keys of the address that a figure asked for and none understood. */
function unknownKeys() {
  const keys = [...stateKeys].filter((key) => opened.has(key) && !acceptedKeys.has(key));
  return openedFigure === null || document.getElementById(openedFigure)?.matches(".ka-figure") ? keys.filter((key) => key !== "figuur") : keys;
}
