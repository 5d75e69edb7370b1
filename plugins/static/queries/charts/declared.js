// A declared chart with an address's parameters, as in plugins/news_site/charts/: rows, words, links, specification.
import { Arguments, queryOf, tildeEncode } from "../ask/addresses.js";
import { parametersOf } from "../ask/sql.js";
import { figures, isWhole, objectsOf, textOf } from "../ask/values.js";

const wordsOf = (value) => (isWhole(value) ? figures(value) : textOf(value ?? ""));

const fill = (template, row, { unprintable }) => {
  const filled = template.replace(/\{([\p{L}\p{N}_]+)\}/gu, (_, column) => wordsOf(row[column]));
  return filled.replace(new RegExp(unprintable, "gu"), "\ufffd");
};

/** The columns that readers see, with their headings. */
export const shownColumns = ({ columns: stated }, columns) =>
  Object.keys(stated).length ? stated : Object.fromEntries(columns.map((name) => [name, name.replaceAll("_", " ")]));

const labelOf = (chart, row, drawing) => {
  if (chart.label) return fill(chart.label, row, drawing);
  const shown = Object.entries(shownColumns(chart, Object.keys(row)));
  return shown.map(([column, heading]) => `${heading}: ${textOf(row[column])}`).join(", ");
};

/** The address of the rows that a mark counts; that of the row itself if they are named by their id. */
const linkOf = ({ table, filters }, row, { root, schema }) => {
  const page = new URL(`${tildeEncode(schema.name)}/${tildeEncode(table)}/`, root).href;
  const values = Object.entries(filters).map(([column, source]) => [column, row[source]]);
  if (Object.keys(filters).join() === "id") {
    return values[0][1] === null ? undefined : `${page}${tildeEncode(textOf(values[0][1]))}/`;
  }
  const filter = ([column, value]) => (value === null ? [`${column.split("__")[0]}__isnull`, 1] : [column, value]);
  return `${page}?${queryOf(values.map(filter))}`;
};

const ask = async (sql, parameters, most, engine) => {
  const { columns, rows, truncated } = await engine.query(sql, parameters, most);
  if (truncated) throw new Error(`Its SQL gives more than ${most} rows, too many for a chart. Add a limit.`);
  return { columns, rows: objectsOf({ columns, rows }) };
};

/** `chart` and `drawing` are of /-/charts.json. */
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
    urls: rows.map((row) => chart.link && linkOf(chart.link, row, site)),
    labels: rows.map((row) => labelOf(chart, row, drawing)),
    takeaway: told.length
      ? fill(chart.takeaway || chart.title, told[0], drawing)
      : "There is nothing to draw here yet.",
  };
};

/** What a drawing can carry of a value. */
const printable = (value, { longest, unprintable }) => {
  if (value instanceof Uint8Array) return `${figures(value.length)} bytes`;
  if (typeof value !== "string") return value === null || !Number.isFinite(Number(value)) ? null : Number(value);
  return Array.from(value).slice(0, longest).join("").replace(new RegExp(unprintable, "gu"), "\ufffd");
};

/** The complete Vega-Lite specification; marks lead to `links`, an address for each row. */
export const specification = (blank, chart, { rows, labels }, links, drawing) => {
  const values = rows.map((row, at) => {
    const shown = Object.entries(row).map(([column, value]) => [column, printable(value, drawing)]);
    const link = links[at] ? { mark_link: links[at] } : {};
    return { ...Object.fromEntries(shown), mark_label: printable(labels[at], drawing), ...link };
  });
  const spec = structuredClone({ ...blank, data: { values } });
  if (chart.panels) spec.facet.row.sort = [...new Set(values.map((row) => row[chart.panels]))];
  return spec;
};
