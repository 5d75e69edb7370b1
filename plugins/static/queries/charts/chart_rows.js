// "Chart these rows", as plugins/news_site/charts/table_charts.py counts them: all that match, by category or date.
import { queryOf } from "../ask/addresses.js";
import { readDates, spanOf } from "../ask/dates.js";
import { labelsOf } from "../ask/labels.js";
import { isNumber, isWhole, json } from "../ask/values.js";

const MOST_BARS = 60;
const OURS = ["_chart", "_chart_sum", "_next", "_size"];

/**
 * @typedef {import("../ask/addresses.js").Pair} Pair
 * @typedef {import("../engine/site.js").Asking} Asking
 * @typedef {Record<string, any>} Parameters
 * @typedef {(number | undefined)[]} Span
 * @typedef {{ start: number, share: number }} Place in hundredths of the whole
 * @typedef {{ value: any, label: any, size: any, url: string }} Bar
 *
 * @typedef {object} Chart what the form offers, and the bars if there are any
 * @property {string[]} columns
 * @property {string[]} numbers
 * @property {Pair[]} kept
 * @property {string | undefined} by
 * @property {string | undefined} sum
 * @property {(Bar & Place)[]} [bars]
 * @property {boolean} [dated]
 * @property {number} [values]
 * @property {string} [problem]
 *
 * @typedef {object} Charted an answer whose rows can be charted, with its `complete` SQL where that is a table's
 * @property {string[]} columns
 * @property {any[][]} rows
 * @property {import("../ask/addresses.js").Arguments} args
 * @property {string} sql
 * @property {Parameters} parameters
 * @property {import("../engine/schema.js").Table} [table]
 * @property {{ sql: string, parameters: Parameters }} [complete]
 */

const rounded = (/** @type {number} */ number) => Number(number.toFixed(2));
/**
 * @param {number} start
 * @param {number} share
 * @returns {Place}
 */
const measures = (start, share) => ({ start: rounded(start), share: rounded(Math.max(share, 0.5)) });

const byTime = (/** @type {Span[]} */ spans) => {
  const days = spans.flat().filter((day) => day !== undefined);
  const [earliest, latest] = [Math.min(...days), Math.max(...days)];
  const hundredths = (/** @type {number} */ days) => (100 * days) / (latest - earliest + 1);
  return spans.map(([first = earliest, last = latest]) =>
    measures(hundredths(first - earliest), hundredths(last - first + 1)),
  );
};

const bySize = (/** @type {number[]} */ sizes) => {
  const least = Math.min(0, ...sizes);
  const whole = Math.max(0, ...sizes) - least || 1;
  return sizes.map((size) => measures((100 * (Math.min(size, 0) - least)) / whole, (100 * Math.abs(size)) / whole));
};

/**
 * @param {Bar & Place} one
 * @param {Bar & Place} other
 */
const inTime = (one, other) => one.start - other.start || one.share - other.share || (one.value < other.value ? -1 : 1);

/**
 * @param {Bar[]} bars
 * @param {Place[]} places
 */
const joined = (bars, places) => bars.map((bar, at) => ({ ...bar, ...places[at] }));

/**
 * The bars with where each begins and how long it is, and whether they are spans of time.
 * @param {Bar[]} bars
 */
const place = (bars) => {
  const spans = bars.map(({ value }) => spanOf(value));
  const dated = spans.some(Boolean) && spans.every((span, at) => span || bars[at].value === null);
  if (!dated) return { dated, bars: joined(bars, bySize(bars.map(({ size }) => Number(size)))) };
  const placed = joined(
    bars.filter((_, at) => spans[at]),
    byTime(spans.filter((span) => span !== undefined)),
  );
  const rest = bars.filter((_, at) => !spans[at]).map((bar) => ({ ...bar, start: 0, share: 0 }));
  return { dated, bars: [...placed.sort(inTime), ...rest] };
};

/**
 * @param {string} sql
 * @param {Parameters} parameters
 * @param {string} column
 * @param {string | undefined} sum
 * @param {Asking} site
 */
const groupBy = async (sql, parameters, column, sum, { schema: { escape }, engine }) => {
  const size = sum ? `sum(${escape(sum)})` : "count(*)";
  const grouped = `
    with chosen as (
    ${sql}
    )
    select ${escape(column)}, ${size}, count(*) over ()
    from chosen
    group by 1
    having ${size} is not null
    order by 2 desc, 1
    limit ${MOST_BARS}`;
  try {
    return (await engine.query(grouped, parameters)).rows;
  } catch (error) {
    throw new Error(`These rows cannot be charted: ${error.message}.`);
  }
};

/**
 * The address of the page's rows with a value, for a table.
 * @param {Pair[]} kept
 * @param {string} column
 * @param {any} value
 */
const rowsWith = (kept, column, value) => {
  const [lookup, asked] = value === null ? ["isnull", 1] : isNumber(value) ? ["in", json([value])] : ["exact", value];
  return `?${queryOf([...kept, [`${column}__${lookup}`, asked]])}`;
};

/**
 * @param {Parameters} parameters
 * @returns {string}
 */
const freeName = (parameters, number = 0) => {
  const name = `chart_value${number || ""}`;
  return name in parameters ? freeName(parameters, number + 1) : name;
};

/**
 * The same for a query, whose rows may be those of a bar already; `root` leads to the database's pages.
 * @param {string} root
 * @param {string} sql
 * @param {Parameters} parameters
 * @param {string} column
 * @param {any} value
 * @param {(name: string) => string} escape
 */
const rowsOfQuery = (root, sql, parameters, column, value, escape) => {
  const parameter = freeName(parameters);
  const number = isWhole(value) ? `cast(:${parameter} as integer)` : `cast(:${parameter} as real)`;
  const given = isNumber(value) ? number : `:${parameter}`;
  const where = value === null ? `${escape(column)} is null` : `${escape(column)} = ${given}`;
  const asked = { sql: `select *\nfrom (\n${sql}\n)\nwhere ${where}`, ...parameters };
  return `${root}?${queryOf(Object.entries(value === null ? asked : { ...asked, [parameter]: value }))}`;
};

/**
 * @param {Charted["args"]} args
 * @param {string} by
 * @param {string[]} columns
 */
const choose = (args, by, columns) => {
  const sum = args.get("_chart_sum");
  const absent = [by, sum].find((name) => name && !columns.includes(name));
  if (absent) throw new Error(`There is no column ${absent} here.`);
  if (args.has("_next")) throw new Error("The chart shows all rows, and stands on the first page of them.");
  return sum;
};

/**
 * @param {Charted} found
 * @param {string} by
 * @param {Pair[]} kept
 * @param {string} root
 * @param {Asking} site
 */
const barsOf = async ({ columns, args, table, complete, sql, parameters }, by, kept, root, site) => {
  const sum = choose(args, by, columns);
  const asked = complete ? complete : { sql: sql.trim().replace(/;+$/, ""), parameters };
  const [found] = await Promise.all([groupBy(asked.sql, asked.parameters, by, sum, site), readDates(site)]);
  const values = found.map(([value]) => value);
  const labels = table ? await labelsOf(values, by, table, site.schema, site.engine) : new Map();
  const { escape } = site.schema;
  const linkOf = (/** @type {any} */ value) =>
    table ? rowsWith(kept, by, value) : rowsOfQuery(root, asked.sql, asked.parameters, by, value, escape);
  const bars = found.map(([value, size]) => {
    const label = labels.has(value) ? labels.get(value) : value;
    return { value, label, size, url: linkOf(value) };
  });
  return { ...place(bars), values: found[0]?.[2] ?? 0 };
};

const holdsNumbers = (/** @type {any[]} */ values) => {
  const held = values.filter((value) => value !== null);
  return held.length > 0 && held.every(isNumber);
};

/**
 * What the form offers, and the bars if the address asks for a chart of an answer's rows.
 * @param {Charted} found
 * @param {string} root
 * @param {Asking} site
 * @returns {Promise<Chart>}
 */
export const chartRows = async (found, root, site) => {
  const { args, columns, rows } = found;
  const form = {
    columns,
    numbers: columns.filter((_, at) => holdsNumbers(rows.map((row) => row[at]))),
    kept: args.byName().filter(([name]) => !OURS.includes(name)),
    by: args.get("_chart"),
    sum: args.get("_chart_sum"),
  };
  if (!form.by) return form;
  try {
    return { ...form, ...(await barsOf(found, form.by, form.kept, root, site)) };
  } catch (error) {
    return { ...form, problem: error.message };
  }
};
