// A SQL editor in place of a textarea, made of CodeMirror. `make` bundles it into vendor/sql/editor.js.
import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { sql, SQLite } from "@codemirror/lang-sql";
import { EditorView, keymap } from "@codemirror/view";

export const openEditor = (textarea, schema) =>
  new EditorView({
    doc: textarea.value,
    parent: textarea.parentElement,
    extensions: [
      history(),
      closeBrackets(),
      sql({ dialect: SQLite, schema }),
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
    ],
  });
