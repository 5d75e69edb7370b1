// Datasette itself, in Python compiled to WASM, as Datasette Lite runs it.
// @ts-expect-error -- make puts it beside this file
import { loadPyodide } from "./pyodide/pyodide.mjs";

const ASK = `
from datasette.app import Datasette

datasette = Datasette(["news.db"], settings={"num_sql_threads": 0})
await datasette.invoke_startup()
(await datasette.client.get(path)).text
`;

const load = async (/** @type {string} */ file) => new Uint8Array(await (await fetch(file)).arrayBuffer());

onmessage = async ({ data: path }) => {
  const [python, packages, database] = await Promise.all([loadPyodide(), load("packages.zip"), load("../news.db")]);
  python.unpackArchive(packages, "zip"); // where Python starts is looked into first
  python.FS.writeFile("news.db", database);
  python.globals.set("path", path);
  postMessage(await python.runPythonAsync(ASK));
};
