// SQLite's words for asking, to be highlighted and completed; those that write have no place here.
import { SQLDialect } from "@codemirror/lang-sql";

const keywords = `all and as asc between by case cast collate cross current_date desc distinct else end escape except
  exists explain filter first following from full glob group groups having in inner intersect is isnull join last left
  like limit match natural not notnull null nulls offset on or order outer over partition plan preceding query range
  recursive regexp right row rows select then unbounded union using values when where window with`;
const functions = `abs avg bm25 ceil char coalesce concat count date datetime dense_rank first_value floor format
  group_concat highlight hex ifnull iif instr json_array json_each json_extract json_group_array json_object julianday
  lag last_value lead length lower ltrim max min nullif printf rank replace round row_number rtrim sign snippet strftime
  substr sum time total trim typeof unicode upper`;

const oneLine = (/** @type {string} */ words) => words.replaceAll(/\s+/g, " ");

export const dialect = SQLDialect.define({
  keywords: oneLine(keywords),
  builtin: oneLine(functions),
  types: "any blob integer numeric real text",
  operatorChars: "*+-%<>!=&|/~",
  identifierQuotes: '`"',
  specialVar: "@:?$",
});
