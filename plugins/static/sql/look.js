// The editor's colours and sizes: those of the site's stylesheet, which reach into it as variables.
import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--link)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--agree)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--differ)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);

export const look = EditorView.theme({
  "&": { color: "var(--ink)", fontSize: "0.875rem" },
  "&.cm-focused": { outline: "3px solid var(--link)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", maxHeight: "26rem" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.5rem 0", minHeight: "7rem" },
  ".cm-gutters": { background: "none", border: "0", color: "var(--soft)" },
  ".error": { textDecoration: "underline wavy var(--oppose) 2px", background: "var(--target)" },
  "&.cm-focused .cm-matchingBracket": { background: "var(--target)" },
  ".cm-tooltip": { background: "var(--paper)", border: "1px solid var(--soft)", color: "var(--ink)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "14rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.15rem 0.6rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--link)", color: "var(--paper)" },
  ".cm-completionDetail": { color: "inherit", opacity: "0.8" },
});
