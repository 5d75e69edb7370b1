// Dates in words and in days: the build has read them, in the table `dates`, as plugins/news_site/dates.py says.
const MILLISECONDS = 86_400_000; // of a day
const DAY = /^(\d{4}-\d\d-\d\d)(?:[T ].*)?$/;

/** @type {Map<string, { words: string, span: (number | undefined)[] }>} */
let known = new Map();

/**
 * Counted from 1970.
 * @param {string | null} day
 */
const dayNumber = (day) => {
  if (day === null) return undefined;
  const time = Date.parse(`${day}T00:00:00Z`);
  const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(day); // 30 February is none
  return isDay ? time / MILLISECONDS : undefined;
};

/**
 * Reads those of a database once, before an answer with dates is shown.
 * @param {import("../engine/site.js").Asking} site
 */
export const readDates = async ({ engine, schema }) => {
  if (known.size || !schema.tables.dates) return;
  const { rows } = await engine.query("select id, words, earliest, latest from dates", {}, Infinity);
  known = new Map(rows.map(([edtf, words, ...ends]) => [edtf, { words, span: ends.map(dayNumber) }]));
};

/**
 * A date in words; one that the database does not have stays as it is.
 * @param {string} edtf
 */
export const readableDate = (edtf) => known.get(edtf)?.words ?? edtf;

/**
 * The first and the last day, undefined where it is open; a full day itself; undefined for what is no date.
 * @param {any} value
 * @returns {(number | undefined)[] | undefined}
 */
export const spanOf = (value) => {
  const read = known.get(value);
  if (read) return read.span;
  const day = typeof value === "string" ? DAY.exec(value)?.[1] : undefined;
  const number = day === undefined ? undefined : dayNumber(day);
  return number === undefined ? undefined : [number, number];
};
