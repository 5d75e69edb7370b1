// The complete answer as a CSV or JSON file, made here: no host is asked.
import { json, objectsOf, textOf } from "../ask/values.js";
import { element } from "./parts.js";

/**
 * @typedef {import("../engine/engine.js").Engine} Engine
 * @typedef {{ columns: string[], rows: any[][] }} Answer
 */

const field = (/** @type {any} */ value) => {
  if (value === null) return "";
  const text = textOf(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/**
 * As Python's csv module writes it, and so Datasette.
 * @param {Answer} answer
 */
export const csvOf = ({ columns, rows }) => [columns, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");

/**
 * JSON has no infinity, and no bytes.
 * @param {any} value
 */
const plain = (value) => {
  if (value instanceof Uint8Array) {
    const encoded = btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join(""));
    return { $base64: /** @type {any} */ (true), encoded };
  }
  return Math.abs(Number(value)) === Infinity && typeof value !== "string" ? null : value;
};

/**
 * As Datasette's JSON.
 * @param {Answer} answer
 */
export const jsonOf = ({ columns, rows }) => json(objectsOf({ columns, rows: rows.map((row) => row.map(plain)) }));

/**
 * @param {BlobPart} content
 * @param {string} type
 * @param {string} name
 */
const save = (content, type, name) => {
  const href = URL.createObjectURL(new Blob([content], { type }));
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
};

/**
 * A button for a file whose content is made when it is asked for.
 * @param {string} words
 * @param {string} name
 * @param {string} type
 * @param {() => BlobPart | Promise<BlobPart>} content
 */
export const download = (words, name, type, content) => {
  const made = element("button", { type: "button", class: "quiet" }, words);
  made.addEventListener("click", async () => save(await content(), type, name));
  return made;
};

/**
 * Two buttons for `name`; `complete` is the SQL and its parameters.
 * @param {string} name
 * @param {{ sql: string, parameters: Record<string, any> }} complete
 * @param {{ engine: Engine }} site
 */
export const downloads = (name, complete, { engine }) => {
  const all = () => engine.query(complete.sql, complete.parameters, Infinity);
  return [
    download("CSV", `${name}.csv`, "text/csv", async () => csvOf(await all())),
    " ",
    download("JSON", `${name}.json`, "application/json", async () => jsonOf(await all())),
  ];
};
