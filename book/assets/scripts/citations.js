/* Citations: a card with the source of a figure in the text. */
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

for (const data of document.querySelectorAll("#ka-citations")) startCitations(JSON.parse(data.textContent));
