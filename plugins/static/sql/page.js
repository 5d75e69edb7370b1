// The SQL page: a real editor in place of the textarea, names to insert, a link to copy, a query to cancel.
import { connectAids, readSchema } from "./aids.js";
import { connectForm } from "./form.js";

const textarea = document.querySelector("#sql-editor");

/** What stands for the editor until, and unless, it comes. */
const plain = {
  focus: () => textarea.focus(),
  insert: (text) => textarea.setRangeText(text, textarea.selectionStart, textarea.selectionEnd, "end"),
  select: (start, end) => textarea.setSelectionRange(start, end),
};

const load = async (run) => {
  try {
    const { openEditor } = await import("../vendor/sql/editor.js");
    return openEditor(textarea, { schema: readSchema(document), run });
  } catch {
    return plain; // a site that was set up without npm
  }
};

const run = connectForm(document.querySelector("form.sql"));
if (textarea) connectAids(document, await load(run));
