// The SQL page: a real editor in place of the textarea, names to insert, a link to copy, a query to cancel.
import { connectAids, readSchema } from "./aids.js";
import { connectForm, connectLive, say } from "./form.js";

/** @type {HTMLTextAreaElement | null} */
const textarea = document.querySelector("#sql-editor");

/**
 * What stands for the editor unless it comes.
 * @param {HTMLTextAreaElement} textarea
 * @returns {import("./aids.js").Editor}
 */
const plain = (textarea) => ({
  focus: () => textarea.focus(),
  insert: (text) => textarea.setRangeText(text, textarea.selectionStart, textarea.selectionEnd, "end"),
  select: (start, end) => textarea.setSelectionRange(start, end),
  replace: (text) => {
    textarea.value = text;
  },
});

/**
 * @param {HTMLTextAreaElement} textarea
 * @param {() => void} run
 */
const load = async (textarea, run) => {
  try {
    /** @type {typeof import("./editor.js")} */
    const { openEditor } = await import("../vendor/sql/editor.js");
    return openEditor(textarea, { schema: readSchema(document), run });
  } catch {
    return plain(textarea); // a site that was set up without npm
  }
};

const form = /** @type {HTMLFormElement} */ (document.querySelector("form.sql"));
const isBaked = document.querySelector('link[type="application/vnd.sqlite3"]');
const asked = new URLSearchParams(location.search).get("sql");
if (isBaked && textarea && asked !== null) textarea.value = asked; // before anybody types
const run = connectForm(form);
const loading = textarea ? load(textarea, run) : undefined;
loading?.then((editor) => connectAids(document, editor));
if (!isBaked) connectLive(form);
else
  Promise.all([import("../vendor/sql/local.js"), import("../queries/engine/site.js")]).then(
    ([{ connectLocal }, site]) => connectLocal(form, loading, site),
    () => say(form, "What answers queries here could not be loaded."),
  );
