// Pages of rows: the condition that a ?_next= token stands for, and the token of the page that follows.
import { rowPath, tildeDecode, tildeEncode } from "./addresses.js";
import { textOf } from "./values.js";

/**
 * @typedef {(name: string) => string} Escape
 * @typedef {{ sort: string | undefined, descending: boolean }} Order
 */

// (a > :p0) or (a = :p0 and b > :p1) …
/**
 * @param {string[]} keys
 * @param {number} first
 * @param {Escape} escape
 */
const after = (keys, first, escape) => {
  if (keys[0] === "rowid") return `rowid > :p${first}`;
  const alternatives = keys.map((_, last) => {
    const equal = keys.slice(0, last).map((key, index) => `${escape(key)} = :p${first + index}`);
    return `(${[...equal, `${escape(keys[last])} > :p${first + last}`].join(" and ")})`;
  });
  return `(${alternatives.join("\n  or\n")})`;
};

/**
 * @param {string | null} value
 * @param {string} column
 * @param {boolean} descending
 * @param {string} keys
 * @param {number} place
 */
const afterSorted = (value, column, descending, keys, place) => {
  if (value === null) {
    const tied = `${column} is null and ${keys}`;
    return descending ? `(${tied})` : `(${column} is not null or (${tied}))`;
  }
  const more = descending ? `< :p${place} or ${column} is null` : `> :p${place}`;
  return `(${column} ${more} or (${column} = :p${place} and ${keys}))`;
};

/**
 * The rows after a token: conditions, and parameters beside those that there are.
 * @param {string} token
 * @param {Order} order
 * @param {string[]} keys
 * @param {number} count
 * @param {Escape} escape
 * @returns {{ where: string[], parameters: Record<string, string> }}
 */
export const rowsAfter = (token, order, keys, count, escape) => {
  let parts = token.split(",").map(tildeDecode);
  let value;
  if (order.sort && parts.length > 1) {
    value = token.split(",")[0] === "$null" ? null : parts[0];
    parts = parts.slice(1);
  }
  const parameters = Object.fromEntries(parts.map((part, index) => [`p${count + index}`, part]));
  const fits = parts.length === keys.length;
  const rest = fits ? after(keys, count, escape) : "";
  if (!order.sort) return { where: fits ? [rest] : [], parameters };
  const place = fits ? count + keys.length : count;
  if (value !== null && value !== undefined) parameters[`p${place}`] = value;
  return { where: [afterSorted(value ?? null, escape(order.sort), order.descending, rest, place)], parameters };
};

/**
 * The token of a row: its sorted value, then its keys.
 * @param {any[]} keys
 * @param {Order} order
 * @param {any} value
 */
export const tokenOf = (keys, order, value) => {
  if (!order.sort) return rowPath(keys);
  const prefix = value === null ? "$null" : tildeEncode(textOf(value));
  return `${prefix},${rowPath(keys)}`;
};
