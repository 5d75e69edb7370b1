// ?_where= and ?_through=: conditions in the reader's own SQL, and rows that rows of other tables point to.
import { parseJson, textOf } from "./values.js";

const UNCLEAR = '_through takes JSON such as {"table": "name", "column": "name", "value": "of a row"}';

/**
 * @typedef {import("./addresses.js").Arguments} Arguments
 * @typedef {import("../engine/schema.js").Schema} Schema
 * @typedef {import("./filters.js").Conditions} Conditions
 */

/**
 * @param {Arguments} args
 * @returns {Conditions}
 */
export const wheres = (args) => ({ where: args.list("_where"), parameters: {}, words: [] });

const parse = (/** @type {string} */ text) => {
  try {
    return parseJson(text) ?? {};
  } catch {
    return {};
  }
};

const isPlain = (/** @type {any} */ value) =>
  value === null || !["undefined", "object"].includes(typeof value?.valueOf());

/**
 * plugins/news_site/facets/filtered.py gives these parameters names of their own, lest they replace those of filters.
 * @param {string} text
 * @param {string} name
 * @param {Schema} schema
 * @param {number} place
 */
const rowsThrough = (text, name, { escape, tables }, place) => {
  const { table, column, value } = parse(text);
  if (typeof table !== "string" || typeof column !== "string" || !isPlain(value)) throw new Error(UNCLEAR);
  const key = tables[table]?.foreign_keys.find((other) => other.other_table === name);
  if (!key) throw new Error("Invalid _through - could not find corresponding foreign key");
  const parameter = `hook1_p${place}`;
  return {
    where:
      `${escape(key.other_column)} in (select ${escape(key.column)} from ${escape(table)} ` +
      `where ${escape(column)} = :${parameter})`,
    parameter: [parameter, value],
    words: `${table}.${column} = "${textOf(value)}"`,
  };
};

/**
 * Rows that rows of another table point to.
 * @param {Arguments} args
 * @param {string} name
 * @param {Schema} schema
 * @returns {Conditions}
 */
export const through = (args, name, schema) => {
  const found = args.list("_through").map((text, place) => rowsThrough(text, name, schema, place));
  return {
    where: found.map(({ where }) => where),
    parameters: Object.fromEntries(found.map(({ parameter }) => parameter)),
    words: found.map(({ words }) => words),
  };
};
