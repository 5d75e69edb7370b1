// The search over everything: what /-/search answers. Its SQL comes with the page, in /-/search/queries.json.
import { clean, expressions } from "./expressions.js";
import { suggest } from "./spelling.js";

const read = (search, { kinds, pages }) => {
  const args = new URLSearchParams(search);
  const asked = Object.fromEntries(["kind", "source", "person"].map((name) => [name, args.get(name) || null]));
  const page = args.get("page") || "1";
  const names = kinds.map(({ kind }) => kind);
  if (asked.kind && !names.includes(asked.kind)) throw new Error(`kind must be one of ${names.join(", ")}`);
  if (!/^[1-9][0-9]{0,3}$/.test(page) || page > pages) throw new Error(`page must be a number from 1 to ${pages}`);
  return { ...asked, q: args.get("q") ?? "", page: Number(page) };
};

const rowsOf = ({ columns, rows }) =>
  rows.map((row) => Object.fromEntries(row.map((value, index) => [columns[index], value])));

const findAll = async (kinds, expression, asked, { page, shown }, { engine }) => {
  const limit = asked.kind ? page : shown;
  const offset = asked.kind ? (asked.page - 1) * limit : 0;
  const parameters = { expression, source: asked.source, person: asked.person, limit, offset };
  const found = [];
  for (const { kind, one, many, sql } of kinds) {
    const rows = rowsOf(await engine.query(sql, parameters, limit));
    if (rows.length) found.push({ kind, one, many, rows, total: rows[0].total, end: offset + rows.length });
  }
  return found;
};

/** Whether something is found, only not as far back as this page. */
const hasEarlier = async (kinds, expression, asked, queries, site) =>
  asked.page > 1 && (await findAll(kinds, expression, { ...asked, page: 1 }, queries, site)).length > 0;

/** What is asked and what is found; where nothing has all of the words, what has any of them. */
export const find = async (search, queries, site) => {
  const asked = read(search, queries);
  const has = ({ kind }) => site.schema.tables[`${kind}_fts`] && [kind, null].includes(asked.kind);
  const kinds = queries.kinds.filter(has);
  const q = clean(asked.q);
  const wanted = expressions(q, queries.terms);
  let found = [];
  let loose = false;
  for (const [index, expression] of (wanted ?? []).entries()) {
    found = await findAll(kinds, expression, asked, queries, site);
    loose = index > 0 && found.length > 0;
    if (found.length || (await hasEarlier(kinds, expression, asked, queries, site))) break;
  }
  const suggestion = wanted && (loose || !found.length) ? await suggest(q, queries, site) : undefined;
  return { asked, found, loose, suggestion, nothing: !wanted };
};
