/* What Sphinx's searchtools.js needs of its other scripts, of which one needs `eval`; and the number found is said aloud. */
const SPHINX_HIGHLIGHT_ENABLED = false;
const searchResults = document.getElementById("search-results");
const Documentation = {
  messages: {},
  addTranslations: (catalogue) => Object.assign(Documentation.messages, catalogue.messages),
  gettext: (text) => {
    if (text.startsWith("Search finished")) return searchResults.dataset.found;
    if (text.startsWith("Your search did not match")) return searchResults.dataset.nothing;
    return Documentation.messages[text] || text;
  },
};
const _ = Documentation.gettext;
const _ready = (start) => document.addEventListener("DOMContentLoaded", start);

new MutationObserver(() => {
  searchResults.querySelector(".search-summary")?.setAttribute("role", "status");
}).observe(searchResults, { childList: true });
