// Which values of an answer name a row, as plugins/news_site/sql/row_links.py finds them.
import { tildeEncode } from "../queries/ask/addresses.js";
import { textOf } from "../queries/ask/values.js";
import { placeOf } from "../queries/show/places.js";

const NOT_NAMES = /'(?:[^']|'')*'|--[^\n]*|\/\*[^]*?\*\//g;
const ASKED = /\b(?:from|join)\s+["[`]?(\w+)/gi;

/**
 * @typedef {import("../queries/engine/schema.js").Table} Table
 * @typedef {import("../queries/engine/site.js").Asking} Asking
 */

const keyOf = (/** @type {Table} */ table) => (table.primary_keys.length === 1 ? table.primary_keys[0] : undefined);

/**
 * The one table that all foreign keys of each name point to.
 * @param {Record<string, Table>} tables
 * @returns {Record<string, string>}
 */
const pointedTo = (tables) => {
  /** @type {Record<string, Set<string>>} */
  const pointed = {};
  for (const { foreign_keys } of Object.values(tables)) {
    for (const { column, other_table } of foreign_keys) (pointed[column] ??= new Set()).add(other_table);
  }
  const single = Object.entries(pointed).filter(([, others]) => others.size === 1);
  return Object.fromEntries(single.map(([column, [other]]) => [column, other]));
};

/**
 * The table that each column of an answer leads to; the key of a table that alone is asked leads to this table.
 * @param {string} sql
 * @param {{ tables: Record<string, Table> }} schema
 */
export const targetsOf = (sql, { tables }) => {
  const targets = pointedTo(tables);
  const asked = new Set(Array.from(sql.replace(NOT_NAMES, " ").matchAll(ASKED), ([, name]) => name.toLowerCase()));
  const [alone] = asked;
  const table = asked.size === 1 && Object.hasOwn(tables, alone) ? tables[alone] : undefined;
  const key = table && !table.view ? keyOf(table) : undefined;
  if (key) targets[key] = alone;
  return targets;
};

/**
 * The addresses of those rows of a table that there are, by their ids; `root` leads to the database's pages.
 * @param {any[]} values
 * @param {string | undefined} name
 * @param {Asking} site
 * @param {string} root
 * @returns {Promise<Map<any, string>>}
 */
const findExisting = async (values, name, { schema, engine }, root) => {
  const id = name === undefined ? undefined : keyOf(schema.tables[name]);
  if (name === undefined || id === undefined) return new Map();
  const listed = JSON.stringify([...new Set(values.filter((value) => typeof value === "string"))]);
  const [key, table] = [id, name].map(schema.escape);
  const sql = `select ${key}, * from ${table} where ${key} in (select value from json_each(:listed))`;
  const { columns, rows } = await engine.query(sql, { listed }, values.length);
  const { place } = schema.tables[name];
  const own = (/** @type {any} */ value) => `${root}${tildeEncode(name)}/${tildeEncode(textOf(value))}/`;
  const addressOf = (/** @type {any[]} */ row) =>
    (place && placeOf(place, (column) => row[columns.indexOf(column, 1)], root)) ?? own(row[0]);
  return new Map(rows.map((row) => [row[0], addressOf(row)]));
};

/**
 * What gives the address of a value in a column, or undefined; `root` leads to the database's pages.
 * @param {{ columns: string[], rows: any[][], sql: string }} answer
 * @param {Asking} site
 * @param {string} root
 * @returns {Promise<(value: any, place: number) => string | undefined>}
 */
export const rowLinks = async ({ columns, rows, sql }, site, root) => {
  const targets = new Map(Object.entries(targetsOf(sql, site.schema)));
  const valuesOf = (/** @type {number} */ place) => rows.map((row) => row[place]);
  const existing = await Promise.all(
    columns.map((column, place) => findExisting(valuesOf(place), targets.get(column), site, root)),
  );
  return (value, place) => existing[place].get(value);
};
