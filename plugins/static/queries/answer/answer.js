// What Datasette answers at an address of the database, as values: the page shows them, the tests compare them.
import { tildeDecode } from "../ask/addresses.js";
import { find } from "../search/everything.js";
import { redirectOf } from "../ask/forms.js";
import { describe } from "../engine/schema.js";
import { answerSql } from "../ask/sql.js";
import { answerTable } from "./table.js";

const answerSearch = async (search, { engine, described, root }) => {
  const response = await fetch(new URL("-/search/queries.json", root));
  const queries = await response.json();
  const isSearched = ([, { tables }]) => queries.kinds.some(({ kind }) => tables[`${kind}_fts`]);
  const [database] = Object.entries(described.databases).find(isSearched);
  const schema = describe(described, database);
  return { kind: "search", queries, schema, ...(await find(search, queries, { engine, schema })) };
};

/**
 * `path` is the page's, from the site's `root`: news/claims. `described` is what /-/schema.json says.
 * The answer's `kind` is redirect, table, sql or search; undefined where a query string means nothing.
 */
export const answer = async (path, search, { engine, described, root }) => {
  if (/^-\/search\/?$/.test(path)) return answerSearch(search, { engine, described, root });
  const [database, name, ...more] = path.split("/").filter(Boolean).map(tildeDecode);
  if (!Object.hasOwn(described.databases, database ?? "") || more.length) return undefined;
  const schema = describe(described, database);
  const site = { engine, schema, root };
  if (name === undefined) {
    const asked = new URLSearchParams(search).has("sql");
    return asked ? { kind: "sql", schema, ...(await answerSql(search, site)) } : undefined;
  }
  if (Object.hasOwn(schema.queries, name)) {
    const canned = schema.queries[name];
    return { kind: "sql", schema, canned, ...(await answerSql(search, site, canned)) };
  }
  if (!Object.hasOwn(schema.tables, name)) return undefined;
  const target = redirectOf(search);
  if (target !== undefined) return { kind: "redirect", target };
  return { kind: "table", schema, ...(await answerTable(name, search, site)) };
};
