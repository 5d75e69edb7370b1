// The static site's database and what is known of it, to be opened when the first query needs them.
const root = new URL("../../../", import.meta.url);

/**
 * @typedef {import("./schema.js").Schema} Schema
 * @typedef {Awaited<ReturnType<typeof openSite>>} Site
 * @typedef {Site & { schema: Schema }} Asking of which database something is asked
 */

/** @returns {string} */
const addressIn = (/** @type {string} */ link) => /** @type {HTMLLinkElement} */ (document.querySelector(link)).href;

/** The address that the page hands over under a name: scripts know none of the site's, and the bake checks those of pages. */
const linked = (/** @type {string} */ name) => addressIn(`link[data-name="${name}"]`);

/** The page's path, counted from the site's root; index.html is what a host answers a folder with. */
export const here = () =>
  decodeURI(location.pathname)
    .slice(decodeURI(root.pathname).length)
    .replace(/(^|\/)index\.html$/, "$1");

/** @param {import("./engine.js").Counted} progress */
export const openSite = async (progress) => {
  if (!globalThis.WebAssembly) throw new Error("This browser has no WebAssembly, which queries need here.");
  /** @type {Promise<import("./schema.js").Described>} */
  const described = fetch(addressIn('link[type="application/json"]')).then((response) => response.json());
  const { open } = await import("./engine.js");
  const engine = open(addressIn('link[type="application/vnd.sqlite3"]'), { progress });
  return { root, linked, engine, described: await described };
};
