// The SQL page of the static site: the visitor's browser answers, and the page stays where it is.
import { answer } from "../queries/answer/answer.js";
import { parametersOf } from "../queries/ask/sql.js";
import { drop } from "../queries/show/parts.js";
import { connectPlace } from "./aids.js";
import { answerOf, becomeQuery, showFields } from "./answer.js";
import { part, say, searchOf, showRunning } from "./form.js";
import { errorOf } from "./place.js";

const CANCELLED = "The query was cancelled.";

/**
 * @typedef {import("./aids.js").Editor} Editor
 * @typedef {import("../queries/engine/site.js").Site} Site
 */

const anchorOf = (/** @type {HTMLFormElement} */ form) => form.closest(".ask") ?? form.closest(".asking") ?? form;

/**
 * @param {HTMLFormElement} form
 * @param {Error & { offset?: number }} error
 * @param {string | undefined} sql
 * @param {Editor | undefined} editor
 */
const showError = (form, error, sql, editor) => {
  const made = errorOf(error, editor ? sql : undefined);
  anchorOf(form).before(made);
  const place = /** @type {HTMLElement | null} */ (made.querySelector(".place"));
  if (place && editor) connectPlace(place, editor);
};

const sqlOf = (/** @type {string} */ search) => new URLSearchParams(search).get("sql") ?? "";

/**
 * @param {HTMLFormElement} form
 * @param {string} search
 */
const takeParameters = (form, search) => {
  const link = part(form, "edit");
  if (!link) return;
  const url = new URL(link.href);
  for (const [name, value] of new URLSearchParams(search)) url.searchParams.set(name, value);
  link.href = url;
};

/**
 * Fills the form with what the address asks; on the page of the database, the reader's own query stays as it is.
 * @param {HTMLFormElement} form
 * @param {Editor | undefined} editor
 * @param {string} search
 */
const fill = (form, editor, search) => {
  const args = new URLSearchParams(search);
  if (!editor) {
    /** @type {NodeListOf<HTMLInputElement>} */
    const inputs = form.querySelectorAll("input[name]");
    for (const input of inputs) input.value = args.get(input.name) ?? "";
    takeParameters(form, search);
    return undefined;
  }
  const sql = sqlOf(search);
  showFields(part(form, "parameters"), [...new Set(parametersOf(sql))], args);
  if (document.body.matches(".database")) becomeQuery();
  return sql;
};

/**
 * @param {HTMLFormElement} form
 * @param {Editor | undefined} editor
 * @param {Element[] | Error} shown
 * @param {string | undefined} sql
 */
const show = (form, editor, shown, sql) => {
  drop("main > .rows, main > #chart-rows, main > .nothing, main > .error");
  if (!(shown instanceof Error)) {
    anchorOf(form).after(...shown);
    const rows = shown[shown.length - 1];
    say(form, (rows.querySelector("h2") ?? rows).textContent); // the rows may stand below what is seen, or be heard
  } else if (shown.message === CANCELLED) say(form, "Cancelled.");
  else showError(form, shown, sql, editor);
};

/**
 * @param {HTMLFormElement} form
 * @param {Promise<Editor> | undefined} loading gives the editor; undefined on the page of a canned query
 * @param {typeof import("../queries/engine/site.js")} site
 */
export const connectLocal = async (form, loading, { openSite, here }) => {
  const root = loading ? "./" : "../";
  /** @type {Promise<Site> | undefined} */
  let opened;
  let turn = 0;
  let running = false;

  // ?_show_hidden=1 asks the page of the database for nothing that it could show
  const isAsked = () => (loading ? new URLSearchParams(location.search).has("sql") : location.search !== "");

  const open = async () => {
    const site = await openSite((bytes) => say(form, `Fetching the database … ${bytes >> 10} kB`));
    await site.engine.query("select 1"); // so that only the query is timed
    return site;
  };

  const opening = () => {
    opened ??= open();
    opened.catch(() => (opened = undefined)); // the next run tries again
    return opened;
  };

  if (isAsked()) opening(); // while the editor is on its way
  const editor = await loading;

  const ask = async (/** @type {string} */ search) => {
    const site = await opening();
    say(form, "Running …");
    const begin = performance.now();
    const found = await answer(here(), search, site);
    if (found?.kind !== "sql") throw new Error("There is nothing here that can be asked.");
    return answerOf(found, performance.now() - begin, { ...site, schema: found.schema }, root);
  };

  const stop = async () => {
    const site = running ? await opened?.catch(() => undefined) : undefined;
    if (running) site?.engine.cancel();
  };

  const run = async (/** @type {string} */ search) => {
    const mine = ++turn;
    const sql = fill(form, editor, search); // before anything has to be waited for: what is typed meanwhile stays
    await stop();
    showRunning(form, (running = true));
    const shown = await ask(search).catch((error) => error);
    if (mine !== turn) return; // another query has been asked meanwhile
    showRunning(form, (running = false));
    show(form, editor, shown, sql);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const search = searchOf(form);
    if (search !== location.search) history.pushState(null, "", search);
    run(search);
  });
  part(form, "cancel").addEventListener("click", stop);
  addEventListener("popstate", () => {
    if (!isAsked()) return location.reload();
    editor?.replace(sqlOf(location.search));
    return run(location.search);
  });
  if (isAsked()) run(location.search);
};
