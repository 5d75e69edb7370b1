// The page of an answer to SQL on the static site: its rows, its fields to fill in, its heading.
import { downloads } from "../queries/show/downloads.js";
import { countOf, element, figures, link, part } from "../queries/show/parts.js";
import { resultOf } from "../queries/show/rows.js";
import { chartOf } from "../queries/show/bars.js";
import { rowLinks } from "./row_links.js";

const milliseconds = (duration) => `in ${figures(Math.max(1, Math.round(duration)))} ms`;

/** The form for a chart, and the rows; `root` leads to the database's pages. */
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

const fieldOf = (name, value, number) => {
  const made = part("parameter");
  const [label, input] = ["label", "input"].map((tag) => made.querySelector(tag));
  label.textContent = name;
  label.htmlFor = input.id = `qp${number}`;
  Object.assign(input, { name, value });
  return made;
};

/** The named parameters of a query as fields of its form; those that are there already keep the focus. */
export const showFields = (place, names, args) => {
  const values = names.map((name) => args.get(name) ?? "");
  const shown = Array.from(place.querySelectorAll("input"), (input) => input.name);
  if (shown.join() !== names.join()) place.replaceChildren(...names.map((name, at) => fieldOf(name, values[at], at + 1)));
  for (const [at, input] of place.querySelectorAll("input").entries()) input.value = values[at];
};

/** The page of the database becomes that of a query, one step below it. */
export const becomeQuery = () => {
  const head = document.querySelector(".head");
  const [heading, kicker] = ["h1", ".kicker"].map((selector) => head.querySelector(selector));
  document.querySelector(".crumbs ol")?.append(element("li", {}, link("./", heading.textContent)));
  kicker.textContent = "Query";
  heading.textContent = "Your query";
  document.title = `SQL query – ${document.title.split(" – ").at(-1)}`;
  document.querySelector("#sql-heading").classList.add("unseen");
  for (const other of document.querySelectorAll("main > :not(.head, .ask), .head > :not(.kicker, h1)")) other.remove();
  document.body.className = "query";
};
