// A declared chart with an address's parameters, as in plugins/news_site/charts/: rows, words, links, specification.
import { Arguments, queryOf, tildeEncode } from "../ask/addresses.js";
import { parametersOf } from "../ask/sql.js";
import { figures, isWhole, objectsOf, textOf } from "../ask/values.js";

/**
 * What /-/charts.json says of a chart, and of how charts are drawn.
 *
 * @typedef {{ table: string, filters: Record<string, string> }} Link
 * @typedef {object} Chart
 * @property {string} name
 * @property {string} title
 * @property {string} sql
 * @property {string} takeaway
 * @property {string | null} takeaway_sql
 * @property {string | null} database
 * @property {string | null} panels
 * @property {string} label
 * @property {Link | null} link
 * @property {string} source
 * @property {Record<string, string>} columns
 * @property {{ wide: Spec, narrow: Spec }} spec
 *
 * @typedef {Record<string, any>} Spec Vega-Lite
 * @typedef {object} Drawing
 * @property {string} host
 * @property {string} font
 * @property {string} paper
 * @property {number} most_rows
 * @property {number} longest
 * @property {string} unprintable
 * @property {string[]} drawn
 * @property {string[]} kept
 * @property {[string, string][]} defaults
 * @property {string[]} nothing
 * @property {string} silent
 * @property {number} around
 *
 * @typedef {Record<string, any>} Row
 * @typedef {Awaited<ReturnType<typeof answerChart>>} Answer
 * @typedef {Pick<import("../engine/site.js").Asking, "root" | "engine" | "schema">} Asking
 */

const wordsOf = (/** @type {any} */ value) => (isWhole(value) ? figures(value) : textOf(value ?? ""));

/**
 * @param {string} template
 * @param {Row} row
 * @param {Drawing} drawing
 */
const fill = (template, row, { unprintable }) => {
  const filled = template.replace(/\{([\p{L}\p{N}_]+)\}/gu, (_, column) => wordsOf(row[column]));
  return filled.replace(new RegExp(unprintable, "gu"), "\ufffd");
};

/**
 * The columns that readers see, with their headings.
 * @param {Chart} chart
 * @param {string[]} columns
 */
export const shownColumns = ({ columns: stated }, columns) =>
  Object.keys(stated).length ? stated : Object.fromEntries(columns.map((name) => [name, name.replaceAll("_", " ")]));

/**
 * @param {Chart} chart
 * @param {Row} row
 * @param {Drawing} drawing
 */
const labelOf = (chart, row, drawing) => {
  if (chart.label) return fill(chart.label, row, drawing);
  const shown = Object.entries(shownColumns(chart, Object.keys(row)));
  return shown.map(([column, heading]) => `${heading}: ${textOf(row[column])}`).join(", ");
};

/**
 * The address of the rows that a mark counts; that of the row itself if they are named by their id.
 * @param {Link} link
 * @param {Row} row
 * @param {Asking} site
 */
const linkOf = ({ table, filters }, row, { root, schema }) => {
  const page = new URL(`${tildeEncode(schema.name)}/${tildeEncode(table)}/`, root).href;
  if (Object.keys(filters).join() === "id") {
    const id = row[filters.id];
    return id === null ? undefined : `${page}${tildeEncode(textOf(id))}/`;
  }
  /** @type {(filter: [string, string]) => import("../ask/addresses.js").Pair} */
  const filterOf = ([column, source]) =>
    row[source] === null ? [`${column.split("__")[0]}__isnull`, 1] : [column, row[source]];
  return `${page}?${queryOf(Object.entries(filters).map(filterOf))}`;
};

/**
 * @param {string} sql
 * @param {Record<string, string>} parameters
 * @param {number} most
 * @param {Asking["engine"]} engine
 */
const ask = async (sql, parameters, most, engine) => {
  const { columns, rows, truncated } = await engine.query(sql, parameters, most);
  if (truncated) throw new Error(`Its SQL gives more than ${most} rows, too many for a chart. Add a limit.`);
  return { columns, rows: objectsOf({ columns, rows }) };
};

/**
 * @param {Chart} chart
 * @param {Drawing} drawing
 * @param {string} search
 * @param {Asking} site
 */
export const answerChart = async (chart, drawing, search, site) => {
  const args = new Arguments(search);
  const parameters = Object.fromEntries(parametersOf(chart.sql).map((name) => [name, args.get(name) ?? ""]));
  const { columns, rows } = await ask(chart.sql, parameters, drawing.most_rows, site.engine);
  const told = chart.takeaway_sql
    ? (await ask(chart.takeaway_sql, parameters, drawing.most_rows, site.engine)).rows
    : rows;
  return {
    columns,
    rows,
    parameters,
    urls: rows.map((row) => (chart.link ? linkOf(chart.link, row, site) : undefined)),
    labels: rows.map((row) => labelOf(chart, row, drawing)),
    takeaway: told.length
      ? fill(chart.takeaway || chart.title, told[0], drawing)
      : "There is nothing to draw here yet.",
  };
};

/**
 * What a drawing can carry of a value.
 * @param {any} value
 * @param {Drawing} drawing
 */
const printable = (value, { longest, unprintable }) => {
  if (value instanceof Uint8Array) return `${figures(value.length)} bytes`;
  if (typeof value !== "string") return value === null || !Number.isFinite(Number(value)) ? null : Number(value);
  return Array.from(value).slice(0, longest).join("").replace(new RegExp(unprintable, "gu"), "\ufffd");
};

/**
 * The complete Vega-Lite specification; marks lead to `links`, an address for each row.
 * @param {Spec} blank
 * @param {Chart} chart
 * @param {Answer} answer
 * @param {(string | undefined)[]} links
 * @param {Drawing} drawing
 */
export const specification = (blank, chart, { rows, labels }, links, drawing) => {
  /** @type {Row[]} */
  const values = rows.map((row, at) => {
    const shown = Object.entries(row).map(([column, value]) => [column, printable(value, drawing)]);
    const link = links[at] ? { mark_link: links[at] } : {};
    return { ...Object.fromEntries(shown), mark_label: printable(labels[at], drawing), ...link };
  });
  /** @type {Spec} */
  const spec = structuredClone({ ...blank, data: { values } });
  const { panels } = chart;
  if (panels) spec.facet.row.sort = [...new Set(values.map((row) => row[panels]))];
  return spec;
};
