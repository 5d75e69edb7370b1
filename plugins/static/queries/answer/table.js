// The answer to a table's or view's query string, as Datasette's table page has it.
import { Arguments } from "../ask/addresses.js";
import { labelsOf } from "../ask/labels.js";
import { tokenOf } from "../ask/next.js";
import { plan } from "../ask/plan.js";
import { checkFilters } from "../ask/refusals.js";
import { textOf } from "../ask/values.js";
import { facetsOf, prepareFacets } from "../facets/facets.js";
import { suggestionsOf } from "../facets/suggestions.js";

/**
 * @typedef {import("../ask/plan.js").Plan} Plan
 * @typedef {import("../engine/engine.js").Found} Found
 * @typedef {import("../engine/site.js").Asking} Asking
 * @typedef {Awaited<ReturnType<typeof answerTable>> & { schema: import("../engine/schema.js").Schema }} TableAnswer
 */

/**
 * The value of the last row in the column that the rows are sorted by, shown or not.
 * @param {Found} found
 * @param {any[]} row
 * @param {string} sort
 * @param {string[]} keys
 * @param {string} name
 * @param {Asking} site
 */
const sortedValue = async ({ columns }, row, sort, keys, name, { schema, engine }) => {
  const { escape } = schema;
  if (columns.includes(sort)) return row[columns.indexOf(sort)];
  const where = keys.map((key, index) => `${escape(key)} = :pk${index}`).join(" and ");
  const parameters = Object.fromEntries(keys.map((key, index) => [`pk${index}`, row[columns.indexOf(key)]]));
  const sql = `select ${escape(sort)} from ${escape(name)} where ${where}`;
  return (await engine.query(sql, parameters)).rows[0][0];
};

/**
 * @param {Arguments} args
 * @param {Found} found
 * @param {Plan} planned
 * @param {string} name
 * @param {Asking} site
 */
const nextToken = async (args, found, planned, name, site) => {
  const { size, table, keys, order } = planned;
  if (!(size > 0 && found.rows.length > size)) return undefined;
  if (table.view) return textOf(Number(args.get("_next") || 0) + size);
  const last = found.rows[size - 1];
  const ids = keys.map((key) => last[found.columns.indexOf(key)]);
  return tokenOf(ids, order, order.sort && (await sortedValue(found, last, order.sort, keys, name, site)));
};

/**
 * @param {Arguments} args
 * @param {string} token
 * @param {Plan} planned
 */
const nextLink = (args, token, { order, table }) => {
  /** @type {import("../ask/addresses.js").Pair[]} */
  const sorted = order.sort && !table.view ? [[order.descending ? "_sort_desc" : "_sort", order.sort]] : [];
  return args.replacing([["_next", token], ...sorted]);
};

/**
 * Whether a reader wants names beside the ids of a column.
 * @param {Arguments} args
 * @param {string} column
 */
const wantsLabels = (args, column) => {
  if (args.has("_label")) return args.list("_label").includes(column);
  return !["off", "false", "0"].includes((args.get("_labels") ?? "").toLowerCase());
};

/**
 * @param {string[]} columns
 * @param {any[][]} rows
 * @param {import("../engine/schema.js").Table} table
 * @param {Arguments} args
 * @param {Asking} site
 */
const labelsByColumn = async (columns, rows, table, args, { schema, engine }) => {
  const labels = async (/** @type {string} */ column, /** @type {number} */ index) => {
    if (!wantsLabels(args, column)) return /** @type {const} */ ([column, new Map()]);
    const values = rows.map((row) => row[index]);
    return /** @type {const} */ ([column, await labelsOf(values, column, table, schema, engine)]);
  };
  return Object.fromEntries(await Promise.all(columns.map(labels)));
};

/**
 * @param {Plan} planned
 * @param {Arguments} args
 * @param {string} name
 * @param {Asking} site
 */
const pageOf = async (planned, args, name, site) => {
  const { table, size, sql, parameters } = planned;
  const found = await site.engine.query(sql, parameters, size + 1);
  const rows = found.rows.slice(0, size);
  const [labels, next] = await Promise.all([
    labelsByColumn(found.columns, rows, table, args, site),
    nextToken(args, found, planned, name, site),
  ]);
  return { columns: found.columns, rows, labels, next, nextUrl: next && nextLink(args, next, planned) };
};

/**
 * @param {import("../engine/schema.js").Table} table
 * @param {string[]} keys
 */
const allColumns = ({ columns }, keys) => {
  const names = columns.map(({ name }) => name);
  return [...keys.filter((key) => !names.includes(key)), ...names]; // rowid
};

/**
 * Rows as arrays, their labels by column, the count of all rows, the facets and the way to the next page.
 * `suggest` looks for facets to suggest: that takes long beside the rest.
 * @param {string} name
 * @param {string} search
 * @param {Asking} site
 */
export const answerTable = async (name, search, site) => {
  const args = new Arguments(search);
  checkFilters(args, site.schema.tables[name]);
  const planned = plan(args, name, site.schema);
  const { table, keys, counted, all, everyPage, parameters } = planned;
  if (!args.get("_nofacet")) prepareFacets(args, table, site);
  const [page, total, facets] = await Promise.all([
    pageOf(planned, args, name, site),
    args.get("_nocount") ? null : site.engine.query(counted.sql, counted.parameters),
    args.get("_nofacet") ? [] : facetsOf({ sql: all, parameters }, everyPage, args, search, name, site),
  ]);
  const count = total && total.rows[0][0];
  const suggest = () => suggestionsOf({ rows: all, parameters, columns: allColumns(table, keys) }, args, name, site);
  return { ...planned, ...page, name, args, count, facets, suggest };
};
