// Opens a database in a worker of its own: SQL goes in, rows come out, and a query can be cancelled.
const MOST = 700_000; // of the 880,000 bytes of SQLite

const WASM = new URL("../../vendor/queries/engine/sqlite3.wasm", import.meta.url);
const WORKER = new URL("../../vendor/queries/engine/worker.js", import.meta.url);

/** `counted` is told how many bytes have come. */
const counting = (body, counted) => {
  let loaded = 0;
  const transform = (chunk, onward) => {
    onward.enqueue(chunk);
    counted((loaded += chunk.length));
  };
  return body.pipeThrough(new TransformStream({ transform }));
};

// It is compiled as it comes, whatever media type the host gives it.
const compile = async (url, counted) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const headers = { "content-type": "application/wasm" };
  return WebAssembly.compileStreaming(new Response(counting(response.body, counted), { headers }));
};

const download = async (url, progress) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error("This page is of an earlier edition; reload it to get the present one.");
  return new Response(counting(response.body, progress)).arrayBuffer();
};

// Both at once would come at once: SQLite gets a start, in which it readies itself while the database comes.
const fetchParts = (databaseUrl, progress) => {
  let wasm;
  const most = new Promise((resolve) => {
    wasm = compile(WASM, (loaded) => loaded > MOST && resolve());
  });
  return { wasm, bytes: Promise.race([most, wasm]).then(() => download(databaseUrl, progress)) };
};

const failure = ({ message, offset }) => Object.assign(new Error(message), { offset });

/**
 * `progress` is told how many bytes of the database have come.
 * `query(sql, parameters, limit)` gives {columns, rows, truncated}: rows are arrays, and of the parameters those that
 * the SQL does not name are ignored. An error has SQLite's message and, where known, the `offset` of its place.
 */
export const open = (databaseUrl, { progress = () => {} } = {}) => {
  const parts = fetchParts(databaseUrl, progress);
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
    const started = new Worker(WORKER, { type: "module" });
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
