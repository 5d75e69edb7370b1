// Names for ids: what the rows are called that a column points to.
import { textOf } from "./values.js";

/**
 * @typedef {import("../engine/schema.js").Schema} Schema
 * @typedef {import("../engine/engine.js").Engine} Engine
 *
 * @param {any[]} values
 * @param {import("../engine/schema.js").ForeignKey} key
 * @param {string} label
 * @param {Schema} schema
 * @param {Engine} engine
 */
const lookUp = async (values, key, label, { escape }, engine) => {
  const distinct = [...new Set(values)];
  const places = distinct.map((_, index) => `:v${index}`);
  const sql =
    `select ${escape(key.other_column)}, ${escape(label)} from ${escape(key.other_table)} ` +
    `where ${escape(key.other_column)} in (${places.join(", ")})`;
  const parameters = Object.fromEntries(distinct.map((value, index) => [`v${index}`, value]));
  const { rows } = await engine.query(sql, parameters, distinct.length);
  return new Map(rows.map(([id, name]) => [id, name]));
};

/**
 * The labels of a column's values by value; none where the column is no foreign key.
 * @param {any[]} values
 * @param {string} column
 * @param {import("../engine/schema.js").Table} table
 * @param {Schema} schema
 * @param {Engine} engine
 * @returns {Promise<Map<any, any>>}
 */
export const labelsOf = async (values, column, table, schema, engine) => {
  const key = table.foreign_keys.find((other) => other.column === column);
  if (!key) return new Map();
  const label = schema.tables[key.other_table]?.label_column;
  if (!label) return new Map(values.map((value) => [value, textOf(value)]));
  return lookUp(values, key, label, schema, engine);
};
