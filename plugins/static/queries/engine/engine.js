// Opens a database in a worker of its own: SQL goes in, rows come out, and a query can be cancelled.
const MOST = 700_000; // of the 880,000 bytes of SQLite

const WASM = new URL("../../vendor/queries/engine/sqlite3.wasm", import.meta.url);
const WORKER = new URL("../../vendor/queries/engine/worker.js", import.meta.url);

/**
 * @typedef {{ columns: string[], rows: any[][], truncated: boolean }} Found rows are arrays
 * @typedef {(bytes: number) => void} Counted is told how many bytes have come
 * @typedef {ReturnType<typeof open>} Engine
 */

/**
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} body
 * @param {Counted} counted
 */
const counting = (body, counted) => {
  let loaded = 0;
  /** @type {Transformer<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>["transform"]} */
  const transform = (chunk, onward) => {
    onward.enqueue(chunk);
    counted((loaded += chunk.length));
  };
  return body.pipeThrough(new TransformStream({ transform }));
};

/**
 * It is compiled as it comes, whatever media type the host gives it.
 * @param {URL} url
 * @param {Counted} counted
 */
const compile = async (url, counted) => {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}`);
  const headers = { "content-type": "application/wasm" };
  return WebAssembly.compileStreaming(new Response(counting(response.body, counted), { headers }));
};

/**
 * @param {string} url
 * @param {Counted} progress
 */
const download = async (url, progress) => {
  const response = await fetch(url);
  if (!response.ok || !response.body)
    throw new Error("This page is of an earlier edition; reload it to get the present one.");
  return new Response(counting(response.body, progress)).arrayBuffer();
};

/**
 * Both at once would come at once: SQLite gets a start, in which it readies itself while the database comes.
 * @param {string} databaseUrl
 * @param {Counted} progress
 */
const fetchParts = (databaseUrl, progress) => {
  /** @type {(value?: unknown) => void} */
  let arrive = () => {};
  const most = new Promise((resolve) => {
    arrive = resolve;
  });
  const wasm = compile(WASM, (loaded) => loaded > MOST && arrive());
  return { wasm, bytes: Promise.race([most, wasm]).then(() => download(databaseUrl, progress)) };
};

const failure = (/** @type {{ message: string, offset?: number }} */ { message, offset }) =>
  Object.assign(new Error(message), { offset });

/**
 * Of the parameters of a query those that the SQL does not name are ignored. An error has SQLite's message and, where
 * known, the `offset` of its place.
 * @param {string} databaseUrl
 * @param {{ progress?: Counted }} options
 */
export const open = (databaseUrl, { progress = () => {} } = {}) => {
  const parts = fetchParts(databaseUrl, progress);
  /** @type {Map<number, { resolve: (found: Found) => void, reject: (reason: Error) => void }>} */
  const waiting = new Map();
  /** @type {Worker | undefined} */
  let worker;
  let count = 0;

  const stop = (/** @type {Error} */ reason) => {
    worker?.terminate();
    worker = undefined;
    for (const { reject } of waiting.values()) reject(reason);
    waiting.clear();
  };

  const start = () => {
    const started = new Worker(WORKER, { type: "module" });
    started.onmessage = ({ data: { id, result, error } }) => {
      const asked = waiting.get(id);
      waiting.delete(id);
      error ? asked?.reject(failure(error)) : asked?.resolve(result);
    };
    started.onerror = (event) => stop(new Error(event.message || "The database engine could not be started."));
    for (const [part, coming] of Object.entries(parts)) {
      coming.then((value) => started.postMessage({ part, value })).catch(stop);
    }
    return started;
  };

  worker = start(); // while the database is on its way
  return {
    /**
     * @param {string} sql
     * @param {Record<string, any>} parameters
     * @returns {Promise<Found>}
     */
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
