// Values of a database and of an address, written and read as Python does: 1.0 is not 1.
export const isWhole = (/** @type {any} */ value) => typeof value === "bigint" || Number.isInteger(value);
export const isNumber = (/** @type {any} */ value) =>
  ["number", "bigint"].includes(typeof value) || value instanceof Number;

/**
 * Python's str(): 1.0 is not 1, and an empty value is None.
 * @param {any} value
 * @returns {string}
 */
export const textOf = (value) => {
  if (value === null || value === undefined) return "None";
  if (value instanceof Number) return realText(value.valueOf());
  return typeof value === "number" && !Number.isInteger(value) ? realText(value) : String(value);
};

const realText = (/** @type {number} */ number) => {
  const size = Math.abs(number);
  if (size === Infinity) return number > 0 ? "inf" : "-inf";
  if (Object.is(number, -0)) return "-0.0";
  if (size && (size < 1e-4 || size >= 1e16)) {
    return number.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  }
  return Number.isInteger(number) ? `${number}.0` : String(number);
};

const ascii = (/** @type {string} */ text) =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

/**
 * Python's json.dumps().
 * @param {any} value
 * @returns {string}
 */
export const json = (value) => {
  if (Array.isArray(value)) return `[${value.map(json).join(", ")}]`;
  if (value?.constructor === Object) {
    return `{${Object.entries(value)
      .map((pair) => pair.map(json).join(": "))
      .join(", ")}}`;
  }
  if (typeof value === "string") return ascii(value);
  return textOf(value).replace("None", "null").replace("inf", "Infinity");
};

/**
 * 1.0 is not 1
 * @param {string} _
 * @param {any} value
 * @param {{ source?: string }} [context] which not every browser gives
 */
const asWritten = (_, value, context) =>
  Number.isInteger(value) && /[.e]/i.test(context?.source ?? "") ? new Number(value) : value;

/** As JSON has it, which knows no infinity but numbers that are too large. */
const finite = (/** @type {string} */ text) =>
  text.replace(/"(?:[^"\\]|\\.)*"|\bInfinity\b/g, (part) => (part === "Infinity" ? "1e999" : part));

/**
 * And its json.loads(), with reals that are whole as the engine gives them.
 * @param {string} text
 */
export const parseJson = (text) => {
  try {
    return JSON.parse(finite(text), asWritten);
  } catch {
    throw new Error(`This is not JSON: ${text.slice(0, 200)}`);
  }
};

/**
 * 1,000; Intl's own takes longer than all the rest of an answer's drawing.
 * @param {any} number
 */
export const figures = (number) =>
  textOf(number).replace(/^-?\d+/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ","));

/**
 * An answer's rows as objects, by the names of its columns.
 * @param {{ columns: string[], rows: any[][] }} answer
 */
export const objectsOf = ({ columns, rows }) =>
  rows.map((row) => Object.fromEntries(row.map((value, place) => [columns[place], value])));
