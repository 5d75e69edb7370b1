// What is known of a database before it is asked: its tables as Datasette sees them, and how names are written in SQL.

/**
 * What /-/schema.json says.
 *
 * @typedef {{ name: string, type: string, notnull: number }} Column
 * @typedef {{ column: string, other_table: string, other_column: string }} ForeignKey
 * @typedef {{ table: string, column: string, anchor: string, anchor_column: string | null }} Place where rows are read
 * @typedef {object} Table a table or a view, with what metadata.yml states of it
 * @property {string} [title]
 * @property {boolean} view
 * @property {Place} [place] of a table whose rows have no pages of their own
 * @property {Column[]} columns
 * @property {string[]} primary_keys
 * @property {ForeignKey[]} foreign_keys
 * @property {string | null} label_column
 * @property {string | null} fts_table
 * @property {string} [fts_pk]
 * @property {string} [searchmode]
 * @property {string} [sort]
 * @property {string} [sort_desc]
 * @property {string[]} [sortable_columns]
 * @property {number | "max"} [size]
 * @property {(string | Record<string, any>)[]} [facets]
 * @property {number | "max"} [facet_size]
 *
 * @typedef {{ title: string | null, sql: string, params: string[] | null }} Query
 * @typedef {object} Settings
 * @property {number} default_page_size
 * @property {number} max_returned_rows
 * @property {number} default_facet_size
 * @property {number} truncate_cells_html
 *
 * @typedef {object} Described
 * @property {Settings} settings
 * @property {string[]} reserved_words
 * @property {{ campaigns: string, names: string[] }} trackers that append to links: how names begin, and whole ones
 * @property {Record<string, { tables: Record<string, Table>, queries: Record<string, Query> }>} databases
 *
 * @typedef {ReturnType<typeof describe>} Schema what is known of one database
 */
const PLAIN = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * @param {Described} described
 * @param {string} database
 */
export const describe = ({ settings, reserved_words, databases }, database) => {
  const reserved = new Set(reserved_words);
  const doubled = (/** @type {string} */ name) => `"${name.replaceAll('"', '""')}"`;
  const escape = (/** @type {string} */ name) => {
    if (PLAIN.test(name) && !reserved.has(name.toLowerCase())) return name;
    return name.includes("]") ? doubled(name) : `[${name}]`;
  };
  return {
    settings,
    ...databases[database],
    name: database,
    escape,
    /** Always in marks, as filters have it. */
    quote: (/** @type {string} */ name) => (escape(name) === name ? `"${name}"` : escape(name)),
  };
};
