// The search over everything: what /-/search answers. Its SQL comes with the page, in /-/search/queries.json.
import { objectsOf } from "../ask/values.js";
import { clean, expressions } from "./expressions.js";
import { suggest } from "./spelling.js";

/**
 * What /-/search/queries.json says.
 *
 * @typedef {{ kind: string, one: string, many: string, sql: string }} Kind
 * @typedef {object} Queries
 * @property {Kind[]} kinds
 * @property {string | null} near_words
 * @property {number} shown results of each kind among others
 * @property {number} page results of one kind by itself
 * @property {number} counted
 * @property {number} pages
 * @property {number} terms
 * @property {number} corrected
 *
 * @typedef {ReturnType<typeof read>} Asked
 * @typedef {import("../engine/site.js").Asking} Asking
 */

/**
 * @param {string} search
 * @param {Queries} queries
 */
const read = (search, { kinds, pages }) => {
  const args = new URLSearchParams(search);
  const [kind, source, person] = ["kind", "source", "person"].map((name) => args.get(name) || null);
  const page = args.get("page") || "1";
  const names = kinds.map(({ kind }) => kind);
  if (kind && !names.includes(kind)) throw new Error(`kind must be one of ${names.join(", ")}`);
  if (!/^[1-9][0-9]{0,3}$/.test(page) || Number(page) > pages)
    throw new Error(`page must be a number from 1 to ${pages}`);
  return { kind, source, person, q: args.get("q") ?? "", page: Number(page) };
};

/**
 * @param {Kind[]} kinds
 * @param {string} expression
 * @param {Asked} asked
 * @param {Queries} queries
 * @param {Pick<Asking, "engine">} site
 */
const findAll = async (kinds, expression, asked, { page, shown }, { engine }) => {
  const limit = asked.kind ? page : shown;
  const offset = asked.kind ? (asked.page - 1) * limit : 0;
  const parameters = { expression, source: asked.source, person: asked.person, limit, offset };
  const found = [];
  for (const { kind, one, many, sql } of kinds) {
    const rows = objectsOf(await engine.query(sql, parameters, limit));
    if (rows.length) found.push({ kind, one, many, rows, total: rows[0].total, end: offset + rows.length });
  }
  return found;
};

/**
 * Whether something is found, only not as far back as this page.
 * @param {Kind[]} kinds
 * @param {string} expression
 * @param {Asked} asked
 * @param {Queries} queries
 * @param {Pick<Asking, "engine">} site
 */
const hasEarlier = async (kinds, expression, asked, queries, site) =>
  asked.page > 1 && (await findAll(kinds, expression, { ...asked, page: 1 }, queries, site)).length > 0;

/**
 * What is asked and what is found; where nothing has all of the words, what has any of them.
 * @param {string} search
 * @param {Queries} queries
 * @param {Pick<Asking, "engine" | "schema">} site
 */
export const searchEverything = async (search, queries, site) => {
  const asked = read(search, queries);
  const has = (/** @type {Kind} */ { kind }) => site.schema.tables[`${kind}_fts`] && [kind, null].includes(asked.kind);
  const kinds = queries.kinds.filter(has);
  const q = clean(asked.q);
  const wanted = expressions(q, queries.terms);
  /** @type {Awaited<ReturnType<typeof findAll>>} */
  let found = [];
  let loose = false;
  for (const [index, expression] of (wanted ?? []).entries()) {
    found = await findAll(kinds, expression, asked, queries, site);
    loose = index > 0 && found.length > 0;
    if (found.length || (await hasEarlier(kinds, expression, asked, queries, site))) break;
  }
  const suggestion = wanted && (loose || !found.length) ? await suggest(q, queries, site) : undefined;
  return { asked, found, loose, suggestion, nothing: !wanted };
};
