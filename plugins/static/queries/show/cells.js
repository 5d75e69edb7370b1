// Cells as Datasette shows them: keys and labels as links, addresses as links, long texts cut.
import { rowPath, tildeEncode } from "../ask/addresses.js";
import { isNumber, textOf } from "../ask/values.js";
import { element, link } from "./parts.js";

const SPACE = "\u00a0";

/**
 * @typedef {import("../engine/schema.js").Settings} Settings
 */

/**
 * @param {string} text
 * @param {number} length
 */
const cut = (text, length) => {
  if (!length || text.length <= length) return text;
  const letters = Array.from(text);
  return letters.length > length ? `${letters.slice(0, length).join("")}…` : text;
};

/**
 * @param {string} url
 * @param {number} length
 */
const cutAddress = (url, length) => {
  if (!length || url.length <= length) return url;
  const ending = /\.[^./]{1,4}$/.exec(url)?.[0];
  return ending ? `${url.slice(0, length - ending.length)}…${ending}` : `${url.slice(0, length - 1)}…`;
};

const isAddress = (/** @type {string} */ text) => /^https?:\/\/\S*$/.test(text);

/**
 * @param {any} value
 * @param {number} length
 */
const plain = (value, length) => {
  if (value === null || value === "") return [SPACE];
  if (value instanceof Uint8Array) return [`<Binary: ${value.length} byte${value.length === 1 ? "" : "s"}>`];
  const text = textOf(value);
  const address = text.trim();
  return isAddress(address) ? [link(address, cutAddress(address, length))] : [cut(text, length)];
};

/**
 * Where a row's page is from the page of a table: pages end in a slash.
 * @param {any} value
 * @param {string} other
 */
const pageOf = (value, other) => `../${tildeEncode(other)}/${tildeEncode(textOf(value))}/`;

/**
 * @param {any} value
 * @param {any} label
 * @param {string} address
 */
const labelled = (value, label, address) => {
  const target = link(address, textOf(label));
  return label === value ? [target] : [target, SPACE, element("em", {}, textOf(value))];
};

/**
 * @param {(Node | string)[]} content
 * @param {any} value
 */
const cell = (content, value) => element("td", isNumber(value) ? { class: "number" } : {}, ...content);

/**
 * @param {any} value
 * @param {Settings} settings
 */
export const plainCell = (value, { truncate_cells_html }) => cell(plain(value, truncate_cells_html), value);

/**
 * The cell of an answer to SQL, whose value may be the id of a row.
 * @param {any} value
 * @param {string | undefined} address
 * @param {Settings} settings
 */
export const linkedCell = (value, address, settings) =>
  address === undefined ? plainCell(value, settings) : cell([link(address, textOf(value))], value);

/**
 * The cell that leads to the row itself, or to its `place` on another page.
 * @param {any[]} keys
 * @param {string | undefined} place
 */
export const keyCell = (keys, place) => cell([link(place ?? `${rowPath(keys)}/`, rowPath(keys, String))], null);

/**
 * A cell of a table: `labels` are those of its column; what it names may have its `place` on another page.
 * @param {any} value
 * @param {Map<any, any>} labels
 * @param {import("../engine/schema.js").ForeignKey} foreignKey
 * @param {string | undefined} place
 * @param {Settings} settings
 */
export const tableCell = (value, labels, foreignKey, place, settings) =>
  value !== null && labels.has(value)
    ? cell(labelled(value, labels.get(value), place ?? pageOf(value, foreignKey.other_table)), value)
    : plainCell(value, settings);
