/* Links with a card: the source of a figure in the text, the meaning of a term. */
/* One card serves all these links of the page. It stands right after its link, so that Tab leads into it, and in the
   top layer, so that nothing cuts it off. A browser without popovers keeps the plain links.
   `cards` holds for each link what its card says (`parts`) and the words of its kind (`words`). */
function startCards(cards) {
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
  const follow = element("a", "ka-card-follow");
  const close = element("button", "ka-card-close");
  const actions = element("p", "ka-card-actions");
  content.id = "ka-card-content";
  card.popover = "manual";
  card.setAttribute("role", "group");
  card.tabIndex = -1;
  close.type = "button";
  actions.append(follow, close);
  card.append(content, actions);
  let opened = null;
  let pressed = "";
  let quiet = false;
  let timer = 0;

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
    const { parts, words } = cards.get(link);
    content.replaceChildren(...Object.entries(parts).map(([part, text]) => element("p", `ka-card-${part}`, text)));
    follow.textContent = words.follow;
    follow.href = link.href;
    close.textContent = words.close;
    card.setAttribute("aria-label", fill(words.label, { text: link.textContent }));
    card.setAttribute("aria-describedby", content.id);
    card.scrollTop = 0;
    link.after(card);
    card.showPopover();
    link.setAttribute("aria-describedby", content.id);
    opened = link;
    place();
  }

  for (const link of cards.keys()) {
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
      card.focus({ preventScroll: true }); /* nothing else tells a screen reader on a phone that the card opened */
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

const linkCards = new Map();
for (const data of document.querySelectorAll("script[data-links]")) {
  const { words, cards } = JSON.parse(data.textContent);
  for (const link of document.querySelectorAll(data.dataset.links)) {
    const parts = cards[decodeURIComponent(link.hash.slice(1))];
    if (parts) linkCards.set(link, { parts, words });
  }
}
if (linkCards.size) startCards(linkCards);
