// Facets that are worth asking for, as Datasette and plugins/news_site/facets/ suggest them for the rows of a request.
import { configured, sizeOf } from "./facets.js";
import { describeSources, linkTo } from "./source_facets.js";

const SAMPLE = 100; // rows that are looked at before a facet with sources is suggested

/**
 * @typedef {(sql: string) => Promise<any[][]>} Ask
 * @typedef {{ type: string, name: string, toggle: string }} Suggestion
 *
 * @typedef {object} Request
 * @property {import("../ask/addresses.js").Arguments} args
 * @property {(name: string) => string} escape
 * @property {number} size
 * @property {Record<string, any> | undefined} known
 * @property {(type: string, column: string) => boolean} has
 * @property {Ask} ask
 */

const isTextArray = (/** @type {string} */ text) => {
  try {
    return JSON.parse(text).every((/** @type {unknown} */ item) => typeof item === "string");
  } catch {
    return false;
  }
};

/**
 * By kind whether a column is worth a facet.
 * @type {Record<string, (column: string, rows: string, request: Request) => Promise<boolean>>}
 */
const worth = {
  async column(c, rows, { ask, size }) {
    const sql = `select ${c} as value, count(*) as n from (${rows}) where value is not null group by value`;
    const found = await ask(`${sql} limit ${size + 1}`);
    return 1 < found.length && found.length <= size && found.some(([, number]) => number > 1);
  },
  async date(c, rows, { ask }) {
    return (await ask(`select date(${c}) from (${rows}) where ${c} glob '????-??-*' limit 100`)).some(([date]) => date);
  },
  async array(c, rows, { ask }) {
    const there = `from (${rows}) where ${c} is not null and ${c} != ''`;
    const types = (await ask(`select distinct json_type(${c}) ${there}`)).map(([type]) => type).join();
    if (!["array", "array,"].includes(types)) return false;
    const arrays = await ask(`select ${c} ${there} and json_array_length(${c}) > 0 limit 100`);
    return arrays.length > 0 && arrays.every(([text]) => isTextArray(text));
  },
};

/**
 * @param {string[]} columns
 * @param {string} rows
 * @param {Request} request
 */
const plainOnes = async (columns, rows, request) => {
  /** @type {Suggestion[]} */
  const found = [];
  for (const type of Object.keys(worth)) {
    const parameter = type === "column" ? "_facet" : `_facet_${type}`;
    for (const name of columns.filter((column) => !request.has(type, column))) {
      const isWorth = await worth[type](request.escape(name), rows, request).catch(() => false); // no JSON, say
      if (isWorth) found.push({ name, type, toggle: request.args.adding([[parameter, name]]) });
    }
  }
  return found;
};

/**
 * @param {string[]} columns
 * @param {string} rows
 * @param {Request} request
 */
const sampleOf = async (columns, rows, { ask, escape }) => {
  const seen = (/** @type {string} */ c) =>
    `count(distinct ${c}), count(${c}), sum(${c} glob '[0-9][0-9][0-9][0-9]-[01][0-9]*')`;
  const listed = columns.map((column) => seen(escape(column))).join(", ");
  const [row] = await ask(`select ${listed} from (select * from (${rows}) limit ${SAMPLE})`);
  return columns.map((name, place) => [name, ...row.slice(3 * place, 3 * place + 3)]);
};

/**
 * @param {string[]} columns
 * @param {string} rows
 * @param {Request} request
 * @returns {Promise<Suggestion[]>}
 */
const sourcedOnes = async (columns, rows, request) => {
  const { known, size, has, args } = request;
  if (!known) return [];
  const sample = await sampleOf(columns, rows, request);
  const across = Object.keys(known).filter((name) => known[name].suggested);
  const isRepeated = (/** @type {any[]} */ [, values, filled, dates]) =>
    !dates && 1 < values && values < filled && values <= size;
  const isDated = (/** @type {any[]} */ [, , filled, dates]) => filled && filled === dates;
  const names = (/** @type {(column: any[]) => boolean} */ isOne) => sample.filter(isOne).map(([name]) => name);
  const wanted = { source: [...names(isRepeated), ...across], source_month: names(isDated) };
  return Object.entries(wanted).flatMap(([type, chosen]) =>
    chosen
      .filter((name) => !has(type, name))
      .map((name) => ({ name, type, toggle: linkTo([...args.pairs, [`_facet_${type}`, name]]) })),
  );
};

/**
 * `rows` is the SQL of all rows with all `columns`.
 * @param {{ rows: string, parameters: Record<string, any>, columns: string[] }} asked
 * @param {import("../ask/addresses.js").Arguments} args
 * @param {string} name
 * @param {import("../engine/site.js").Asking} site
 */
export const suggestionsOf = async ({ rows, parameters, columns }, args, name, { schema, engine, linked }) => {
  if (["_next", "_nofacet", "_nosuggest"].some((one) => args.get(one))) return [];
  const table = schema.tables[name];
  const chosen = configured(args, table);
  /** @type {Request} */
  const request = {
    args,
    escape: schema.escape,
    size: sizeOf(args, table, schema.settings),
    known: ((await describeSources(linked))[schema.name] ?? {})[name],
    has: (type, column) => chosen.some((one) => one.type === type && one.column === column),
    ask: async (sql) => (await engine.query(sql, parameters, Infinity)).rows,
  };
  return [...(await plainOnes(columns, rows, request)), ...(await sourcedOnes(columns, rows, request))];
};
