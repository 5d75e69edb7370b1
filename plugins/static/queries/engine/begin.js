// Runs before the page is parsed: SQLite, most of what a query string needs, is on its way while the rows are laid out
// that the answer replaces. The rest is asked for as it is needed, and the database last: SQLite starts meanwhile.
const { currentScript } = /** @type {{ currentScript: HTMLScriptElement }} */ (document);
const { answers } = currentScript.dataset;
const isAsked = answers === "sql" ? new URLSearchParams(location.search).has("sql") : location.search;

if (isAsked && globalThis.WebAssembly) {
  const href = new URL("../../vendor/queries/engine/sqlite3.wasm", currentScript.src);
  const early = { rel: "preload", as: "fetch", crossOrigin: "anonymous", href };
  document.head.append(Object.assign(document.createElement("link"), early));
}
