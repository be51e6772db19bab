/* Citations: a card with the source of a figure in the text, and the filter of the page of sources. */
/* One card serves all citations of the page. It stands right after its link, so that Tab leads into it, and in the
   top layer, so that nothing cuts it off. A browser without popovers keeps the plain links. */
function startCitations({ words, facts }) {
  if (!HTMLElement.prototype.showPopover) return;
  const margin = 8;
  const element = (name, className, text = "") => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  };
  const card = element("div", "ka-card");
  const content = element("div", "ka-card-content");
  const follow = element("a", "ka-card-follow", words.follow);
  const close = element("button", "ka-card-close", words.close);
  const actions = element("p", "ka-card-actions");
  content.id = "ka-card-content";
  card.popover = "manual";
  card.setAttribute("role", "group");
  close.type = "button";
  actions.append(follow, close);
  card.append(content, actions);
  let opened = null;
  let pressed = "";
  let quiet = false;
  let timer = 0;

  const factOf = (link) => facts[decodeURIComponent(link.hash.slice(1))];
  const later = (action, delay) => {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  };
  const holdsFocus = () => card.contains(document.activeElement) || (opened?.matches(":focus-visible") ?? false);

  const leave = (event) => {
    if (event.pointerType === "mouse") later(() => holdsFocus() || hide(), 300);
  };

  function place() {
    if (!opened) return;
    const lines = [...opened.getClientRects()];
    const box = opened.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const above = box.top - 2 * margin;
    const below = document.documentElement.clientHeight - box.bottom - 2 * margin;
    card.style.maxHeight = "none";
    const under = card.offsetHeight <= below || below >= above;
    card.style.maxHeight = `${Math.max(under ? below : above, 96)}px`;
    const start = (under ? lines.at(-1) : lines[0]).left;
    const left = Math.max(margin, Math.min(start, width - card.offsetWidth - margin));
    const top = under ? box.bottom + margin : box.top - margin - card.offsetHeight;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
  }

  function hide() {
    clearTimeout(timer);
    if (!opened) return;
    opened.removeAttribute("aria-describedby");
    opened = null;
    card.remove();
  }

  function show(link) {
    clearTimeout(timer);
    if (opened === link) return;
    hide();
    const fact = factOf(link);
    content.replaceChildren(
      ...["value", "definition", "period", "quotation", "document", "confidence"]
        .filter((part) => fact[part])
        .map((part) => element("p", `ka-card-${part}`, fact[part])),
    );
    follow.href = link.href;
    card.setAttribute("aria-label", fill(words.label, { text: link.textContent }));
    card.scrollTop = 0;
    link.after(card);
    card.showPopover();
    link.setAttribute("aria-describedby", content.id);
    opened = link;
    place();
  }

  for (const link of document.querySelectorAll("a.ka-citation")) {
    if (!factOf(link)) continue;
    link.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse" && !card.contains(document.activeElement)) later(() => show(link), 120);
    });
    link.addEventListener("pointerleave", leave);
    link.addEventListener("focus", () => {
      if (!quiet && link.matches(":focus-visible")) show(link);
    });
    link.addEventListener("pointerdown", (event) => {
      pressed = event.pointerType;
    });
    link.addEventListener("click", (event) => {
      const tapped = pressed === "touch" || pressed === "pen";
      pressed = "";
      if (!tapped || opened === link) return;
      event.preventDefault();
      show(link);
    });
  }
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", leave);
  const belongs = (target) => opened && (opened.contains(target) || card.contains(target));
  const dismiss = () => {
    const link = opened;
    const back = card.contains(document.activeElement);
    hide();
    quiet = true;
    if (back) link.focus();
    quiet = false;
  };
  close.addEventListener("click", dismiss);
  document.addEventListener("pointerdown", (event) => {
    if (opened && !belongs(event.target)) hide();
  });
  document.addEventListener("focusin", (event) => {
    if (opened && !belongs(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opened) dismiss();
  });
  addEventListener("pagehide", hide);
  addEventListener("resize", place);
  addEventListener("scrollend", place);
}

/* The filter: words without accents, points of thousands or small and capital letters; a document, topic and certainty; cited or not.
   What is chosen stands in the address of the page. */
function startFactsFilter(form) {
  const words = JSON.parse(form.querySelector("script").textContent);
  const [text, cited, ...choices] = ["text", "cited", "document", "topic", "confidence"].map((name) => form.querySelector(`#ka-filter-${name}`));
  const keys = ["document", "onderwerp", "zekerheid"]; /* of the choices, in the address */
  const status = form.querySelector("[role=status]");
  const plain = (value) =>
    value
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .replace(/[‘’]/g, "'")
      .replace(/(\d)\.(?=\d{3})/g, "$1")
      .replace(/\s+/g, " ")
      .trim()
      .toLowerCase();
  const groups = [...document.querySelectorAll(".ka-document")].map((section) => {
    const heading = section.querySelector("h3");
    const facts = [...section.querySelectorAll(".ka-fact")].map((item) => {
      const places = item.querySelector(".ka-places");
      const own = [...item.children].filter((part) => part !== places).map((part) => part.textContent);
      const { topic, confidence = "high" } = item.dataset;
      return { item, values: [heading.id, topic, confidence], cited: places !== null, text: plain([...own, heading.textContent].join(" ")) };
    });
    return { section, facts };
  });
  const all = groups.reduce((sum, group) => sum + group.facts.length, 0);
  let timer = 0;

  function apply() {
    const sought = plain(text.value).split(" ");
    let shown = 0;
    for (const group of groups) {
      const before = shown;
      for (const fact of group.facts) {
        const fits =
          choices.every(({ value }, index) => !value || value === fact.values[index]) &&
          (!cited.checked || fact.cited) &&
          sought.every((word) => fact.text.includes(word));
        fact.item.hidden = !fits;
        shown += fits;
      }
      group.section.hidden = shown === before;
    }
    for (const list of document.querySelectorAll(".ka-facts")) {
      list.closest("section").hidden = !list.querySelector(".ka-document:not([hidden])");
    }
    return shown;
  }

  const announce = (shown) => {
    status.textContent = shown ? fill(words.count, { shown: number.format(shown), all: number.format(all) }) : words.none;
  };

  function keep() {
    const state = new URLSearchParams(location.search);
    const chosen = choices.map(({ value }, index) => [keys[index], value]);
    for (const [name, value] of [["zoek", text.value.trim()], ["tekst", cited.checked ? "ja" : ""], ...chosen]) {
      if (value) state.set(name, value);
      else state.delete(name);
    }
    const query = state.size ? `?${state}` : "";
    history.replaceState(history.state, "", location.pathname + query + location.hash);
  }

  function update() {
    const shown = apply();
    clearTimeout(timer);
    timer = setTimeout(() => {
      announce(shown);
      keep();
    }, 400);
  }

  function showTarget() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.closest("[hidden]")) return;
    form.reset();
    update();
    target.scrollIntoView();
  }

  form.addEventListener("input", update);
  form.addEventListener("reset", () => setTimeout(update));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", showTarget);

  const asked = new URLSearchParams(location.search);
  text.value = asked.get("zoek") ?? "";
  cited.checked = asked.get("tekst") === "ja";
  const unknown = choices.filter((choice, index) => {
    const value = asked.get(keys[index]) ?? "";
    choice.value = [...choice.options].some((option) => option.value === value) ? value : "";
    return choice.value !== value;
  });
  if (text.value || cited.checked || choices.some(({ value }) => value)) announce(apply());
  if (unknown.length) status.textContent = `${words.unknown} ${status.textContent}`;
  showTarget();
}

for (const data of document.querySelectorAll("#ka-citations")) startCitations(JSON.parse(data.textContent));
for (const form of document.querySelectorAll(".ka-filter")) startFactsFilter(form);
