// The page of an answer to SQL on the static site: its rows, its fields to fill in, its heading.
import { figures } from "../queries/ask/values.js";
import { chartOf } from "../queries/show/bars.js";
import { downloads } from "../queries/show/downloads.js";
import { countOf, drop, element, find, link, part } from "../queries/show/parts.js";
import { resultOf } from "../queries/show/rows.js";
import { rowLinks } from "./row_links.js";

/**
 * @typedef {import("../queries/engine/site.js").Asking} Asking
 * @typedef {Exclude<Awaited<ReturnType<typeof import("../queries/answer/answer.js").answer>>, undefined>} Answer
 * @typedef {Extract<Answer, { kind: "sql" }> & { name?: string }} SqlAnswer
 */

const milliseconds = (/** @type {number} */ duration) => `in ${figures(Math.max(1, Math.round(duration)))} ms`;

/**
 * The form for a chart, and the rows; `root` leads to the database's pages.
 * @param {SqlAnswer} found
 * @param {number} duration
 * @param {Asking} site
 * @param {string} root
 * @returns {Promise<Element[]>}
 */
export const answerOf = async (found, duration, site, root) => {
  const { rows, truncated, sql, parameters, name } = found;
  if (!rows.length) return [part("no-results")];
  const made = part("answer");
  const count = `${truncated ? "More than " : ""}${countOf(rows.length, "row")} `;
  made.querySelector("h2").replaceChildren(count, element("small", { class: "figures" }, milliseconds(duration)));
  made.querySelector(".export-links").append(...downloads(name ?? "query", { sql, parameters }, site));
  made.append(await resultOf(found, site, root, await rowLinks(found, site, root)));
  return [await chartOf(found, root, site), made];
};

/**
 * @param {string} name
 * @param {string} value
 * @param {number} number
 */
const fieldOf = (name, value, number) => {
  const made = part("parameter");
  const [label, input] = ["label", "input"].map((tag) => made.querySelector(tag));
  label.textContent = name;
  label.htmlFor = input.id = `qp${number}`;
  Object.assign(input, { name, value });
  return made;
};

/**
 * The named parameters of a query as fields of its form; those that are there already keep the focus.
 * @param {Element} place
 * @param {string[]} names
 * @param {URLSearchParams} args
 */
export const showFields = (place, names, args) => {
  const values = names.map((name) => args.get(name) ?? "");
  const shown = Array.from(place.querySelectorAll("input"), (input) => input.name);
  if (shown.join() !== names.join())
    place.replaceChildren(...names.map((name, at) => fieldOf(name, values[at], at + 1)));
  for (const [at, input] of place.querySelectorAll("input").entries()) input.value = values[at];
};

/** The page of the database becomes that of a query, one step below it. */
export const becomeQuery = () => {
  const [heading, kicker] = [find(".head h1"), find(".head .kicker")];
  find(".crumbs ol")?.append(element("li", {}, link("./", heading.textContent)));
  kicker.textContent = "Query";
  heading.textContent = "Your query";
  document.title = `SQL query – ${document.title.split(" – ").at(-1)}`;
  find("#sql-heading").classList.add("unseen");
  drop("main > :not(.head, .ask), .head > :not(.kicker, h1)");
  document.body.className = "query";
};
