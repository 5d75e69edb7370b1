// A row's words marked in their paragraph, with the way to its article: see plugins/news_site/reading/source_links.py.
import { element } from "./parts.js";

const SPAN = ["text", "start_char", "end_char"];
const CONTEXT = 80; // characters shown before and after the words

/**
 * @typedef {import("../engine/schema.js").Schema} Schema
 * @typedef {import("../engine/engine.js").Engine} Engine
 * @typedef {{ id: string, article: string, text: string }} Paragraph
 */

/**
 * Offsets count characters, of which some are two to JavaScript.
 * @param {string} text
 * @param {number} start
 * @param {number} [end]
 */
const slice = (text, start, end) => Array.from(text).slice(start, end).join("");

const cutBefore = (/** @type {string} */ text) => {
  const letters = Array.from(text);
  if (letters.length <= CONTEXT) return text;
  const kept = letters.slice(-CONTEXT).join("");
  const space = kept.indexOf(" ");
  return `…${space >= 0 && space < kept.length - 1 ? kept.slice(space) : kept}`;
};

const cutAfter = (/** @type {string} */ text) => {
  const letters = Array.from(text);
  if (letters.length <= CONTEXT) return text;
  const kept = letters.slice(0, CONTEXT).join("");
  const space = kept.lastIndexOf(" ");
  return `${space > 0 ? kept.slice(0, space + 1) : kept}…`;
};

/**
 * @param {(Node | string)[]} content
 * @param {Paragraph} paragraph
 * @param {string} root
 */
const linked = (content, { id, article }, root) => {
  const target = element("a", { class: "in-article", href: `${root}articles/${article}/#${id}` }, "in the article");
  return element("span", { class: "words" }, ...content, " ", target);
};

/**
 * The words between two offsets, marked, with some of what stands around them.
 * @param {string} paragraph
 * @param {number} start
 * @param {number} end
 */
export const wordsIn = (paragraph, start, end) => {
  const [before, words, after] = [slice(paragraph, 0, start), slice(paragraph, start, end), slice(paragraph, end)];
  return [cutBefore(before), element("mark", {}, words), cutAfter(after)];
};

/**
 * @param {string} paragraph
 * @param {any} start
 * @param {any} end
 * @param {any} text
 */
const marked = (paragraph, start, end, text) => {
  const isSpan = [start, end].every(Number.isInteger) && 0 <= start && start < end;
  if (!isSpan || slice(paragraph, start, end) !== text) return undefined;
  return wordsIn(paragraph, start, end);
};

/**
 * @param {Engine} engine
 * @param {string} sql
 * @param {any[]} ids
 */
const ask = async (engine, sql, ids) => {
  const listed = JSON.stringify([...new Set(ids.filter((id) => typeof id === "string"))]);
  return (await engine.query(sql, { ids: listed }, ids.length)).rows;
};

/**
 * @param {Schema} schema
 * @param {string} table
 * @param {string} column
 */
const hasColumn = (schema, table, column) => schema.tables[table]?.columns.some(({ name }) => name === column);

/**
 * For each row the id in its own paragraph_id, else in that of the row which its foreign key leads to.
 * @param {any[][]} rows
 * @param {string[]} columns
 * @param {string | undefined} name
 * @param {{ schema: Schema, engine: Engine }} site
 */
const paragraphIds = async (rows, columns, name, { schema, engine }) => {
  const values = (/** @type {string} */ column) => rows.map((row) => row[columns.indexOf(column)]);
  if (name === "paragraphs") return values("id");
  if (columns.includes("paragraph_id")) return values("paragraph_id");
  const keys = (name && schema.tables[name]?.foreign_keys) || [];
  const key = keys.find(({ other_table }) => hasColumn(schema, other_table, "paragraph_id"));
  if (!key || !columns.includes(key.column)) return [];
  const from = schema.escape(key.other_table);
  const sql = `select id, paragraph_id from ${from} where id in (select value from json_each(:ids))`;
  const found = new Map((await ask(engine, sql, values(key.column))).map(([id, paragraph]) => [id, paragraph]));
  return values(key.column).map((id) => found.get(id));
};

/**
 * For each row what to show for its text, or undefined. `root` leads to the database's pages.
 * @param {any[][]} rows
 * @param {string[]} columns
 * @param {string | undefined} name of the table, if the rows are those of one
 * @param {{ schema: Schema, engine: Engine }} site
 * @param {string} root
 */
export const wordsOf = async (rows, columns, name, site, root) => {
  if (!rows.length || !SPAN.every((column) => columns.includes(column))) return [];
  if (!hasColumn(site.schema, "paragraphs", "article_id")) return [];
  const ids = await paragraphIds(rows, columns, name, site);
  const sql = "select id, article_id, text from paragraphs where id in (select value from json_each(:ids))";
  const found = await ask(site.engine, sql, ids);
  const paragraphs = new Map(found.map(([id, article, text]) => [id, { id, article, text }]));
  const places = SPAN.map((column) => columns.indexOf(column));
  return rows.map((row, index) => {
    const paragraph = paragraphs.get(ids[index]);
    if (!paragraph) return undefined;
    const [text, start, end] = places.map((place) => row[place]);
    const content = name === "paragraphs" ? [text] : marked(paragraph.text, start, end, text);
    return content && linked(content, paragraph, root);
  });
};
