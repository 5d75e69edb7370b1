// Puts the results of a search into the search page that was baked without one.
import { queryOf } from "../ask/addresses.js";
import { readableDate } from "../ask/dates.js";
import { figures } from "../ask/values.js";
import { copyOf, cut, element, find, link } from "./parts.js";

const STRAY = /[\x02\x03]/g;

/**
 * @typedef {import("../search/everything.js").Queries} Queries
 * @typedef {import("../search/everything.js").Asked} Asked
 * @typedef {Awaited<ReturnType<typeof import("../search/everything.js").searchEverything>>} Search
 * @typedef {Search["found"][number]} Group the results of a kind
 */

/** @type {Record<string, string>} */
const METHODS = { extracted: "found by program, not reviewed", reviewed: "found by program, reviewed" };

/**
 * Who found a row and how sure it is, where that was a program.
 * @param {Record<string, any>} row
 */
const foundBy = ({ method, confidence }) => {
  const sure = method === "extracted" && confidence !== null ? `, ${Math.round(confidence * 100)}% sure` : "";
  return method in METHODS ? element("span", { class: `found-by ${method}` }, METHODS[method] + sure) : null;
};

const marked = (/** @type {string} */ text) =>
  text.split(/\x02([^\x02\x03]*)\x03/).map((piece, place) => {
    const words = piece.replace(STRAY, "");
    return place % 2 ? element("mark", {}, words) : words;
  });

/**
 * Pages end in a slash, anchors do not.
 * @param {string} base
 * @param {string} page
 */
const addressOf = (base, page) => {
  const [path, anchor] = page.split("#");
  return `${base}${path}/${anchor === undefined ? "" : `#${anchor}`}`;
};

/**
 * @param {Record<string, any>} row
 * @param {string} base
 */
const hitOf = (row, base) => {
  const made = copyOf("hit");
  const slot = (/** @type {string} */ name) => made.querySelector(`[data-slot="${name}"]`);
  slot("title").href = addressOf(base, row.page);
  slot("title").replaceChildren(...marked(row.title ?? ""));
  for (const name of ["snippet", "note", "source"]) {
    row[name] ? slot(name).replaceChildren(...marked(row[name])) : slot(name).remove();
  }
  if (row.date) slot("date").replaceChildren(element("time", { class: "figures" }, readableDate(row.date)));
  else slot("date").remove();
  const found = foundBy(row);
  found ? slot("found").replaceWith(" ", found) : slot("found").remove();
  return made;
};

/**
 * The address of the search with some of it changed.
 * @param {Asked} asked
 * @param {Partial<Record<keyof Asked, string | number | null>>} changes
 */
const changed = (asked, changes) => {
  const { q, kind, source, person, page } = { ...asked, page: null, ...changes };
  return `./?${queryOf(Object.entries({ q, kind, source, person, page }).filter(([, value]) => value))}`;
};

/**
 * @param {Group} group
 * @param {Asked} asked
 * @param {Queries} queries
 */
const waysOf = ({ kind, many, total, end, rows }, asked, { counted, pages }) => {
  const all = total > counted ? `More ${many}` : `All ${total} ${many}`;
  if (!asked.kind) return end < total ? [element("p", {}, link(changed(asked, { kind }), all))] : [];
  const ways = [];
  if (asked.page > 1) ways.push(link(changed(asked, { page: asked.page - 1 }), "Previous page"), " ");
  if (end < total && rows.length && asked.page < pages)
    ways.push(link(changed(asked, { page: asked.page + 1 }), "Next page"));
  return ways.length ? [element("p", { class: "next" }, ...ways)] : [];
};

/**
 * @param {Group} group
 * @param {Asked} asked
 * @param {Queries} queries
 * @param {string} base
 */
const sectionOf = (group, asked, queries, base) => {
  const { kind, many, total, rows } = group;
  const number = total > queries.counted ? `more than ${figures(queries.counted)}` : total;
  const name = `${many[0].toUpperCase()}${many.slice(1)} `;
  const heading = element("h2", { id: kind }, name, element("small", { class: "figures" }, number));
  const list = element("ol", { class: "plain" }, ...rows.map((row) => hitOf(row, base)));
  return element("section", { class: kind, "aria-labelledby": kind }, heading, list, ...waysOf(group, asked, queries));
};

/**
 * @param {Search} search
 * @param {boolean} narrowed
 */
const sayingOf = ({ asked, found, loose, nothing }, narrowed) => {
  const q = cut(asked.q, 200);
  if (nothing && asked.q.includes("-")) {
    return "Type at least one word without a “-”: there must be something to look for.";
  }
  if (nothing) return `Type a word: “${cut(asked.q, 60)}” has no letter or number in it.`;
  const where = narrowed ? " where you looked" : "";
  if (!found.length && asked.page > 1) return `Nothing more has “${q}” in it${where}.`;
  if (!found.length) return `Nothing has “${q}” in it${where}, nor any of its words.`;
  if (!loose) return "";
  return `No exact match for “${q}”. What follows has some of the words, or words that begin like them.`;
};

/**
 * @param {HTMLFormElement} form
 * @param {Asked} asked
 */
const fill = (form, { q, kind, source, person }) => {
  for (const [name, given] of Object.entries({ q, kind, source, person })) {
    const field = /** @type {any} */ (form.elements.namedItem(name));
    const value = given ?? "";
    const isOffered = Array.from(field.options ?? [{ value }]).some((option) => option.value === value);
    if (!isOffered) field.append(element("option", { value }, value));
    field.value = value;
  }
};

/**
 * `base` leads to the database's pages.
 * @param {Search & { queries: Queries }} answer
 * @param {string} base
 */
export const showFound = (answer, base) => {
  const { asked, found, suggestion, queries } = answer;
  const narrowed = Boolean(asked.kind || asked.source || asked.person);
  fill(find("main form"), asked);
  find("details.narrow").open = narrowed;
  if (!asked.q) return;
  document.title = `${cut(asked.q, 60)} – ${document.title}`;
  const said = sayingOf(answer, narrowed);
  const everywhere = changed(asked, { kind: null, source: null, person: null });
  const meant = suggestion && link(changed(asked, { q: suggestion }), element("bdi", {}, suggestion));
  const results = [
    said && element("p", { class: "message", role: "status" }, said),
    meant && element("p", { class: "suggestion" }, "Did you mean ", meant, "?"),
    narrowed && element("p", {}, link(everywhere, "Look everywhere")),
    found.length &&
      element(
        "div",
        { class: found.length > 1 ? "found mixed" : "found" },
        ...found.map((group) => sectionOf(group, asked, queries, base)),
      ),
  ];
  find("#results").replaceChildren(...results.filter(Boolean));
};
