// The SQL page of the static site: the visitor's browser answers, and the page stays where it is.
import { answer } from "../queries/answer/answer.js";
import { parametersOf } from "../queries/ask/sql.js";
import { connectPlace } from "./aids.js";
import { answerOf, becomeQuery, showFields } from "./answer.js";
import { part, say, showRunning } from "./form.js";
import { errorOf } from "./place.js";

const CANCELLED = "The query was cancelled.";

const drop = (selector) => document.querySelectorAll(selector).forEach((found) => found.remove());

const anchorOf = (form) => form.closest(".ask") ?? form.closest(".asking") ?? form;

const showError = (form, error, sql, editor) => {
  const made = errorOf(error, editor && sql);
  anchorOf(form).before(made);
  const place = made.querySelector(".place");
  if (place) connectPlace(place, editor);
};

const sqlOf = (search) => new URLSearchParams(search).get("sql") ?? "";

const takeParameters = (form, search) => {
  const link = form.querySelector("[data-edit]");
  if (!link) return;
  const url = new URL(link.href);
  for (const [name, value] of new URLSearchParams(search)) url.searchParams.set(name, value);
  link.href = url;
};

/** Fills the form with what the address asks; on the page of the database, the reader's own query stays as it is. */
const fill = (form, editor, search) => {
  const args = new URLSearchParams(search);
  if (!editor) {
    for (const input of form.querySelectorAll("input[name]")) input.value = args.get(input.name) ?? "";
    takeParameters(form, search);
    return undefined;
  }
  const sql = sqlOf(search);
  showFields(part(form, "parameters"), [...new Set(parametersOf(sql))], args);
  if (document.body.matches(".database")) becomeQuery();
  return sql;
};

const show = (form, editor, shown, sql) => {
  drop("main > .rows, main > #chart-rows, main > .nothing, main > .error");
  if (shown.message === CANCELLED) say(form, "Cancelled.");
  else if (shown instanceof Error) showError(form, shown, sql, editor);
  else {
    anchorOf(form).after(...shown);
    const rows = shown.at(-1);
    say(form, (rows.querySelector("h2") ?? rows).textContent); // the rows may stand below what is seen, or be heard
  }
};

/** `loading` gives the editor; undefined on the page of a canned query. `openSite` and `here` are those of queries/site.js. */
export const connectLocal = async (form, loading, { openSite, here }) => {
  const root = loading ? "./" : "../";
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

  const ask = async (search) => {
    const site = await opening();
    say(form, "Running …");
    const begin = performance.now();
    const found = await answer(here(), search, site);
    return answerOf(found, performance.now() - begin, { ...site, schema: found.schema }, root);
  };

  const stop = async () => {
    const site = running && (await opened.catch(() => undefined));
    if (running) site?.engine.cancel();
  };

  const run = async (search) => {
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
    const search = `?${new URLSearchParams(new FormData(form))}`;
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
