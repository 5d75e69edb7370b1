// What Datasette answers at an address of the database, as values: the page shows them, the tests compare them.
import { tildeDecode } from "../ask/addresses.js";
import { redirectOf } from "../ask/forms.js";
import { checkQuery, withoutTrackers } from "../ask/refusals.js";
import { answerSql } from "../ask/sql.js";
import { describe } from "../engine/schema.js";
import { searchEverything } from "../search/everything.js";
import { answerTable } from "./table.js";

/**
 * @param {string} search
 * @param {import("../engine/site.js").Site} site
 */
const answerSearch = async (search, { engine, described, linked }) => {
  const response = await fetch(linked("search-queries"));
  /** @type {import("../search/everything.js").Queries} */
  const queries = await response.json();
  const isSearched = (/** @type {string} */ database) =>
    queries.kinds.some(({ kind }) => described.databases[database].tables[`${kind}_fts`]);
  const database = Object.keys(described.databases).find(isSearched);
  if (database === undefined) throw new Error("There is nothing here that can be searched.");
  const schema = describe(described, database);
  return {
    kind: /** @type {const} */ ("search"),
    queries,
    schema,
    ...(await searchEverything(search, queries, { engine, schema })),
  };
};

/**
 * @param {string} path
 * @param {import("../engine/site.js").Site} site
 */
const isSearch = (path, { root, linked }) => `${root}${path}`.replace(/\/?$/, "/") === linked("search");

/**
 * `path` is the page's, from the site's `root`: news/claims. Undefined where a query string means nothing.
 * @param {string} path
 * @param {string} search
 * @param {import("../engine/site.js").Site} site
 */
export const answer = async (path, search, site) => {
  if (isSearch(path, site)) return answerSearch(search, site);
  checkQuery(search);
  const { described } = site;
  const [database, name, ...more] = path.split("/").filter(Boolean).map(tildeDecode);
  if (!Object.hasOwn(described.databases, database ?? "") || more.length) return undefined;
  const schema = describe(described, database);
  const asking = { ...site, schema };
  if (name === undefined) {
    const asked = new URLSearchParams(search).has("sql");
    return asked ? { kind: /** @type {const} */ ("sql"), schema, ...(await answerSql(search, asking)) } : undefined;
  }
  if (Object.hasOwn(schema.queries, name)) {
    const canned = schema.queries[name];
    return { kind: /** @type {const} */ ("sql"), schema, canned, ...(await answerSql(search, asking, canned)) };
  }
  if (!Object.hasOwn(schema.tables, name)) return undefined;
  const asked = withoutTrackers(search, schema.tables[name], described.trackers);
  const target = redirectOf(asked);
  if (target !== undefined) return { kind: /** @type {const} */ ("redirect"), target };
  return { kind: /** @type {const} */ ("table"), schema, ...(await answerTable(name, asked, asking)) };
};
