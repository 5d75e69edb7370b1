// The answer to SQL with named parameters, a visitor's own or a canned query's.
import { Arguments } from "./addresses.js";

const COMMENT = String.raw`^\s*(?:(?:--.*?\n\s*)|(?:/\*[^]*?\*/)\s*)*\s*`;
const READS = new RegExp(`${COMMENT}(?:explain\\s+(?:query\\s+plan\\s+)?)?(?:select|with)\\b`);
const PRAGMAS =
  "database_list|foreign_key_list|function_list|index_info|index_list|index_xinfo|page_count|max_page_count|" +
  "page_size|schema_version|table_info|table_xinfo";
const PRAGMA = new RegExp(`pragma(?!_(${PRAGMAS}))`);
const NOT_NAMES = [/--.*/g, /\/\*[^]*?\*\//g, /'(?:''|[^'])*'/g, /"(?:""|[^"])*"/g];

/**
 * Throws what Datasette says of SQL that it does not run.
 * @param {string} sql
 */
export const validate = (sql) => {
  const lines = sql.split("\n").filter((line) => !line.trim().startsWith("--"));
  const bare = lines.join("\n").trim().toLowerCase();
  if (!READS.test(bare)) throw new Error("Statement must be a SELECT");
  if (!PRAGMA.test(bare)) return;
  const allowed = PRAGMAS.split("|").map((name) => `pragma_${name}()`);
  throw new Error(`Statement contained a disallowed PRAGMA. Allowed pragma functions are ${allowed.join(", ")}`);
};

export const parametersOf = (/** @type {string} */ sql) => {
  const bare = NOT_NAMES.reduce((text, pattern) => text.replace(pattern, ""), sql);
  return [...bare.matchAll(/:([\p{L}\p{N}_]+)/gu)].map(([, name]) => name);
};

/**
 * Of the answer, `parameters` are what the reader may fill in.
 * @param {string} search
 * @param {import("../engine/site.js").Asking} site
 * @param {import("../engine/schema.js").Query} [canned] without one, the SQL is in the query string
 */
export const answerSql = async (search, { schema, engine }, canned) => {
  const args = new Arguments(search);
  const sql = canned ? canned.sql : (args.get("sql") ?? "");
  if (!canned) validate(sql);
  const names = (canned?.params ?? parametersOf(sql)).filter((name) => !name.startsWith("_"));
  const given = Object.fromEntries(args.names.map((name) => [name, args.get(name)]));
  const parameters = Object.fromEntries(names.map((name) => [name, given[name] ?? ""]));
  const found = await engine.query(sql, { ...given, ...parameters }, schema.settings.max_returned_rows);
  return { ...found, sql, args, parameters };
};
