// On 404.html, which a host shows for any address that has no file: leads on from the address of a row that is read on
// another page, and shows in the browser what only a live site has a file for.
import { queryOf, tildeDecode, tildeEncode } from "../queries/ask/addresses.js";
import { describe } from "../queries/engine/schema.js";
import { here, openSite } from "../queries/engine/site.js";
import { placeOf } from "../queries/show/places.js";

const SUFFIX = /\.(json|csv)$/;

/** @typedef {import("../queries/engine/site.js").Asking} Asking */

/**
 * The rows of a table, or those with an id, on the page that answers SQL, where they can be had as CSV and JSON.
 * @param {string} sql
 * @param {Record<string, any>} parameters
 * @param {Asking} site
 */
const answered = (sql, parameters, { root, schema }) =>
  `${root}${tildeEncode(schema.name)}/?${queryOf([["sql", sql], ...Object.entries(parameters)])}`;

/**
 * Where a row is now whose id was given up.
 * @param {string} table
 * @param {string} id
 * @param {string} suffix
 * @param {Asking} site
 */
const redirected = async (table, id, suffix, { root, schema, engine }) => {
  if (!schema.tables.redirects) return undefined;
  const sql = "select new_id from redirects where table_name = :table and id = :id";
  const [moved] = (await engine.query(sql, { table, id })).rows;
  const end = suffix || "/";
  return moved && `${root}${[schema.name, table, moved[0]].map(tildeEncode).join("/")}${end}`;
};

/**
 * @param {string} table
 * @param {string} id
 * @param {string} suffix
 * @param {Asking} site
 */
const addressOfRow = async (table, id, suffix, site) => {
  const { schema, engine, root } = site;
  const { primary_keys, place } = schema.tables[table];
  if (primary_keys.length !== 1) return undefined;
  const sql = `select * from ${schema.escape(table)} where ${schema.escape(primary_keys[0])} = :id`;
  const { columns, rows } = await engine.query(sql, { id }, 1);
  if (!rows.length) return redirected(table, id, suffix, site);
  const valueOf = (/** @type {string} */ column) => rows[0][columns.indexOf(column)];
  const page = place && !suffix && placeOf(place, valueOf, `${root}${tildeEncode(schema.name)}/`);
  return page || answered(sql, { id }, site);
};

/**
 * What the page's path stands for: news/mentions/<id>, news/mentions/<id>.json or news/claims_fts.
 * @param {string[]} names
 * @param {string} suffix
 */
const lookUp = async ([database, table, id], suffix) => {
  const site = await openSite(() => {});
  const schema = describe(site.described, database);
  if (!Object.hasOwn(schema.tables, table)) return undefined;
  const asking = { ...site, schema };
  if (id !== undefined) return addressOfRow(table, id, suffix, asking);
  return answered(`select * from ${schema.escape(table)}`, {}, asking);
};

const status = /** @type {HTMLElement} */ (document.querySelector("[data-when='looking']"));
const [last = "", ...before] = here().split("/").filter(Boolean).reverse();
const suffix = SUFFIX.exec(last)?.[0] ?? "";
const names = [...before.reverse(), last.slice(0, last.length - suffix.length)].map(tildeDecode);
const isThere = Array.from(document.querySelectorAll('link[type="application/vnd.sqlite3"]')).some(
  (link) => link.getAttribute("title") === names[0],
);
if (isThere && [2, 3].includes(names.length)) {
  status.hidden = false;
  const address = await lookUp(names, suffix).catch(() => undefined);
  if (address) location.replace(address);
  else status.hidden = true;
}
