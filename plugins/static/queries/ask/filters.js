// Column filters, ?column__lookup=value: the conditions in SQL, and what they are called in English.
import { json, parseJson } from "./addresses.js";

const isNumber = (text) => /^[0-9]+$/.test(text);
const integer = (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text));
const asNumber = (text) => (isNumber(text) ? integer(text) : text);
const named = (sign) => (c, v) => (isNumber(v) ? `${c} ${sign} ${v}` : `${c} ${sign} "${v}"`);
const quoted = (words) => (c, v) => `${c} ${words} "${v}"`;
const alone = (words) => (c) => `${c} ${words}`;
const compared = (sign, shown = sign) => ({
  sql: (c, p) => `${c} ${sign} ${p}`,
  value: asNumber,
  words: (c, v) => `${c} ${shown} ${v}`,
});
const like = (pattern, words) => ({ sql: (c, p) => `${c} like ${p}`, value: pattern, words: quoted(words) });

const listed = (text) => (text.startsWith("[") ? parseJson(text) : text.split(",").map((part) => part.trim()));
const among = (operator, words) => ({
  list: true,
  sql: (c, ps) => `${c} ${operator} (${ps.join(", ")})`,
  value: listed,
  words: (c, v) => `${c} ${words} ${json(listed(v))}`,
});
const inArray = (operator, words) => ({
  sql: (c, p, t) => `${p} ${operator} (select value from json_each(${t}.${c}))`,
  words: quoted(words),
});

export const lookups = {
  exact: { sql: (c, p) => `${c} = ${p}`, words: named("=") },
  not: { sql: (c, p) => `${c} != ${p}`, words: named("!=") },
  contains: like((v) => `%${v}%`, "contains"),
  endswith: like((v) => `%${v}`, "ends with"),
  startswith: like((v) => `${v}%`, "starts with"),
  gt: compared(">"),
  gte: compared(">=", "\u2265"),
  lt: compared("<"),
  lte: compared("<=", "\u2264"),
  like: like((v) => v, "like"),
  notlike: { sql: (c, p) => `${c} not like ${p}`, words: quoted("not like") },
  glob: { sql: (c, p) => `${c} glob ${p}`, words: quoted("glob") },
  in: among("in", "in"),
  notin: among("not in", "not in"),
  arraycontains: inArray("in", "contains"),
  arraynotcontains: inArray("not in", "does not contain"),
  date: { sql: (c, p) => `date(${c}) = ${p}`, words: (c, v) => `"${c}" is on date ${v}` },
  isnull: { free: true, sql: (c) => `${c} is null`, words: alone("is null") },
  notnull: { free: true, sql: (c) => `${c} is not null`, words: alone("is not null") },
  isblank: { free: true, sql: (c) => `(${c} is null or ${c} = '')`, words: alone("is blank") },
  notblank: { free: true, sql: (c) => `(${c} is not null and ${c} != '')`, words: alone("is not blank") },
};

const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const isFilter = ([name]) => !name.startsWith("_") || name.includes("__");

const split = ([name, value]) => {
  const cut = name.lastIndexOf("__");
  return cut < 0 ? [name, "exact", value] : [name.slice(0, cut), name.slice(cut + 2), value];
};

/** The filters among a request's arguments as [column, lookup, value], in Datasette's order. */
export const selections = (args) => {
  const pairs = args.names.flatMap((name) => args.list(name).map((value) => [name, value]));
  return pairs.filter(isFilter).sort((a, b) => order(a[0], b[0]) || order(a[1], b[1])).map(split);
};

/** The conditions of these filters, their parameters p0, p1 …, and a description of each. */
export const conditions = (chosen, table, { escape, quote }) => {
  const where = [];
  const parameters = {};
  const words = [];
  for (const [column, lookup, value] of chosen) {
    const filter = Object.hasOwn(lookups, lookup) && lookups[lookup];
    if (!filter) continue;
    const given = filter.free ? [] : [(filter.value ?? String)(value)].flat();
    const first = Object.keys(parameters).length;
    given.forEach((one, index) => (parameters[`p${first + index}`] = one));
    const places = given.map((_, index) => `:p${first + index}`);
    where.push(filter.list ? filter.sql(escape(column), places) : filter.sql(quote(column), places[0], quote(table)));
    words.push(filter.words(column, value));
  }
  return { where, parameters, words };
};
