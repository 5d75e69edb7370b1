// Runs before the page is parsed: what a query string needs is on its way while the rows are laid out that it replaces.
const { answers } = document.currentScript.dataset;
const isAsked = answers === "sql" ? new URLSearchParams(location.search).has("sql") : location.search;

if (isAsked && globalThis.WebAssembly) {
  const sqlite = new URL("../vendor/queries/sqlite3.wasm", document.currentScript.src);
  const database = document.querySelector('link[type="application/vnd.sqlite3"]').href;
  for (const href of [sqlite, database]) {
    const early = { rel: "preload", as: "fetch", crossOrigin: "anonymous", href };
    document.head.append(Object.assign(document.createElement("link"), early));
  }
}
