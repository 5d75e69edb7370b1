// A SQL editor in place of a textarea, made of CodeMirror. `make` bundles it into vendor/sql/editor.js.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { sql } from "@codemirror/lang-sql";
import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { dialect } from "./dialect.js";
import { colours, look } from "./look.js";

/**
 * @typedef {import("@codemirror/state").Range<Decoration>} Mark
 * @typedef {Record<string, string[]>} Schema columns by table
 */

/** @type {import("@codemirror/state").StateEffectType<Mark[]>} */
const setMark = StateEffect.define();

/**
 * The place of an error, until something is typed.
 * @type {StateField<import("@codemirror/view").DecorationSet>}
 */
const marks = StateField.define({
  create: () => Decoration.none,
  update: (marked, transaction) => {
    const effect = transaction.effects.find((one) => one.is(setMark));
    if (effect) return Decoration.set(effect.value);
    return transaction.docChanged ? Decoration.none : marked;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * An error at the end of the query has no characters of its own: the last one is marked.
 * @param {number} start
 * @param {number} end
 * @param {number} length
 */
const markOf = (start, end, length) => {
  const from = Math.min(start, Math.max(length - 1, 0));
  const to = Math.min(Math.max(end, from + 1), length);
  return from < to ? [Decoration.mark({ class: "error" }).range(from, to)] : [];
};

/**
 * Columns of the tables that the query names, wherever a name can stand.
 * @param {Schema} schema
 * @returns {import("@codemirror/autocomplete").CompletionSource}
 */
const columnsOf = (schema) => (context) => {
  const word = context.matchBefore(/(?<![\w.])\w+/);
  if (!word && !context.explicit) return null;
  const named = new Set(context.state.doc.toString().match(/\w+/g));
  const tables = Object.keys(schema).filter((table) => named.has(table));
  const options = tables.flatMap((table) =>
    schema[table].map((label) => ({ label, detail: ` ${table}`, type: "property", boost: 1 })),
  );
  return { from: word?.from ?? context.pos, options, validFor: /^\w*$/ };
};

/** CodeMirror writes its rules into a <style>, which our policy forbids; in a shadow root it adopts a stylesheet. */
const shadowBefore = (/** @type {Element} */ element) => {
  const host = document.createElement("div");
  host.className = "editor";
  element.before(host);
  return host.attachShadow({ mode: "open" });
};

/**
 * What is typed over coloured words the browser would colour itself, with a style attribute, which our policy forbids.
 * @param {InputEvent} event
 * @param {EditorView} view
 */
const typeOver = (event, view) => {
  const { from, to, empty } = view.state.selection.main;
  const { data } = event;
  if (event.inputType !== "insertText" || !data || event.isComposing || empty) return false;
  event.preventDefault();
  const typed = () => view.state.update({ ...view.state.replaceSelection(data), userEvent: "input.type" });
  const handlers = view.state.facet(EditorView.inputHandler); // brackets around what is selected
  if (!handlers.some((handle) => handle(view, from, to, data, typed))) view.dispatch(typed());
  return true;
};

/**
 * @param {HTMLTextAreaElement} textarea
 * @param {Schema} schema
 */
const extensions = (textarea, schema) => [
  lineNumbers(),
  history(),
  bracketMatching(),
  closeBrackets(),
  autocompletion({ icons: false }),
  sql({ dialect, schema }),
  dialect.language.data.of({ autocomplete: columnsOf(schema) }),
  syntaxHighlighting(colours),
  look,
  marks,
  EditorView.lineWrapping,
  EditorView.domEventHandlers({ beforeinput: typeOver }),
  EditorView.contentAttributes.of({ "aria-label": textarea.labels[0].textContent ?? "" }),
  EditorView.updateListener.of(({ docChanged, state }) => {
    if (docChanged) textarea.value = state.doc.toString();
  }),
];

/**
 * Takes the place of a textarea, which stays in the form and holds the same words. Tab leaves it, as everywhere;
 * Ctrl, Cmd or Shift with Enter does `run`.
 * @param {HTMLTextAreaElement} textarea
 * @param {{ schema: Schema, run: () => void }} options
 * @returns {import("./aids.js").Editor}
 */
export const openEditor = (textarea, { schema, run }) => {
  const running = ["Mod-Enter", "Shift-Enter"].map((key) => ({ key, run: () => (run(), true) }));
  const keys = [...running, ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap];
  const root = shadowBefore(textarea);
  const view = new EditorView({
    doc: textarea.value,
    selection: { anchor: textarea.selectionStart, head: textarea.selectionEnd },
    parent: root,
    root,
    extensions: [keymap.of(keys), extensions(textarea, schema)],
  });
  textarea.labels[0].addEventListener("click", () => view.focus());
  if (document.activeElement === textarea) view.focus(); // somebody has begun to type
  textarea.hidden = true;
  const dispatch = (/** @type {import("@codemirror/state").TransactionSpec} */ change) =>
    view.dispatch({ scrollIntoView: true, ...change });
  return {
    focus: () => view.focus(),
    insert: (text) => {
      dispatch(view.state.replaceSelection(text));
      view.focus();
    },
    select: (anchor, head) => dispatch({ selection: { anchor, head } }),
    mark: (start, end) => dispatch({ effects: setMark.of(markOf(start, end, view.state.doc.length)) }),
    replace: (text) => dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
  };
};
