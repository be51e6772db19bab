/* The filter of a list: the facts of the page of sources, the events of a timeline.

   A form's controls have the name that they have in the address: a search box, choices, boxes to tick. An entry
   ([data-item]) or what it stands in has the values that fit, as data-<name>="one two". Groups ([data-group]) without entries go. Words
   are found without accents, points of thousands or capital letters, also in the heading of the group. */
function startFilter(form) {
  const figure = form.closest(".ka-figure");
  const words = JSON.parse(form.querySelector("script").textContent);
  const status = form.querySelector("[role=status]");
  const controls = [...form.elements].filter((control) => control.name);
  const plain = (value) =>
    value
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .replace(/[‘’]/g, "'")
      .replace(/(\d)\.(?=\d{3})/g, "$1")
      .replace(/\s+/g, " ")
      .trim()
      .toLowerCase();
  const wanted = (control) => (control.type === "checkbox" && !control.checked ? "" : control.value.trim());
  const groups = [...(figure ?? document).querySelectorAll("[data-group]")].map((section) => {
    const heading = section.querySelector("h3").textContent;
    const items = [...section.querySelectorAll("[data-item]")].map((item) => {
      const own = [...item.children].filter((part) => !part.matches(".ka-places")).map((part) => part.textContent);
      const values = controls.map(({ name }) => item.closest(`[data-${name}]`)?.dataset[name].split(" ") ?? []);
      return { item, values, text: plain([...own, heading].join(" ")) };
    });
    return { section, items, count: document.getElementById(`${section.id}-count`) };
  });
  const all = groups.reduce((sum, group) => sum + group.items.length, 0);
  let timer = 0;

  function apply() {
    let total = 0;
    const asked = controls.map((control) => (control.type === "search" ? plain(control.value).split(" ") : wanted(control)));
    const fits = ({ values, text }) =>
      asked.every((value, index) => (Array.isArray(value) ? value.every((word) => text.includes(word)) : !value || values[index].includes(value)));
    for (const { section, items, count } of groups) {
      let shown = 0;
      for (const entry of items) {
        entry.item.hidden = !fits(entry);
        shown += !entry.item.hidden;
      }
      section.hidden = !shown;
      total += shown;
      if (!count) continue;
      count.textContent = number.format(shown);
      count.style.setProperty("--count", shown);
      count.closest("li").hidden = !shown;
    }
    for (const list of document.querySelectorAll(".ka-facts")) {
      list.closest("section").hidden = !list.querySelector("[data-group]:not([hidden])");
    }
    return total;
  }

  const announce = (shown) => {
    status.textContent = shown ? fill(words.count, { shown: number.format(shown), all: number.format(all) }) : words.none;
  };

  function update() {
    const shown = apply();
    writeState(Object.fromEntries(controls.map((control) => [control.name, wanted(control)])), figure);
    clearTimeout(timer);
    timer = setTimeout(announce, 400, shown);
  }

  function showTarget() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.closest(":is(section, li)[hidden]")) return;
    form.reset();
    update();
    target.scrollIntoView();
  }

  form.addEventListener("input", update);
  form.addEventListener("reset", () => setTimeout(update));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", showTarget);
  addEventListener("click", ({ target }) => target.closest("a[href^='#']") && setTimeout(showTarget)); /* also when the address has it already */

  let damaged = false;
  for (const control of controls) {
    const options = control.options ? [...control.options].map((option) => option.value) : [control.value];
    const value = readState(control.name, control.type === "search" ? { has: () => true } : options, figure);
    damaged ||= value === null && !figure && opened.has(control.name);
    if (control.type === "checkbox") control.checked = value !== null;
    else control.value = value ?? "";
  }
  if (controls.some(wanted)) announce(apply());
  if (damaged) status.textContent = `${words.unknown} ${status.textContent}`;
  showTarget();
}

for (const form of document.querySelectorAll(".ka-filter")) startFilter(form);
