// Runs SQLite over a database in memory, read only. First message: {wasm, bytes}; then {id, sql, parameters, limit}.
import { addFunction, openDatabase, run } from "./sqlite.js";

const BITS = /\s+|(".*?")/;

// Datasette's function of this name: every word in quotes, so that no word is an operator.
const escapeFts = (query) => {
  const balanced = query.split('"').length % 2 ? query : `${query}"`;
  const bits = balanced.split(BITS).filter((bit) => bit && bit !== '""');
  return bits.map((bit) => (bit.startsWith('"') ? bit : `"${bit}"`)).join(" ");
};

const open = async ({ wasm, bytes }) => {
  const db = await openDatabase(wasm, new Uint8Array(bytes));
  await addFunction(db, "escape_fts", escapeFts);
  return db;
};

let opened;
onmessage = async ({ data }) => {
  if (data.wasm) {
    opened = open(data);
    return;
  }
  const { id } = data;
  try {
    postMessage({ id, result: run(await opened, data) });
  } catch ({ message, offset }) {
    postMessage({ id, error: { message, offset } });
  }
};
