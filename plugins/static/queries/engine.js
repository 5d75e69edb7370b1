// Opens a database in a worker of its own: SQL goes in, rows come out, and a query can be cancelled.
const here = (path) => new URL(path, import.meta.url);

// It is compiled as it comes; but some hosts do not know WASM's media type, and no other is taken for it.
const compile = async (url) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const isNamed = response.headers.get("content-type")?.startsWith("application/wasm");
  return isNamed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
};

const download = async (url, progress) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error("This page is of an earlier edition; reload it to get the present one.");
  const chunks = [];
  let loaded = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return new Blob(chunks).arrayBuffer();
    chunks.push(value);
    progress((loaded += value.length));
  }
};

const failure = ({ message, offset }) => Object.assign(new Error(message), { offset });

/**
 * `progress` is told how many bytes of the database have come. Everything is fetched at once.
 * `query(sql, parameters, limit)` gives {columns, rows, truncated}: rows are arrays, and of the parameters those that
 * the SQL does not name are ignored. An error has SQLite's message and, where known, the `offset` of its place.
 */
export const open = (databaseUrl, { progress = () => {} } = {}) => {
  const parts = { wasm: compile(here("../vendor/queries/sqlite3.wasm")), bytes: download(databaseUrl, progress) };
  const waiting = new Map();
  let worker;
  let count = 0;

  const stop = (reason) => {
    worker?.terminate();
    worker = undefined;
    for (const { reject } of waiting.values()) reject(reason);
    waiting.clear();
  };

  const start = () => {
    const started = new Worker(here("../vendor/queries/worker.js"), { type: "module" });
    started.onmessage = ({ data: { id, result, error } }) => {
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      error ? reject(failure(error)) : resolve(result);
    };
    started.onerror = (event) => stop(new Error(event.message || "The database engine could not be started."));
    for (const [part, coming] of Object.entries(parts)) {
      coming.then((value) => started.postMessage({ part, value })).catch(stop);
    }
    return started;
  };

  worker = start(); // while the database is on its way
  return {
    query: (sql, parameters = {}, limit = 1000) =>
      new Promise((resolve, reject) => {
        const id = ++count;
        waiting.set(id, { resolve, reject });
        worker ??= start();
        worker.postMessage({ id, sql, parameters, limit });
      }),
    cancel: () => stop(new Error("The query was cancelled.")),
  };
};
