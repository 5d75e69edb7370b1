// From a query string to the SQL of a table's or view's page: columns, conditions, order, size.
import { conditions, selections } from "./filters.js";
import { rowsAfter } from "./next.js";
import { searchTable } from "./table_search.js";
import { through, wheres } from "./through.js";

/**
 * @typedef {import("./addresses.js").Arguments} Arguments
 * @typedef {import("../engine/schema.js").Table} Table
 * @typedef {import("../engine/schema.js").Schema} Schema
 * @typedef {import("./next.js").Order} Order
 * @typedef {ReturnType<typeof plan>} Plan
 */

/**
 * @param {Arguments} args
 * @param {Table} table
 */
const columnsAsked = (args, table) => {
  const all = table.columns.map(({ name }) => name);
  const [shown, hidden] = [args.list("_col"), args.list("_nocol")];
  const refuse = (/** @type {string} */ name, /** @type {string[]} */ bad) => {
    if (bad.length) throw new Error(`${name}=${bad.join(", ")} - invalid columns`);
  };
  refuse(
    "_col",
    shown.filter((name) => !all.includes(name)),
  );
  refuse(
    "_nocol",
    hidden.filter((name) => !all.includes(name) || table.primary_keys.includes(name)),
  );
  const listed = shown.length ? [...table.primary_keys, ...new Set(shown)] : all;
  return listed.filter((name) => !hidden.includes(name));
};

/**
 * @param {Arguments} args
 * @param {Table} table
 * @param {string[]} columns
 * @returns {Order}
 */
const orderAsked = (args, table, columns) => {
  let [sort, sortDesc] = [args.get("_sort"), args.get("_sort_desc")];
  if (!sort && !sortDesc) [sort, sortDesc] = [table.sort, table.sort_desc];
  if (sort && sortDesc) throw new Error("Cannot use _sort and _sort_desc at the same time");
  const column = sort || sortDesc;
  if (column && !columns.includes(column)) throw new Error(`Cannot sort table by ${column}`);
  return { sort: column, descending: Boolean(sortDesc) };
};

/**
 * @param {Arguments} args
 * @param {Table} table
 * @param {import("../engine/schema.js").Settings} settings
 */
const sizeAsked = (args, table, { default_page_size, max_returned_rows }) => {
  const asked = args.get("_size") || table.size;
  if (!asked) return default_page_size;
  const size = asked === "max" ? max_returned_rows : Number(asked);
  if (size > max_returned_rows) throw new Error(`_size must be <= ${max_returned_rows}`);
  return size;
};

const sentence = (/** @type {string[]} */ words) => {
  const [first, last] = [words.slice(0, -1).join(", "), words.slice(-1)];
  return words.length ? `where ${[...(first ? [first] : []), ...last].join(" and ")}` : "";
};

const sortWords = (/** @type {Order} */ { sort, descending }) =>
  sort ? `sorted by ${sort}${descending ? " descending" : ""}` : "";

/**
 * @param {Order} order
 * @param {Table} table
 * @param {string[]} keys
 * @param {boolean} paged
 * @param {Schema["escape"]} escape
 */
const orderBy = (order, table, keys, paged, escape) => {
  const tied = keys.map(escape).join(", ");
  if (!order.sort) return table.view ? "" : `order by ${tied}`;
  const sorted = `order by ${escape(order.sort)}${order.descending ? " desc" : ""}`;
  return paged && !table.view ? `${sorted}, ${tied}` : sorted;
};

/**
 * The SQL of a page of rows, with `all` columns, on `everyPage` too, of the `complete` answer, of its number; and more.
 * @param {Arguments} args
 * @param {string} name
 * @param {Schema} schema
 */
export const plan = (args, name, schema) => {
  const table = schema.tables[name];
  const { escape } = schema;
  const rowid = !table.primary_keys.length && !table.view;
  const keys = rowid ? ["rowid"] : table.primary_keys;
  const names = table.columns.map((column) => column.name);
  const listed = (/** @type {string[]} */ columns) => [...(rowid ? keys : []), ...columns.map(escape)].join(", ");
  const order = orderAsked(args, table, [...(table.sortable_columns ?? names), ...(rowid ? keys : [])]);
  const size = sizeAsked(args, table, schema.settings);

  const chosen = selections(args);
  const searched = searchTable(args, table, schema);
  const filters = conditions(chosen, name, schema);
  /** @type {(import("./filters.js").Conditions & { text?: string })[]} */
  const limits = [filters, wheres(args), through(args, name, schema), searched];
  const where = limits.flatMap((limit) => limit.where);
  const parameters = Object.assign({}, ...limits.map((limit) => limit.parameters));
  const words = [...limits.slice(1), filters].flatMap((limit) => limit.words);

  const next = args.get("_next");
  /** @type {Partial<ReturnType<typeof rowsAfter>>} */
  const rest = next && !table.view ? rowsAfter(next, order, keys, Object.keys(parameters).length, escape) : {};
  const offset = next && table.view ? ` offset ${Number(next)}` : "";
  const from = (/** @type {string[]} */ all) =>
    `from ${escape(name)} ${all.length ? `where ${all.join(" and ")} ` : ""}`;
  const page = from([...where, ...(rest.where ?? [])]);
  const by = (/** @type {boolean} */ paged) => orderBy(order, table, keys, paged, escape);
  const columns = listed(columnsAsked(args, table));
  return {
    table,
    keys,
    order,
    size,
    chosen,
    search: searched.text ?? "",
    words: [sentence(words), sortWords(order)].filter(Boolean).join(" "),
    sql: `select ${columns} ${page}${by(Boolean(next))} limit ${size + 1}${offset}`,
    parameters: { ...parameters, ...rest.parameters },
    all: `select ${listed(names)} ${page}`,
    complete: { sql: `select ${columns} ${from(where)}${by(false)}`, parameters },
    everyPage: { sql: `select ${listed(names)} ${from(where)}`, parameters },
    counted: { sql: `select count(*) ${from(where)}`, parameters },
  };
};
