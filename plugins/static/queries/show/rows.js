// The table of an answer's rows: headings that sort, cells that lead on.
import { keyCell, linkedCell, tableCell } from "./cells.js";
import { element, part } from "./parts.js";
import { placeOf } from "./places.js";
import { wordsOf } from "./words.js";

/**
 * @typedef {import("../answer/table.js").TableAnswer} TableAnswer
 * @typedef {import("../engine/site.js").Asking} Asking
 */

const textCell = (/** @type {Node | string} */ words) => element("td", {}, words);

/**
 * @param {Element[]} headings
 * @param {Element[][]} lines
 * @param {string} label
 */
const tableFrom = (headings, lines, label) => {
  if (!lines.length) return part("nothing");
  const made = part("table");
  made.setAttribute("aria-label", label);
  made.querySelector("thead tr").append(...headings);
  made.querySelector("tbody").append(...lines.map((cells) => element("tr", {}, ...cells)));
  return made;
};

/**
 * @param {string} name
 * @param {string} [href]
 * @param {"ascending" | "descending" | false} [direction]
 */
const heading = (name, href, direction) => {
  const made = part("heading");
  if (href) made.firstElementChild.setAttribute("href", href);
  if (direction) made.setAttribute("aria-sort", direction);
  (href ? made.firstElementChild : made).replaceChildren(name);
  return made;
};

/**
 * Datasette shows an arrow for the order that it falls back on, too.
 * @param {TableAnswer} answer
 */
const shownOrder = ({ order, keys, table }) =>
  order.sort || table.view || keys.length > 1 ? order : { sort: keys[0], descending: false };

/**
 * @param {string} name
 * @param {TableAnswer} answer
 */
const sortable = (name, answer) => {
  const { sort, descending } = shownOrder(answer);
  /** @type {import("../ask/addresses.js").Pair[]} */
  const others = [
    [name === sort && !descending ? "_sort" : "_sort_desc", null],
    ["_next", null],
  ];
  const href = answer.args.replacing([[name === sort && !descending ? "_sort_desc" : "_sort", name], ...others]);
  return heading(name, href, name === sort && (descending ? "descending" : "ascending"));
};

/**
 * Where the row is read that a foreign key of another row names; undefined for one with a page of its own.
 * @param {any} value
 * @param {import("../engine/schema.js").ForeignKey | undefined} key
 * @param {(column: string) => any} valueOf
 * @param {import("../engine/schema.js").Schema} schema
 */
const placeNamed = (value, key, valueOf, { tables }) => {
  const place = key && tables[key.other_table]?.place;
  return place && placeOf(place, (column) => (column === key.other_column ? value : valueOf(column)), "../");
};

/**
 * The rows of a table or view: the first cell leads to the row, unless a view's.
 * @param {TableAnswer} answer
 * @param {Asking} site
 */
export const tableOf = async (answer, site) => {
  const { columns, rows, keys, table, name, labels, schema } = answer;
  const single = keys.length === 1 && columns.includes(keys[0]) && table.primary_keys.length === 1;
  const shown = single ? columns.filter((column) => column !== keys[0]) : columns;
  const first = single ? [sortable(keys[0], answer)] : [heading("Link")];
  const canSort = (/** @type {string} */ column) =>
    column === "rowid" || (table.sortable_columns ?? columns).includes(column);
  const others = shown.map((column) => (canSort(column) ? sortable(column, answer) : heading(column)));
  const words = await wordsOf(rows, columns, name, site, "../");
  const foreign = Object.fromEntries(table.foreign_keys.map((key) => [key.column, key]));
  const line = (/** @type {any[]} */ row, /** @type {number} */ index) => {
    const valueOf = (/** @type {string} */ column) => row[columns.indexOf(column)];
    const cells = shown.map((column) => {
      const value = valueOf(column);
      if (column === "text" && words[index]) return textCell(words[index]);
      const named = placeNamed(value, foreign[column], valueOf, schema);
      return tableCell(value, labels[column], foreign[column], named, schema.settings);
    });
    return table.view
      ? cells
      : [keyCell(keys.map(valueOf), table.place && placeOf(table.place, valueOf, "../")), ...cells];
  };
  return tableFrom(table.view ? others : [...first, ...others], rows.map(line), `Rows of ${table.title ?? name}`);
};

/**
 * The rows of an answer to SQL; `root` leads to the database's pages, `addressOf` a value of a column to its row.
 * @param {{ columns: string[], rows: any[][], schema: import("../engine/schema.js").Schema }} answer
 * @param {Asking} site
 * @param {string} root
 * @param {(value: any, place: number) => string | undefined} addressOf
 */
export const resultOf = async ({ columns, rows, schema }, site, root, addressOf) => {
  const words = await wordsOf(rows, columns, undefined, site, root);
  const cellOf = (/** @type {any} */ value, /** @type {number} */ column, /** @type {number} */ index) => {
    if (columns[column] === "text" && words[index]) return textCell(words[index]);
    return linkedCell(value, addressOf(value, column), schema.settings);
  };
  const lines = rows.map((row, index) => row.map((value, column) => cellOf(value, column, index)));
  return tableFrom(
    columns.map((name) => heading(name)),
    lines,
    "Rows",
  );
};
