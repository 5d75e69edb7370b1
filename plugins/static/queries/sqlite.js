// A database in memory, read only, through the C functions of SQLite's WASM. The script that comes with it is for
// files and takes as long to load as a database; nothing here opens a file.
const [INTEGER, FLOAT, TEXT, BLOB] = [1, 2, 3, 4];
const [ROW, DONE] = [100, 101];
const READ_AND_WRITE = 2; // a database in memory, empty as yet
const READ_ONLY = 4; // what is put in its place
const UTF_8 = 1;
const DOUBLE_QUOTED = [1013, 1014]; // Python's SQLite takes "words" in double quotes too
const COPY = -1; // SQLite copies what it is given
const NO_SUCH_FUNCTION = -52;
const PAGE = 65536;
const MEMORY = { initial: 128, maximum: 32768 }; // pages, as the WASM wants them

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

// A module with nothing in it but what makes a function of JavaScript one of C: (i32, i32, i32) -> ()
const BRIDGE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 3, 127, 127, 127, 0, 2, 7, 1, 1, 101, 1, 102, 0, 0, 7, 5, 1, 1, 102, 0, 0,
]);

const grow = (memory, size) => {
  try {
    return memory.grow(Math.ceil((size - memory.buffer.byteLength) / PAGE)) > 0;
  } catch {
    return false;
  }
};

const localTime = (memory, time, target) => {
  const date = new Date(Number(time) * 1000);
  const clock = [date.getSeconds(), date.getMinutes(), date.getHours()];
  const day = [date.getDate(), date.getMonth(), date.getFullYear() - 1900, date.getDay()];
  new Int32Array(memory.buffer, target, 7).set([...clock, ...day]);
};

/** What the WASM asks of its surroundings: memory and the time; everything else is about files. */
const surroundings = (memory) => {
  const given = {
    memory,
    emscripten_date_now: Date.now,
    emscripten_get_now: () => performance.now(),
    emscripten_get_heap_max: () => MEMORY.maximum * PAGE,
    emscripten_resize_heap: (size) => grow(memory, size >>> 0),
    _localtime_js: (time, target) => localTime(memory, time, target),
    _tzset_js: () => {},
  };
  const env = new Proxy(given, { get: (known, name) => known[name] ?? (() => NO_SUCH_FUNCTION) });
  return { env, wasi_snapshot_preview1: env };
};

const bytesOf = ({ memory }, start, length) => new Uint8Array(memory.buffer, start, length);
const textAt = (db, start) => {
  const bytes = new Uint8Array(db.memory.buffer);
  return start ? decoder.decode(bytes.subarray(start, bytes.indexOf(0, start))) : "";
};

const put = (db, bytes) => {
  const start = db.c.malloc(bytes.length + 1);
  if (!start) throw new Error("There is not enough memory for this.");
  const target = bytesOf(db, start, bytes.length + 1);
  target.set(bytes);
  target[bytes.length] = 0;
  return start;
};

/** Does something with bytes, which SQLite sees as long as that takes and a zero after them. */
const lend = (db, bytes, use) => {
  const start = put(db, bytes);
  try {
    return use(start);
  } finally {
    db.c.free(start);
  }
};

/** SQLite's message and, where known, the `offset` of its place. */
const failure = (db, sql) => {
  const offset = db.c.sqlite3_error_offset(db.pointer); // in bytes
  const before = encoder.encode(sql).subarray(0, Math.max(offset, 0));
  const place = offset < 0 ? undefined : decoder.decode(before).length;
  return Object.assign(new Error(textAt(db, db.c.sqlite3_errmsg(db.pointer))), { offset: place });
};

const check = (db, code) => {
  if (code) throw failure(db, "");
};

/** A statement, 0 where there is none, and the SQL that follows it. */
const prepare = (db, sql) => {
  const bytes = encoder.encode(sql);
  return lend(db, bytes, (start) => {
    if (db.c.sqlite3_prepare_v2(db.pointer, start, bytes.length, db.found, db.found + 4)) throw failure(db, sql);
    const [statement, rest] = new Uint32Array(db.memory.buffer, db.found, 2);
    return { statement, rest: decoder.decode(bytes.subarray(rest - start)) };
  });
};

const bind = (db, statement, index, value) => {
  const { c } = db;
  const lent = (bytes, bindIt) => lend(db, bytes, (start) => bindIt(statement, index, start, bytes.length, COPY));
  if (value === null || value === undefined) return c.sqlite3_bind_null(statement, index);
  if (value instanceof Uint8Array) return lent(value, c.sqlite3_bind_blob);
  if (typeof value === "string") return lent(encoder.encode(value), c.sqlite3_bind_text);
  if (typeof value === "boolean" || Number.isSafeInteger(value)) value = BigInt(value);
  if (typeof value === "bigint") return c.sqlite3_bind_int64(statement, index, value);
  if (typeof value === "number" || value instanceof Number) return c.sqlite3_bind_double(statement, index, value);
  throw new Error("A value is a text, a number or nothing.");
};

const bindAll = (db, statement, parameters) => {
  for (let index = 1; index <= db.c.sqlite3_bind_parameter_count(statement); index++) {
    const name = textAt(db, db.c.sqlite3_bind_parameter_name(statement, index)).slice(1);
    if (!(name in parameters)) throw new Error(`You did not supply a value for binding parameter :${name}.`);
    check(db, bind(db, statement, index, parameters[name]));
  }
};

// A real number that is whole stays one, as an object: 1.0 is not 1.
const realOf = (value) => (Number.isInteger(value) ? new Number(value) : value);
const wholeOf = (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value);

const valueOf = (db, statement, column) => {
  const { c } = db;
  const bytes = (start) => bytesOf(db, start, c.sqlite3_column_bytes(statement, column));
  switch (c.sqlite3_column_type(statement, column)) {
    case INTEGER:
      return wholeOf(c.sqlite3_column_int64(statement, column));
    case FLOAT:
      return realOf(c.sqlite3_column_double(statement, column));
    case TEXT:
      return decoder.decode(bytes(c.sqlite3_column_text(statement, column)));
    case BLOB:
      return bytes(c.sqlite3_column_blob(statement, column)).slice();
    default:
      return null;
  }
};

const BLANK = /^(?:[\s;]|--[^\n]*|\/\*[^]*?\*\/)*$/;

const refuse = (db, { statement, rest }) => {
  if (!db.c.sqlite3_column_count(statement)) throw new Error("Statement must be a SELECT");
  if (!BLANK.test(rest)) throw new Error("You can only execute one statement at a time.");
};

const readRows = (db, statement, sql, limit, width) => {
  const rows = [];
  while (rows.length <= limit) {
    const code = db.c.sqlite3_step(statement);
    if (code === DONE) break;
    if (code !== ROW) throw failure(db, sql);
    rows.push(Array.from({ length: width }, (_, column) => valueOf(db, statement, column)));
  }
  return rows;
};

/** {columns, rows, truncated}: at most `limit` rows, as arrays. */
export const run = (db, { sql, parameters, limit }) => {
  const prepared = prepare(db, sql);
  const { statement } = prepared;
  try {
    refuse(db, prepared);
    bindAll(db, statement, parameters);
    const width = db.c.sqlite3_column_count(statement);
    const name = (_, column) => textAt(db, db.c.sqlite3_column_name(statement, column));
    const rows = readRows(db, statement, sql, limit, width);
    return { columns: Array.from({ length: width }, name), rows: rows.slice(0, limit), truncated: rows.length > limit };
  } finally {
    db.c.sqlite3_finalize(statement);
  }
};

/** Makes a function from text to text known to SQL. */
export const addFunction = async (db, name, make) => {
  const { c } = db;
  const answer = (context, _count, values) => {
    const [value] = new Uint32Array(db.memory.buffer, values, 1);
    const made = encoder.encode(make(textAt(db, c.sqlite3_value_text(value))));
    lend(db, made, (start) => c.sqlite3_result_text(context, start, made.length, COPY));
  };
  const { instance } = await WebAssembly.instantiate(BRIDGE, { e: { f: answer } });
  const place = c.__indirect_function_table.grow(1);
  c.__indirect_function_table.set(place, instance.exports.f);
  const add = (start) => c.sqlite3_create_function_v2(db.pointer, start, 1, UTF_8, 0, place, 0, 0, 0);
  check(db, lend(db, encoder.encode(name), add));
};

/** Opens the bytes of a database with SQLite's compiled WASM. */
export const openDatabase = async (wasm, bytes) => {
  const memory = new WebAssembly.Memory(MEMORY);
  const { exports: c } = await WebAssembly.instantiate(wasm, surroundings(memory));
  c.__wasm_call_ctors();
  const db = { c, memory, found: c.malloc(8) };
  lend(db, encoder.encode(":memory:"), (name) => c.sqlite3_open_v2(name, db.found, READ_AND_WRITE, 0));
  [db.pointer] = new Uint32Array(memory.buffer, db.found, 1);
  const [main, start, size] = [put(db, encoder.encode("main")), put(db, bytes), BigInt(bytes.length)];
  check(db, c.sqlite3_deserialize(db.pointer, main, start, size, size, READ_ONLY));
  for (const quotes of DOUBLE_QUOTED) check(db, c.sqlite3__wasm_db_config_ip(db.pointer, quotes, 1, 0));
  return db;
};
