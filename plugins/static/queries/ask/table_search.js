// ?_search=, ?_search_COLUMN=, ?_where= and ?_through=: conditions in SQL, parameters, and what they are called.
import { parseJson, textOf } from "./addresses.js";

const none = { where: [], parameters: {}, words: [] };
const UNCLEAR = '_through takes JSON such as {"table": "name", "column": "name", "value": "of a row"}';

const searches = (args) => {
  const names = args.names.filter((name) => name.startsWith("_search") && name !== "_searchmode");
  return names.map((name) => [name, args.get(name)]);
};

const isRaw = (args, table) => {
  const mode = args.get("_searchmode");
  return ["raw", "escaped"].includes(mode) ? mode === "raw" : table.searchmode === "raw";
};

const searchAll = (text, index, pk, raw, { escape }) => ({
  where: [
    `${escape(pk)} in (select rowid from ${escape(index)} where ${escape(index)} match ` +
      `${raw ? ":search" : "escape_fts(:search)"})`,
  ],
  parameters: { search: text },
  words: [`search matches "${text}"`],
});

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

/** The conditions of a search; `text` is what the search field shows. */
export const search = (args, table, schema) => {
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
    text: asked.at(-1)[1],
  };
};

export const wheres = (args) => ({ ...none, where: args.list("_where") });

const parse = (text) => {
  try {
    return parseJson(text) ?? {};
  } catch {
    return {};
  }
};

const isPlain = (value) => value === null || !["undefined", "object"].includes(typeof value?.valueOf());

// plugins/source_facets.py gives these parameters names of their own, lest they replace those of filters.
const rowsThrough = (text, name, { escape, tables }, place) => {
  const { table, column, value } = parse(text);
  if (typeof table !== "string" || typeof column !== "string" || !isPlain(value)) throw new Error(UNCLEAR);
  const key = tables[table]?.foreign_keys.find((other) => other.other_table === name);
  if (!key) throw new Error("Invalid _through - could not find corresponding foreign key");
  const parameter = `hook1_p${place}`;
  return {
    where:
      `${escape(key.other_column)} in (select ${escape(key.column)} from ${escape(table)} ` +
      `where ${escape(column)} = :${parameter})`,
    parameter: [parameter, value],
    words: `${table}.${column} = "${textOf(value)}"`,
  };
};

/** Rows that rows of another table point to. */
export const through = (args, name, schema) => {
  const found = args.list("_through").map((text, place) => rowsThrough(text, name, schema, place));
  return {
    where: found.map(({ where }) => where),
    parameters: Object.fromEntries(found.map(({ parameter }) => parameter)),
    words: found.map(({ words }) => words),
  };
};
