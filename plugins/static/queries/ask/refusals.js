// What means nothing is refused in the words of the live site: see plugins/news_site/refusals/.
import { lookups } from "./filters.js";
import { nearest } from "./nearest.js";

/**
 * @typedef {import("./addresses.js").Arguments} Arguments
 * @typedef {import("../engine/schema.js").Table} Table
 * @typedef {import("../engine/schema.js").Described} Described
 */

const NUMBER = /^-?[0-9]{1,18}$/;
const NUMBERS = ["_timelimit", "_ttl"];
const COMPARED = /__[gl]te?$/;

/**
 * @param {string} words
 * @param {string | undefined} name
 */
const meant = (words, name) => (name ? `${words}; did you mean ${name}?` : `${words}.`);

/** ٣ and ²: Python sees a number, or half of one, and SQLite none. */
const isStrangeNumber = (/** @type {string} */ text) => /^\p{N}+$/u.test(text) && /[^0-9]/.test(text);

/**
 * @param {string} name
 * @param {string} value
 */
const checkArgument = (name, value) => {
  if ((name + value).includes("\0")) throw new Error("An address cannot hold the character %00.");
  if (NUMBERS.includes(name) && !/^[0-9]{0,9}$/.test(value)) throw new Error(`${name}=${value} is not a whole number.`);
  if (COMPARED.test(name) && isStrangeNumber(value))
    throw new Error(`${name}=${value} is no number: write it with the digits 0 to 9.`);
};

/**
 * What no address may hold, whatever it asks for.
 * @param {string} search
 */
export const checkQuery = (search) => {
  for (const [name, value] of new URLSearchParams(search)) checkArgument(name, value);
};

const isFilter = (/** @type {string} */ name) => !name.startsWith("_") || name.includes("__");

/**
 * @param {string} key
 * @param {string[]} columns
 */
const checkFilter = (key, columns) => {
  const cut = key.lastIndexOf("__");
  const [column, lookup] = cut < 0 ? [key, "exact"] : [key.slice(0, cut), key.slice(cut + 2)];
  const isColumn = (/** @type {string} */ name) => columns.some((one) => one.toLowerCase() === name.toLowerCase());
  if (isColumn(key)) return;
  if (!isColumn(column)) throw new Error(meant(`There is no column ${column}`, nearest(column, columns)));
  if (Object.hasOwn(lookups, lookup)) return;
  const near = nearest(lookup, Object.keys(lookups));
  throw new Error(meant(`There is no filter ${key}`, near && `${column}__${near}`));
};

/**
 * What comes next is counted off in a view, and in a table comes after a row: its sorted value and its keys.
 * @param {string} token
 * @param {string[]} keys
 * @param {Table} table
 * @param {boolean} isSorted
 */
const checkNext = (token, keys, { view }, isSorted) => {
  const parts = view ? [token] : token.split(",");
  if (!view && parts.length !== keys.length + Number(isSorted))
    throw new Error(`_next=${token} leads nowhere; follow the link to the next page.`);
  if ((view || keys[0] === "rowid") && !NUMBER.test(parts.at(-1) ?? ""))
    throw new Error(`_next=${token} is not a number`);
};

/**
 * @param {Arguments} args
 * @param {Table} table
 */
export const checkFilters = (args, table) => {
  const columns = [...table.columns.map(({ name }) => name), ...(table.view ? [] : ["rowid"])];
  for (const name of args.names.filter(isFilter)) checkFilter(name, columns);
  if (!/^([0-9]*|max)$/.test(args.get("_size") ?? "")) throw new Error("_size must be a positive integer");
  if (!/^([0-9]*|max)$/.test(args.get("_facet_size") ?? "")) throw new Error("_facet_size is a number, or max");
  const isSorted = Boolean(args.get("_sort") || args.get("_sort_desc") || table.sort || table.sort_desc);
  const keys = table.primary_keys.length ? table.primary_keys : ["rowid"];
  if (args.get("_next")) checkNext(args.get("_next"), keys, table, isSorted);
};

/**
 * A query string without what trackers have appended: the name of a column is none of theirs.
 * @param {string} search
 * @param {Table} table
 * @param {Described["trackers"]} trackers
 */
export const withoutTrackers = (search, table, { campaigns, names }) => {
  const own = table.columns.map(({ name }) => name.toLowerCase());
  const isTracker = (/** @type {string} */ name) => name.startsWith(campaigns) || names.includes(name);
  const stays = (/** @type {string} */ argument) => {
    const [[name = ""] = []] = new URLSearchParams(argument);
    return !isTracker(name) || own.includes(name.toLowerCase());
  };
  const query = search.replace(/^\?/, "").split("&").filter(stays).join("&");
  return query && `?${query}`;
};
