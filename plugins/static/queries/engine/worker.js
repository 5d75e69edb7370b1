// Runs SQLite over a database in memory, read only. It begins with what it has: messages are the parts that come,
// {part: "wasm" or "bytes", value}, and what is asked, {id, sql, parameters, limit}.
import sqlite3InitModule from "@sqlite.org/sqlite-wasm";

const BLANK = /^(?:[\s;]|--[^\n]*|\/\*[^]*?\*\/)*$/;
const BITS = /\s+|(".*?")/;
// A little of all that facets are made of
const REHEARSAL = `
  with
    found as not materialized (select value as name, key as id from json_each(:list) where value >= :name),
    counted as materialized (select name, id, count(*) as n from found where name is not null group by name, id),
    told as (select name, count(distinct id) as ids from counted where name in (select name from found) group by name)
  select
    name, sum(n) as n, coalesce(ids, 0), cast(name as text),
    (select json_group_array(id) from (select id from found where found.name = counted.name order by id limit 5)),
    row_number() over (partition by name order by ids, id)
  from counted left join told using (name)
  group by name
  order by case :name when 'a' then name end collate nocase, n desc, name
  limit 10
`;

/**
 * @typedef {import("@sqlite.org/sqlite-wasm").CAPI} CAPI
 * @typedef {import("@sqlite.org/sqlite-wasm").PreparedStatement} Statement
 * @typedef {{ capi: CAPI, db: import("@sqlite.org/sqlite-wasm").Database }} Engine
 * @typedef {{ sql: string, parameters: Record<string, any>, limit: number }} Asked
 */

/**
 * Datasette's function of this name: every word in quotes, so that no word is an operator.
 * @param {string} query
 */
const escapeFts = (query) => {
  const balanced = query.split('"').length % 2 ? query : `${query}"`;
  const bits = balanced.split(BITS).filter((bit) => bit && bit !== '""');
  return bits.map((bit) => (bit.startsWith('"') ? bit : `"${bit}"`)).join(" ");
};

const startSqlite = (/** @type {Promise<WebAssembly.Module>} */ wasm) => {
  const storage = ["kvvfs", "opfs", "opfs-vfs", "opfs-wl", "opfs-sahpool"]; // nothing is kept
  const vfs = Object.fromEntries(storage.map((name) => [name, true]));
  /** @type {any} */ (globalThis).sqlite3ApiConfig = { warn() {}, disable: { vfs } };
  /** @type {(options: object) => ReturnType<typeof sqlite3InitModule>} its types know of no options */
  const start = sqlite3InitModule;
  return start({
    /**
     * @param {WebAssembly.Imports} imports
     * @param {(instance: WebAssembly.Instance, module: WebAssembly.Module) => void} success
     */
    instantiateWasm: (imports, success) => {
      wasm.then(async (compiled) => success(await WebAssembly.instantiate(compiled, imports), compiled));
      return {};
    },
  });
};

// A function of SQLite's is compiled when it first runs: better while the database is on its way.
const rehearse = (/** @type {Engine} */ engine) =>
  run(engine, { sql: REHEARSAL, parameters: { list: '["a", "b"]', name: "a" }, limit: 10 });

/**
 * @param {Promise<WebAssembly.Module>} wasm
 * @param {Promise<ArrayBuffer>} coming
 */
const open = async (wasm, coming) => {
  const { capi, oo1, wasm: memory } = await startSqlite(wasm);
  const db = new oo1.DB(":memory:");
  rehearse({ capi, db });
  const bytes = await coming;
  const handle = /** @type {number} */ (db.pointer);
  const pointer = memory.allocFromTypedArray(bytes);
  const flags = capi.SQLITE_DESERIALIZE_READONLY | capi.SQLITE_DESERIALIZE_FREEONCLOSE;
  db.checkRc(capi.sqlite3_deserialize(handle, "main", pointer, bytes.byteLength, bytes.byteLength, flags));
  for (const quotes of [capi.SQLITE_DBCONFIG_DQS_DML, capi.SQLITE_DBCONFIG_DQS_DDL]) {
    db.checkRc(capi.sqlite3_db_config(handle, quotes, 1, 0)); // Python's SQLite takes "words" in double quotes too
  }
  db.createFunction("escape_fts", (_context, query) => escapeFts(String(query)));
  return { capi, db };
};

/**
 * A real number that is whole stays one, as an object: 1.0 is not 1.
 * @param {CAPI} capi
 * @param {Statement} statement
 * @param {number} column
 */
const valueOf = (capi, statement, column) => {
  const value = statement.get(column);
  const real = Number.isInteger(value) && capi.sqlite3_column_type(statement, column) === capi.SQLITE_FLOAT;
  return real ? new Number(value) : value;
};

/**
 * @param {CAPI} capi
 * @param {Statement} statement
 * @param {string} sql
 */
const refuse = (capi, statement, sql) => {
  if (!statement.columnCount) throw new Error("Statement must be a SELECT");
  const rest = sql.slice(capi.sqlite3_sql(statement).length);
  if (!BLANK.test(rest)) throw new Error("You can only execute one statement at a time.");
};

/**
 * @param {CAPI} capi
 * @param {Statement} statement
 * @param {Record<string, any>} parameters
 */
const bind = (capi, statement, parameters) => {
  for (let index = 1; index <= capi.sqlite3_bind_parameter_count(statement); index++) {
    const name = capi.sqlite3_bind_parameter_name(statement, index)?.slice(1);
    if (name === undefined)
      throw new Error(`Binding ${index} has no name, but you supplied a dictionary (which has only names).`);
    if (!(name in parameters)) throw new Error(`You did not supply a value for binding parameter :${name}.`);
    const value = parameters[name] ?? null;
    if (value instanceof Number) capi.sqlite3_bind_double(statement, index, value.valueOf());
    else statement.bind(index, value);
  }
};

/**
 * @param {Engine} engine
 * @param {Asked} asked
 */
const run = ({ capi, db }, { sql, parameters, limit }) => {
  const statement = db.prepare(sql);
  try {
    refuse(capi, statement, sql);
    bind(capi, statement, parameters);
    const columns = statement.getColumnNames();
    const row = () => columns.map((_, index) => valueOf(capi, statement, index));
    const rows = [];
    while (rows.length <= limit && statement.step()) rows.push(row());
    return { columns, rows: rows.slice(0, limit), truncated: rows.length > limit };
  } finally {
    statement.finalize();
  }
};

/**
 * @param {Engine} engine
 * @param {Error & { resultCode?: number }} error
 * @param {string} sql
 */
const explain = ({ capi, db }, error, sql) => {
  const offset = error.resultCode === undefined ? -1 : capi.sqlite3_error_offset(db); // in bytes
  const before = new TextEncoder().encode(sql).slice(0, Math.max(offset, 0));
  return {
    message: error.message.replace(/^.*sqlite3 result code \d+: /, ""),
    offset: offset < 0 ? undefined : new TextDecoder().decode(before).length,
  };
};

/** @type {Record<string, (part: any) => void>} */
const receive = {};
/** @returns {Promise<any>} */
const partOf = (/** @type {string} */ name) => new Promise((resolve) => (receive[name] = resolve));
const opened = open(partOf("wasm"), partOf("bytes"));

onmessage = async ({ data }) => {
  if (data.part) return receive[data.part](data.value);
  const engine = await opened;
  try {
    postMessage({ id: data.id, result: run(engine, data) });
  } catch (error) {
    postMessage({ id: data.id, error: explain(engine, error, data.sql) });
  }
};
