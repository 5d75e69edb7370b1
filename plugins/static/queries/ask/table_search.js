// The search in one table, ?_search= and ?_search_COLUMN=: conditions in SQL, parameters, and what they are called.

/**
 * @typedef {import("./addresses.js").Arguments} Arguments
 * @typedef {import("../engine/schema.js").Table} Table
 * @typedef {import("../engine/schema.js").Schema} Schema
 * @typedef {import("./filters.js").Conditions} Conditions
 */

/** @type {Conditions} */
const none = { where: [], parameters: {}, words: [] };

/**
 * @param {Arguments} args
 * @returns {[string, string][]}
 */
const searches = (args) => {
  const names = args.names.filter((name) => name.startsWith("_search") && name !== "_searchmode");
  return names.map((name) => [name, args.get(name)]);
};

/**
 * @param {Arguments} args
 * @param {Table} table
 */
const isRaw = (args, table) => {
  const mode = args.get("_searchmode");
  return ["raw", "escaped"].includes(mode) ? mode === "raw" : table.searchmode === "raw";
};

/**
 * @param {string} text
 * @param {string} index
 * @param {string} pk
 * @param {boolean} raw
 * @param {Schema} schema
 */
const searchAll = (text, index, pk, raw, { escape }) => ({
  where: [
    `${escape(pk)} in (select rowid from ${escape(index)} where ${escape(index)} match ` +
      `${raw ? ":search" : "escape_fts(:search)"})`,
  ],
  parameters: { search: text },
  words: [`search matches "${text}"`],
});

/**
 * @param {[string, string]} argument
 * @param {number} place
 * @param {string} index
 * @param {boolean} raw
 * @param {Schema} schema
 */
const searchColumn = ([name, text], place, index, raw, { escape, tables }) => {
  const column = name.replace("_search_", "");
  if (!tables[index]?.columns.some((other) => other.name === column)) throw new Error("Cannot search by that column");
  const parameter = raw ? `:search_${place}` : `escape_fts(:search_${place})`;
  return {
    where: [`rowid in (select rowid from ${escape(index)} where ${escape(column)} match ${parameter})`],
    parameters: { [`search_${place}`]: text },
    words: [`search column "${column}" matches "${text}"`],
  };
};

/**
 * The conditions of a search; `text` is what the search field shows.
 * @param {Arguments} args
 * @param {Table} table
 * @param {Schema} schema
 * @returns {Conditions & { text?: string }}
 */
export const searchTable = (args, table, schema) => {
  const index = args.get("_fts_table") || table.fts_table;
  const asked = searches(args);
  if (!index || !asked.length) return none;
  const raw = isRaw(args, table);
  if (args.has("_search")) {
    const text = args.get("_search");
    return { ...searchAll(text, index, args.get("_fts_pk") ?? table.fts_pk ?? "rowid", raw, schema), text };
  }
  const columns = asked.map((one, place) => searchColumn(one, place, index, raw, schema));
  return {
    where: columns.flatMap(({ where }) => where),
    parameters: Object.assign({}, ...columns.map(({ parameters }) => parameters)),
    words: columns.flatMap(({ words }) => words),
    text: asked[asked.length - 1][1],
  };
};
