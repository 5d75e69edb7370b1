// Column filters, ?column__lookup=value: the conditions in SQL, and what they are called in English.
import { json, parseJson } from "./values.js";

/**
 * @typedef {import("./addresses.js").Arguments} Arguments
 * @typedef {import("../engine/schema.js").Schema} Schema
 * @typedef {[column: string, lookup: string, value: string]} Filter
 * @typedef {{ where: string[], parameters: Record<string, any>, words: string[] }} Conditions in SQL and in English
 *
 * @typedef {object} Lookup
 * @property {(column: string, parameter: any, table?: string) => string} sql
 * @property {(column: string, value: string) => string} words
 * @property {(text: string) => any} [value]
 * @property {boolean} [list] whether `sql` is given several parameters
 * @property {boolean} [free] whether it needs no value
 */

const isDigits = (/** @type {string} */ text) => /^[0-9]+$/.test(text);
/** For Python ٣ and ² are digits. */
const looksWhole = (/** @type {string} */ text) => /^[\p{Nd}\u00b2\u00b3\u00b9]+$/u.test(text);
const integer = (/** @type {string} */ text) => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text));
const asNumber = (/** @type {string} */ text) => (isDigits(text) ? integer(text) : text);
/** @returns {Lookup["words"]} */
const named = (/** @type {string} */ sign) => (c, v) => (looksWhole(v) ? `${c} ${sign} ${v}` : `${c} ${sign} "${v}"`);
/** @returns {Lookup["words"]} */
const quoted = (/** @type {string} */ words) => (c, v) => `${c} ${words} "${v}"`;
/** @returns {Lookup["words"]} */
const alone = (/** @type {string} */ words) => (c) => `${c} ${words}`;
/** @returns {Lookup} */
const compared = (/** @type {string} */ sign, shown = sign) => ({
  sql: (c, p) => `${c} ${sign} ${p}`,
  value: asNumber,
  words: (c, v) => `${c} ${shown} ${v}`,
});
/** @returns {Lookup} */
const like = (/** @type {(text: string) => string} */ pattern, /** @type {string} */ words) => ({
  sql: (c, p) => `${c} like ${p}`,
  value: pattern,
  words: quoted(words),
});

const listed = (/** @type {string} */ text) =>
  text.startsWith("[") ? parseJson(text) : text.split(",").map((part) => part.trim());
/** @returns {Lookup} */
const among = (/** @type {string} */ operator, /** @type {string} */ words) => ({
  list: true,
  sql: (c, ps) => `${c} ${operator} (${ps.join(", ")})`,
  value: listed,
  words: (c, v) => `${c} ${words} ${json(listed(v))}`,
});
/** @returns {Lookup} */
const inArray = (/** @type {string} */ operator, /** @type {string} */ words) => ({
  sql: (c, p, t) => `${p} ${operator} (select value from json_each(${t}.${c}))`,
  words: quoted(words),
});

/** @type {Record<string, Lookup>} */
export const lookups = {
  exact: { sql: (c, p) => `${c} = ${p}`, words: named("=") },
  not: { sql: (c, p) => `${c} != ${p}`, words: named("!=") },
  contains: like((v) => `%${v}%`, "contains"),
  endswith: like((v) => `%${v}`, "ends with"),
  startswith: like((v) => `${v}%`, "starts with"),
  gt: compared(">"),
  gte: compared(">=", "\u2265"),
  lt: compared("<"),
  lte: compared("<=", "\u2264"),
  like: like((v) => v, "like"),
  notlike: { sql: (c, p) => `${c} not like ${p}`, words: quoted("not like") },
  glob: { sql: (c, p) => `${c} glob ${p}`, words: quoted("glob") },
  in: among("in", "in"),
  notin: among("not in", "not in"),
  arraycontains: inArray("in", "contains"),
  arraynotcontains: inArray("not in", "does not contain"),
  date: { sql: (c, p) => `date(${c}) = ${p}`, words: (c, v) => `"${c}" is on date ${v}` },
  isnull: { free: true, sql: (c) => `${c} is null`, words: alone("is null") },
  notnull: { free: true, sql: (c) => `${c} is not null`, words: alone("is not null") },
  isblank: { free: true, sql: (c) => `(${c} is null or ${c} = '')`, words: alone("is blank") },
  notblank: { free: true, sql: (c) => `(${c} is not null and ${c} != '')`, words: alone("is not blank") },
};

const order = (/** @type {string} */ a, /** @type {string} */ b) => (a < b ? -1 : a > b ? 1 : 0);
const isFilter = (/** @type {[string, any]} */ [name]) => !name.startsWith("_") || name.includes("__");

/**
 * @param {[string, any]} pair
 * @returns {Filter}
 */
const split = ([name, value]) => {
  const cut = name.lastIndexOf("__");
  return cut < 0 ? [name, "exact", value] : [name.slice(0, cut), name.slice(cut + 2), value];
};

/**
 * The filters among a request's arguments, in Datasette's order.
 * @param {Arguments} args
 */
export const selections = (args) =>
  args
    .byName()
    .filter(isFilter)
    .sort((a, b) => order(a[0], b[0]) || order(a[1], b[1]))
    .map(split);

/**
 * The conditions of these filters, their parameters p0, p1 …, and a description of each.
 * @param {Filter[]} chosen
 * @param {string} table
 * @param {Schema} schema
 * @returns {Conditions}
 */
export const conditions = (chosen, table, { escape, quote }) => {
  /** @type {Conditions} */
  const { where, parameters, words } = { where: [], parameters: {}, words: [] };
  for (const [column, lookup, value] of chosen) {
    const filter = Object.hasOwn(lookups, lookup) && lookups[lookup];
    if (!filter) continue;
    const given = filter.free ? [] : [(filter.value ?? String)(value)].flat();
    const first = Object.keys(parameters).length;
    given.forEach((one, index) => (parameters[`p${first + index}`] = one));
    const places = given.map((_, index) => `:p${first + index}`);
    where.push(filter.list ? filter.sql(escape(column), places) : filter.sql(quote(column), places[0], quote(table)));
    words.push(filter.words(column, value));
  }
  return { where, parameters, words };
};
