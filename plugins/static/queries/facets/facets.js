// Facets: how many rows there are of each value, and the links that choose and drop a value.
import { pairsOf } from "../ask/addresses.js";
import { labelsOf } from "../ask/labels.js";
import { parseJson, textOf } from "../ask/values.js";
import { checkSort, countSources, describeSources } from "./source_facets.js";

const SOURCES = ["source", "source_year", "source_month"];

const configOf = (text) => (text.startsWith("{") ? parseJson(text) : { simple: text });

const stated = (facet) => {
  if (typeof facet === "string") return ["column", { simple: facet }];
  const [[type, config]] = Object.entries(facet);
  return [type, typeof config === "string" ? { simple: config } : config];
};

/** Datasette’s own stand there twice where they are there anyway and asked for; those with sources as asked for. */
const isLast = ({ type, column }, place, all) =>
  !SOURCES.includes(type) || all.findLastIndex((one) => one.type === type && one.column === column) === place;

/** The facets of a request: those that the table has anyway, then those that are asked for. */
export const configured = (args, table) => {
  const always = (table.facets ?? []).map(stated).map(([type, config]) => ({ type, config, hideable: false }));
  const asked = args.names
    .filter((name) => name === "_facet" || name.startsWith("_facet_"))
    .flatMap((name) => args.list(name).map((value) => [name.slice("_facet_".length) || "column", configOf(value)]))
    .map(([type, config]) => ({ type, config, hideable: true }));
  const named = ({ config, ...facet }) => ({ ...facet, column: config.column ?? config.simple });
  return [...always, ...asked].map(named).filter(isLast);
};

export const sizeOf = (args, table, { default_facet_size, max_returned_rows }) => {
  const sized = (size) => (size === "max" ? max_returned_rows : Number(size));
  const asked = args.get("_facet_size") ?? "";
  const given = asked === "max" || /^[0-9]+$/.test(asked) ? asked : table.facet_size;
  return Math.min(given ? sized(given) : default_facet_size, max_returned_rows);
};

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

const isSelected = (type, filter, text, search) => {
  const values = pairsOf(search).filter(([name]) => name === filter).map(([, value]) => value);
  return type === "date" ? values.at(-1) === text : values.includes(text); // of several dates Datasette sees the last
};

const count = async ({ type, column, hideable }, rows, args, request, { schema, engine }) => {
  const { argument, sql, filter, value: shown = (value) => value } = types[type];
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

const biggest = (a, b) => b.results.length - a.results.length || (a.name < b.name ? 1 : a.name > b.name ? -1 : 0);

const ORDER = [...Object.keys(types), ...SOURCES];

/** Has what the facets need fetched while the database is still on its way. */
export const prepareFacets = (args, table, { linked }) => {
  if (configured(args, table).some(({ type }) => SOURCES.includes(type))) describeSources(linked);
};

/** All facets of rows ({sql, parameters}), those with most values first. Datasette's own count from this page on. */
export const facetsOf = async (rows, everyPage, args, search, name, site) => {
  checkSort(args);
  const table = site.schema.tables[name];
  const request = { name, table, search, size: sizeOf(args, table, site.schema.settings) };
  const wanted = configured(args, table).filter(({ type }) => ORDER.includes(type));
  wanted.sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type));
  const countIt = (facet) => {
    const [counting, counted] = SOURCES.includes(facet.type) ? [countSources, everyPage] : [count, rows];
    return counting(facet, counted, args, request, site);
  };
  return (await Promise.all(wanted.map(countIt))).sort(biggest);
};
