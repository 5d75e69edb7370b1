// Which values of an answer name a row, as plugins/news_site/sql/row_links.py finds them.
import { tildeEncode } from "../queries/ask/addresses.js";
import { textOf } from "../queries/ask/values.js";

const NOT_NAMES = /'(?:[^']|'')*'|--[^\n]*|\/\*[^]*?\*\//g;
const ASKED = /\b(?:from|join)\s+["[`]?(\w+)/gi;

const keyOf = (table) => (table.primary_keys.length === 1 ? table.primary_keys[0] : undefined);

/** The one table that all foreign keys of each name point to. */
const pointedTo = (tables) => {
  const pointed = {};
  for (const { foreign_keys } of Object.values(tables)) {
    for (const { column, other_table } of foreign_keys) (pointed[column] ??= new Set()).add(other_table);
  }
  const single = Object.entries(pointed).filter(([, others]) => others.size === 1);
  return Object.fromEntries(single.map(([column, [other]]) => [column, other]));
};

/** The table that each column of an answer leads to; the key of a table that alone is asked leads to this table. */
export const targetsOf = (sql, { tables }) => {
  const targets = pointedTo(tables);
  const asked = new Set(Array.from(sql.replace(NOT_NAMES, " ").matchAll(ASKED), ([, name]) => name.toLowerCase()));
  const [alone] = asked;
  const table = asked.size === 1 && Object.hasOwn(tables, alone) ? tables[alone] : undefined;
  if (table && !table.view && keyOf(table)) targets[keyOf(table)] = alone;
  return targets;
};

const findExisting = async (values, name, { schema, engine }) => {
  const listed = JSON.stringify([...new Set(values.filter((value) => typeof value === "string"))]);
  const [key, table] = [keyOf(schema.tables[name]), name].map(schema.escape);
  const sql = `select ${key} from ${table} where ${key} in (select value from json_each(:listed))`;
  const { rows } = await engine.query(sql, { listed }, values.length);
  return new Set(rows.map(([value]) => value));
};

/** What gives the address of a value in a column, or undefined; `root` leads to the database's pages. */
export const rowLinks = async ({ columns, rows, sql }, site, root) => {
  const targets = targetsOf(sql, site.schema);
  const existing = await Promise.all(
    columns.map((column, place) =>
      Object.hasOwn(targets, column) && keyOf(site.schema.tables[targets[column]])
        ? findExisting(rows.map((row) => row[place]), targets[column], site)
        : new Set(),
    ),
  );
  return (value, place) =>
    existing[place].has(value) ? `${root}${tildeEncode(targets[columns[place]])}/${tildeEncode(textOf(value))}/` : undefined;
};
