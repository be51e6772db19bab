/* A text box with a list of suggestions, after the ARIA pattern "editable combobox with list autocomplete". */
const SHOWN_OPTIONS = 8;

/* The same as `search_text` in data/names.py. */
function searchText(name) {
  const letters = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/a\/d/g, "aan den").replace(/['’‘`´]/g, "");
  return letters.replace(/[^a-z0-9]+/g, " ").trim().replace(/\bst (?=.)/g, "sint ");
}

/* Entries are [what is shown, search text, value]. The beginning of a name goes before the beginning of a word in it. */
function findEntries(entries, typed) {
  const query = searchText(typed);
  const joined = query.replaceAll(" ", "");
  const rank = ([, text]) => {
    if (text.startsWith(query)) return 0;
    if (` ${text}`.includes(` ${query}`)) return 1;
    return text.replaceAll(" ", "").includes(joined) ? 2 : 3;
  };
  if (!query) return entries;
  const ranked = entries.map((entry) => [rank(entry), entry]).filter(([place]) => place < 3);
  return ranked.sort((one, other) => one[0] - other[0]).map(([, entry]) => entry);
}

/* Returns a function that shows the name of the present choice in the box. `choose` gets a value, or null for none. */
function startCombobox(box, entries, words, choose) {
  const input = box.querySelector("[role=combobox]");
  const list = box.querySelector("[role=listbox]");
  const status = box.querySelector("[role=status]");
  const clear = box.querySelector(".ka-clear");
  let found = [];
  let active = -1;
  let present = "";

  function mark(index) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
    list.replaceChildren();
    status.textContent = "";
  }

  function open(typed) {
    const all = findEntries(entries, typed);
    found = all.slice(0, SHOWN_OPTIONS);
    mark(-1);
    list.replaceChildren(
      ...found.map(([shown], index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = shown;
        return option;
      }),
    );
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    const message = found.length ? fill(words.found, { count: number.format(all.length) }) : words.none;
    status.textContent = message;
    status.classList.toggle("ka-spoken", found.length > 0);
  }

  function accept(value) {
    close();
    status.classList.add("ka-spoken");
    choose(value);
  }

  function restore() {
    close();
    status.classList.add("ka-spoken");
    if (!input.value.trim() && present) choose(null);
    input.value = present;
  }

  const isOpen = () => !list.hidden;
  const keys = {
    ArrowDown: () => (isOpen() ? mark((active + 1) % found.length) : (open(input.value === present ? "" : input.value), mark(found.length ? 0 : -1))),
    ArrowUp: () => (isOpen() ? mark((active < 1 ? found.length : active) - 1) : (open(input.value === present ? "" : input.value), mark(found.length - 1))),
    Home: () => (isOpen() && active >= 0 ? mark(0) : false),
    End: () => (isOpen() && active >= 0 ? mark(found.length - 1) : false),
    Enter: () => {
      if (!input.value.trim()) accept(null);
      else if (isOpen()) accept(found[Math.max(active, 0)][2]);
    },
    Escape: () => {
      if (isOpen()) close();
      else restore();
    },
    Tab: () => {
      if (isOpen() && active >= 0) accept(found[active][2]);
      return false;
    },
  };
  input.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.key in keys && keys[event.key]() !== false) event.preventDefault();
  });
  input.addEventListener("input", () => (input.value.trim() ? open(input.value) : close()));
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", restore);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const index = [...list.children].indexOf(event.target);
    if (index >= 0) accept(found[index][2]);
  });
  clear.addEventListener("click", () => {
    accept(null);
    input.focus();
  });
  return (name) => {
    present = name;
    input.value = name;
    clear.classList.toggle("ka-unused", !name);
  };
}
