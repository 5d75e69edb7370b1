// Facets: how many rows there are of each value, and the links that choose and drop a value.
import { pairsOf } from "../ask/addresses.js";
import { labelsOf } from "../ask/labels.js";
import { parseJson, textOf } from "../ask/values.js";
import { checkSort, countSources, describeSources } from "./source_facets.js";

const SOURCES = ["source", "source_year", "source_month"];

/**
 * @typedef {import("../ask/addresses.js").Arguments} Arguments
 * @typedef {import("../ask/plan.js").Table} Table
 * @typedef {import("../engine/site.js").Asking} Asking
 * @typedef {{ sql: string, parameters: Record<string, any> }} Rows all of them, as SQL
 * @typedef {{ type: string, column: string, hideable: boolean }} Wanted a facet of a request
 * @typedef {{ name: string, table: Table, search: string, size: number }} Request
 *
 * @typedef {object} Value
 * @property {any} value
 * @property {any} label
 * @property {number} count
 * @property {boolean} selected
 * @property {string} toggle the link that chooses or drops it
 * @property {number} [articles]
 * @property {number} [origins]
 * @property {Source[]} [sources]
 * @property {string} [all] the link to all articles of it
 *
 * @typedef {object} Source an article, with the words that a value rests on
 * @property {any} id
 * @property {any} title
 * @property {any} source
 * @property {string | null} date
 * @property {string} path
 * @property {string | null} text
 * @property {{ context: string, start: number, end: number }} [span]
 *
 * @typedef {object} Facet
 * @property {string} name
 * @property {string} type
 * @property {boolean} hideable
 * @property {boolean} truncated
 * @property {Value[]} results
 * @property {string} toggle the link that takes it away
 * @property {string} [message] why there is none
 */

const configOf = (/** @type {string} */ text) => (text.startsWith("{") ? parseJson(text) : { simple: text });

/**
 * @param {string | Record<string, any>} facet
 * @returns {[type: string, config: any]}
 */
const stated = (facet) => {
  if (typeof facet === "string") return ["column", { simple: facet }];
  const [[type, config]] = Object.entries(facet);
  return [type, typeof config === "string" ? { simple: config } : config];
};

/**
 * Datasette’s own stand there twice where they are there anyway and asked for; those with sources as asked for.
 * @param {Wanted} facet
 * @param {number} place
 * @param {Wanted[]} all
 */
const isLast = ({ type, column }, place, all) =>
  !SOURCES.includes(type) || all.findLastIndex((one) => one.type === type && one.column === column) === place;

/**
 * The facets of a request: those that the table has anyway, then those that are asked for.
 * @param {Arguments} args
 * @param {Table} table
 * @returns {Wanted[]}
 */
export const configured = (args, table) => {
  const columnOf = (/** @type {any} */ config) => config.column ?? config.simple;
  const always = (table.facets ?? [])
    .map(stated)
    .map(([type, config]) => ({ type, column: columnOf(config), hideable: false }));
  const asked = args.names
    .filter((name) => name === "_facet" || name.startsWith("_facet_"))
    .flatMap((name) => args.list(name).map((value) => ({ name, column: columnOf(configOf(value)) })))
    .map(({ name, column }) => ({ type: name.slice("_facet_".length) || "column", column, hideable: true }));
  return [...always, ...asked].filter(isLast);
};

/**
 * @param {Arguments} args
 * @param {Table} table
 * @param {import("../engine/schema.js").Settings} settings
 */
export const sizeOf = (args, table, { default_facet_size, max_returned_rows }) => {
  const sized = (/** @type {string | number} */ size) => (size === "max" ? max_returned_rows : Number(size));
  const asked = args.get("_facet_size") ?? "";
  const given = asked === "max" || /^[0-9]+$/.test(asked) ? asked : table.facet_size;
  return Math.min(given ? sized(given) : default_facet_size, max_returned_rows);
};

/**
 * @typedef {object} Counting how Datasette's own facets are counted
 * @property {string} argument
 * @property {(column: string, rows: string) => string} sql
 * @property {(column: string) => string} filter
 * @property {(value: any) => any} [value]
 */

/** @type {Record<string, Counting>} */
const types = {
  column: {
    argument: "_facet",
    sql: (c, rows) => `select ${c} as value, count(*) as count from (${rows})
      where ${c} is not null group by ${c} order by count desc, value`,
    filter: (column) => (column.startsWith("_") ? `${column}__exact` : column),
  },
  date: {
    argument: "_facet_date",
    sql: (c, rows) => `select date(${c}) as value, count(*) as count from (${rows})
      where date(${c}) is not null group by date(${c}) order by count desc, value`,
    filter: (column) => `${column}__date`,
  },
  array: {
    argument: "_facet_array",
    sql: (c, rows) => `with inner as (${rows}),
      deduped_array_items as (select distinct j.value, inner.* from json_each([inner].${c}) j join inner)
      select value as value, count(*) as count from deduped_array_items
      group by value order by count(*) desc, value`,
    filter: (column) => `${column}__arraycontains`,
    value: textOf,
  },
};

/**
 * @param {string} type
 * @param {string} filter
 * @param {string} text
 * @param {string} search
 */
const isSelected = (type, filter, text, search) => {
  const values = pairsOf(search)
    .filter(([name]) => name === filter)
    .map(([, value]) => value);
  return type === "date" ? values.at(-1) === text : values.includes(text); // of several dates Datasette sees the last
};

/**
 * @param {Wanted} facet
 * @param {Rows} rows
 * @param {Arguments} args
 * @param {Request} request
 * @param {Asking} site
 * @returns {Promise<Facet>}
 */
const count = async ({ type, column, hideable }, rows, args, request, { schema, engine }) => {
  const { argument, sql, filter, value: shown = (/** @type {any} */ value) => value } = types[type];
  const { size, table, search } = request;
  const query = `${sql(schema.escape(column), rows.sql)} limit ${size + 1}`;
  const found = (await engine.query(query, rows.parameters, size + 1)).rows;
  const counted = found.slice(0, size);
  const values = counted.map(([value]) => value);
  const labels = type === "column" ? await labelsOf(values, column, table, schema, engine) : new Map();
  const results = counted.map(([raw, number]) => {
    const [value, text, name] = [shown(raw), textOf(raw), filter(column)];
    const selected = isSelected(type, name, text, search);
    const toggle = selected ? args.removing(name, text) : args.adding([[name, text]]);
    return { value, label: labels.has(raw) ? labels.get(raw) : value, count: number, selected, toggle };
  });
  const toggle = args.removing(argument, column);
  return { name: column, type, hideable, results, truncated: found.length > size, toggle };
};

/**
 * @param {Facet} a
 * @param {Facet} b
 */
const biggest = (a, b) => b.results.length - a.results.length || (a.name < b.name ? 1 : a.name > b.name ? -1 : 0);

const ORDER = [...Object.keys(types), ...SOURCES];

/**
 * Has what the facets need fetched while the database is still on its way.
 * @param {Arguments} args
 * @param {Table} table
 * @param {Pick<Asking, "linked">} site
 */
export const prepareFacets = (args, table, { linked }) => {
  if (configured(args, table).some(({ type }) => SOURCES.includes(type))) describeSources(linked);
};

/**
 * All facets of rows, those with most values first. Datasette's own count from this page on.
 * @param {Rows} rows
 * @param {Rows} everyPage
 * @param {Arguments} args
 * @param {string} search
 * @param {string} name
 * @param {Asking} site
 */
export const facetsOf = async (rows, everyPage, args, search, name, site) => {
  checkSort(args);
  const table = site.schema.tables[name];
  const request = { name, table, search, size: sizeOf(args, table, site.schema.settings) };
  const wanted = configured(args, table).filter(({ type }) => ORDER.includes(type));
  wanted.sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type));
  const countIt = (/** @type {Wanted} */ facet) => {
    const [counting, counted] = SOURCES.includes(facet.type) ? [countSources, everyPage] : [count, rows];
    return counting(facet, counted, args, request, site);
  };
  return (await Promise.all(wanted.map(countIt))).sort(biggest);
};
