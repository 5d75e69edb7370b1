// Facets that say according to whom. Their SQL is made in plugins/news_site/facets/ and comes in /-/source-facets.json.
import { queryOf, tildeEncode } from "../ask/addresses.js";
import { isNumber, json, objectsOf, parseJson, textOf } from "../ask/values.js";

export const SHOWN = 5; // articles of a value
const SHOWN_AT_MOST = 1000; // of the value that a reader asks for
const UNITS = ["source_year", "source_month"];
const NUMERIC = ["INT", "REAL", "NUM", "FLO", "DO", "DEC"];

/**
 * @typedef {import("../ask/addresses.js").Arguments} Arguments
 * @typedef {import("../ask/addresses.js").Pair} Pair
 * @typedef {import("../engine/engine.js").Engine} Engine
 * @typedef {import("../engine/site.js").Asking} Asking
 * @typedef {import("./facets.js").Facet} Facet
 *
 * @typedef {{ counts: string, articles: string, sources: string, witness?: string, suggested?: boolean }} Sql of a facet
 * @typedef {Record<string, Record<string, Sql>>} Known by table and facet, what /-/source-facets.json says of a database
 * @typedef {Sql & { kind: string, link: string | null, column: string, type: string }} Way
 * @typedef {{ ids: any[], origins: any[], places: Map<any, number> }} Articles
 */

const NOBODY = (/** @type {string} */ table) =>
  `No foreign keys lead from ${table} to articles, so nobody is known who says this.`;

const splitLink = (/** @type {string} */ column) => {
  const cut = column.lastIndexOf(".");
  return [column.slice(0, cut), column.slice(cut + 1)];
};

/**
 * The SQL of a facet, and of which column of which table. Throws what the reader should know.
 * @param {string} kind
 * @param {string} name
 * @param {string} tableName
 * @param {import("../engine/schema.js").Schema} schema
 * @param {Known} known
 * @returns {Way}
 */
const findWay = (kind, name, tableName, { tables, escape }, known) => {
  const columnOf = (/** @type {string} */ table, /** @type {string} */ column) =>
    tables[table]?.columns.find((one) => one.name === column);
  const here = known[tableName] ?? {};
  const own = columnOf(tableName, name);
  const [other, column] = !own && name.includes(".") ? splitLink(name) : [null, name];
  if (other === null && !own) throw new Error(`${tableName} has no column ${name}.`);
  if (other !== null) {
    if (!columnOf(other, column)) throw new Error(`There is no column ${name}.`);
    if (UNITS.includes(kind)) throw new Error("Dates are counted by year and month in a table’s own columns only.");
    const leads = tables[other].foreign_keys.some((key) => key.other_table === tableName);
    if (!leads) throw new Error(`No foreign key leads from ${other} to ${tableName}.`);
  }
  const sql = (kind === "source" && here[name]) || here[other === null ? kind : `${other}.:column`];
  if (!sql) throw new Error(NOBODY(tableName));
  const fill = (/** @type {string} */ text) => text.replaceAll("[:column]", escape(column));
  const filled = { counts: fill(sql.counts), articles: sql.articles, sources: fill(sql.sources) };
  return { kind, link: other, column, type: own?.type ?? "", witness: sql.witness, ...filled };
};

/**
 * @param {Way} way
 * @param {any} value
 * @returns {Pair}
 */
const filterFor = ({ kind, link, column, type }, value) => {
  if (link !== null) return ["_through", json({ table: link, column, value })];
  if (UNITS.includes(kind)) return [`${column}__startswith`, value];
  const isNumeric = NUMERIC.some((part) => type.toUpperCase().includes(part));
  if (isNumber(value) && !isNumeric) return [`${column}__in`, json([value])];
  const plain = !column.startsWith("_") && !column.includes("__");
  return [plain ? column : `${column}__exact`, textOf(value)];
};

/**
 * @param {Pair} one
 * @param {Pair} pair
 */
const isSame = ([name, text], pair) => {
  if (name !== pair[0]) return false;
  return text === pair[1] || (name === "_through" && json(parseJson(text)) === json(parseJson(pair[1])));
};

/**
 * To the first page of rows.
 * @param {Pair[]} pairs
 */
export const linkTo = (pairs) => {
  const kept = pairs.filter(([name]) => name !== "_next");
  return kept.length ? `?${queryOf(kept)}` : "./";
};

/**
 * @param {Record<string, any>} row
 * @param {string | undefined} table
 */
const pathOf = ({ id, passage, witness }, table) => {
  if (passage === null && table) return `${table}/${tildeEncode(textOf(witness))}/`;
  return `articles/${tildeEncode(textOf(id))}/${passage === null ? "" : `#${passage}`}`;
};

/**
 * @param {Record<string, any>} row
 * @param {string | undefined} table
 * @returns {import("./facets.js").Source}
 */
const sourceOf = (row, table) => {
  const { id, title, source, date, text, start, end, context } = row;
  const span = start === null ? undefined : { context, start, end };
  return { id, title, source, date, path: pathOf(row, table), text: text ?? context, span };
};

/**
 * @param {string} sql
 * @param {Engine} engine
 * @returns {Promise<Articles>}
 */
const readArticles = async (sql, engine) => {
  const { rows } = await engine.query(sql, {}, Infinity);
  const [ids, origins] = rows[0].map((text) => JSON.parse(text));
  return {
    ids,
    origins,
    places: new Map(ids.map((/** @type {any} */ id, /** @type {number} */ place) => [id, place])),
  };
};

/** @type {Promise<Articles> | undefined} */
let articles;

/**
 * All articles in the order of their dates, read once: not where the reader has cancelled that.
 * @param {Way} way
 * @param {Engine} engine
 */
const articlesOf = (way, engine) =>
  (articles ??= readArticles(way.articles, engine).catch((error) => {
    articles = undefined;
    throw error;
  }));

/**
 * Of the articles with these ids, in any order and any number of times, what a facet says.
 * @param {Articles} all
 * @param {any[]} tied
 * @param {number} [most]
 */
export const tellOf = ({ ids, origins, places }, tied, most) => {
  const found = [...new Set(tied.map((id) => places.get(id)))].filter((place) => place !== undefined);
  return {
    articles: found.length,
    origins: new Set(found.map((place) => origins[place]).filter((origin) => origin !== null)).size, // an unknown one is none
    sources: found
      .sort((one, other) => one - other)
      .slice(0, most)
      .map((place) => ids[place]),
  };
};

/**
 * @param {Way} way
 * @param {import("./facets.js").Rows} rows
 * @param {Arguments} args
 * @param {import("./facets.js").Request} request
 * @param {Engine} engine
 * @returns {Promise<Pick<Facet, "results" | "truncated">>}
 */
const countWay = async (way, rows, args, { size }, engine) => {
  const ask = async (/** @type {string} */ sql, /** @type {Record<string, any>} */ choices) => {
    const filled = sql.replaceAll(":rows", () => rows.sql);
    return objectsOf(await engine.query(filled, { ...rows.parameters, ...choices }, Infinity));
  };
  const wanted = args.get("_sources_of") ?? null;
  const order = args.get("_facet_source_sort") || (UNITS.includes(way.kind) ? "value" : "count");
  const counted = (await ask(way.counts, { facet_sort: order, facet_limit: size + 1 })).filter(
    ({ value }) => !(value instanceof Uint8Array),
  );
  const all = await articlesOf(way, engine);
  /** @type {Record<string, any>[]} */
  const found = counted.slice(0, size).map((row) => {
    const most = textOf(row.value) === wanted ? SHOWN_AT_MOST : SHOWN;
    return { ...row, ...tellOf(all, JSON.parse(row.tied), most) };
  });
  const pairs = found.flatMap(({ value, sources }, number) =>
    sources.map((/** @type {any} */ id) => [value, id, number]),
  );
  const sources = await ask(way.sources, { facet_pairs: json(pairs) });
  const others = args.pairs.filter(([name]) => name !== "_sources_of");
  const results = found.map(({ value, label, count, articles, origins }, number) => {
    const pair = filterFor(way, value);
    const chosen = args.pairs.find((one) => isSame(one, pair));
    const shown = sources.filter((source) => source.number === number).map((row) => sourceOf(row, way.witness));
    return {
      value,
      label: label ?? value,
      count,
      articles,
      origins,
      selected: Boolean(chosen),
      toggle: linkTo(chosen ? args.pairs.filter((one) => !isSame(one, chosen)) : [...args.pairs, pair]),
      sources: shown,
      all: shown.length < articles ? linkTo([...others, ["_sources_of", textOf(value)]]) : undefined,
    };
  });
  return { results, truncated: counted.length > size };
};

/** @type {Promise<Record<string, Known>> | undefined} */
let described;

/**
 * What is in /-/source-facets.json, fetched once.
 * @param {Asking["linked"]} linked
 * @returns {Promise<Record<string, Known>>} by database
 */
export const describeSources = (linked) =>
  (described ??= fetch(linked("source-facets")).then((response) => response.json()));

/**
 * Throws what live and static site say of a sort that means nothing.
 * @param {Arguments} args
 */
export const checkSort = (args) => {
  const sort = args.get("_facet_source_sort") || "count";
  if (!["count", "name"].includes(sort)) throw new Error("_facet_source_sort is count or name");
};

/**
 * A facet as the others are, or with a `message` that says why there is none.
 * @param {import("./facets.js").Wanted} wanted
 * @param {import("./facets.js").Rows} rows
 * @param {Arguments} args
 * @param {import("./facets.js").Request} request
 * @param {Asking} site
 * @returns {Promise<Facet>}
 */
export const countSources = async ({ type, column, hideable }, rows, args, request, { schema, engine, linked }) => {
  const known = (await describeSources(linked))[schema.name] ?? {};
  const removed = (/** @type {Pair} */ [name, value]) => name === `_facet_${type}` && value === column;
  const toggle = linkTo(args.pairs.filter((pair) => !removed(pair)));
  const facet = { name: column, type, hideable, toggle, results: [], truncated: false };
  let way;
  try {
    way = findWay(type, column, request.name, schema, known);
  } catch ({ message }) {
    return { ...facet, message };
  }
  return { ...facet, ...(await countWay(way, rows, args, request, engine)) };
};
