// What a form sends becomes the address that Datasette would redirect to.
import { Arguments } from "./addresses.js";

/**
 * @typedef {import("./addresses.js").Pair} Pair
 *
 * @param {string} column
 * @param {string} lookup
 * @param {string} value
 * @returns {Pair}
 */
const filterOf = (column, lookup, value) => {
  const cut = lookup.indexOf("__"); // isnull__1 brings its value along
  return cut < 0 ? [`${column}__${lookup}`, value] : [`${column}__${lookup.slice(0, cut)}`, lookup.slice(cut + 2)];
};

/** @param {Arguments} args */
const filtersIn = (args) => {
  /** @type {Pair[]} */
  const added = [];
  const fields = ["_filter_column", "_filter_op", "_filter_value"];
  const [column, lookup, value] = fields.map((name) => args.get(name) ?? "");
  if (column) added.push(filterOf(column, lookup, value));
  for (const field of fields.filter(args.has)) added.push([field, null]);
  for (const name of args.names.filter((name) => /^_filter_column_\d+$/.test(name))) {
    const number = name.slice("_filter_column_".length);
    const [op, value] = [args.get(`_filter_op_${number}`), args.get(`_filter_value_${number}`)];
    if (args.get(name)) added.push(filterOf(args.get(name), op || "exact", value ?? ""));
    for (const field of fields) added.push([`${field}_${number}`, null]);
  }
  return added;
};

/**
 * @param {Arguments} args
 * @returns {Pair[]}
 */
const sortIn = (args) => {
  if (!args.has("_sort_by_desc")) return [];
  return [
    ["_sort_desc", args.get("_sort") ?? null],
    ["_sort_by_desc", null],
    ["_sort", null],
  ];
};

/**
 * The query string that a form's leads to; undefined where it is one already.
 * @param {string} search
 */
export const redirectOf = (search) => {
  let args = new Arguments(search);
  let target;
  for (const fieldsIn of [filtersIn, sortIn]) {
    const added = fieldsIn(args);
    if (!added.length) continue;
    target = args.adding(added);
    args = new Arguments(target.slice(target.indexOf("?") + 1 || target.length));
  }
  return target;
};
