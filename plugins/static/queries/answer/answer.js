// What Datasette answers at an address of the database, as values: the page shows them, the tests compare them.
import { tildeDecode } from "../ask/addresses.js";
import { redirectOf } from "../ask/forms.js";
import { answerSql } from "../ask/sql.js";
import { describe } from "../engine/schema.js";
import { searchEverything } from "../search/everything.js";
import { answerTable } from "./table.js";

const answerSearch = async (search, { engine, described, linked }) => {
  const response = await fetch(linked("search-queries"));
  const queries = await response.json();
  const isSearched = ([, { tables }]) => queries.kinds.some(({ kind }) => tables[`${kind}_fts`]);
  const [database] = Object.entries(described.databases).find(isSearched);
  const schema = describe(described, database);
  return { kind: "search", queries, schema, ...(await searchEverything(search, queries, { engine, schema })) };
};

const isSearch = (path, { root, linked }) => `${root}${path}`.replace(/\/?$/, "/") === linked("search");

/**
 * `path` is the page's, from the site's `root`: news/claims. `described` is what /-/schema.json says, `linked`
 * gives the addresses that the page hands over.
 * The answer's `kind` is redirect, table, sql or search; undefined where a query string means nothing.
 */
export const answer = async (path, search, site) => {
  if (isSearch(path, site)) return answerSearch(search, site);
  const { described } = site;
  const [database, name, ...more] = path.split("/").filter(Boolean).map(tildeDecode);
  if (!Object.hasOwn(described.databases, database ?? "") || more.length) return undefined;
  const schema = describe(described, database);
  const asking = { ...site, schema };
  if (name === undefined) {
    const asked = new URLSearchParams(search).has("sql");
    return asked ? { kind: "sql", schema, ...(await answerSql(search, asking)) } : undefined;
  }
  if (Object.hasOwn(schema.queries, name)) {
    const canned = schema.queries[name];
    return { kind: "sql", schema, canned, ...(await answerSql(search, asking, canned)) };
  }
  if (!Object.hasOwn(schema.tables, name)) return undefined;
  const target = redirectOf(search);
  if (target !== undefined) return { kind: "redirect", target };
  return { kind: "table", schema, ...(await answerTable(name, search, asking)) };
};
