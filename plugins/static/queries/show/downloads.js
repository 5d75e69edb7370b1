// The complete answer as a CSV or JSON file, made here: no host is asked.
import { textOf } from "../ask/addresses.js";
import { element } from "./parts.js";

const field = (value) => {
  if (value === null) return "";
  const text = textOf(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** As Python's csv module writes it, and so Datasette. */
export const csvOf = ({ columns, rows }) => [columns, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");

const plain = (_key, value) => (typeof value === "bigint" ? Number(value) : value);

export const jsonOf = ({ columns, rows }) =>
  JSON.stringify(rows.map((row) => Object.fromEntries(row.map((value, index) => [columns[index], value]))), plain);

const save = (content, type, name) => {
  const href = URL.createObjectURL(new Blob([content], { type }));
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
};

/** A button for a file whose content is made when it is asked for. */
export const download = (words, name, type, content) => {
  const made = element("button", { type: "button", class: "quiet" }, words);
  made.addEventListener("click", async () => save(await content(), type, name));
  return made;
};

/** Two buttons for `name`; `complete` is the SQL and its parameters. */
export const downloads = (name, complete, { engine }) => {
  const all = () => engine.query(complete.sql, complete.parameters, Infinity);
  return [
    download("CSV", `${name}.csv`, "text/csv", async () => csvOf(await all())),
    " ",
    download("JSON", `${name}.json`, "application/json", async () => jsonOf(await all())),
  ];
};
