// The facets of an answer as lists of links.
import { readableDate } from "../ask/dates.js";
import { figures, textOf } from "../ask/values.js";
import { countOf, cut, element, link, part } from "./parts.js";
import { wordsIn } from "./words.js";

/**
 * @typedef {import("../ask/addresses.js").Arguments} Arguments
 * @typedef {import("../facets/facets.js").Facet} Facet
 * @typedef {import("../facets/facets.js").Source} Source
 * @typedef {import("../facets/facets.js").Value} Value
 * @typedef {import("../facets/suggestions.js").Suggestion} Suggestion
 */

/** @type {Record<string, string>} */
const UNITS = { source_year: " by year", source_month: " by month" };
/** @type {Record<string, string>} */
const NAMES = { column: "", source: "", ...UNITS };

/**
 * @param {any} label
 * @param {string} type
 */
const labelText = (label, type) => {
  if (label === "" || label === null) return "–";
  return type in UNITS ? readableDate(label) : textOf(label);
};

/**
 * An article with the words that a value rests on.
 * @param {Source} article
 */
const sourceOf = ({ path, title, source, date, text, span }) => {
  const made = part("source");
  const words = span ? wordsIn(span.context, span.start, span.end) : [cut(text ?? "", 160)];
  made.querySelector("q").replaceChildren(...words);
  if (!text && !span) made.querySelector("q").remove();
  made.querySelector("a").setAttribute("href", `../${path}`);
  made.querySelector("bdi").textContent = textOf(title);
  const origin = [source ?? "source unknown", date && readableDate(date)];
  made.querySelector("small").textContent = origin.filter(Boolean).join(", ");
  return made;
};

/**
 * @param {Value} value
 * @param {Source[]} sources
 * @param {string} label
 */
const sourcesOf = ({ articles = 0, origins = 0, all }, sources, label) => {
  const made = part("sources");
  made.querySelector(".figures").textContent = `${countOf(articles, "article")} · ${countOf(origins, "origin")}`;
  made.querySelector("ol").append(...sources.map(sourceOf));
  if (!all) return made;
  const rest = part("all-sources");
  const target = rest.querySelector("a");
  target.href = all;
  target.firstChild.data = `all ${countOf(articles, "article")}`;
  target.querySelector(".unseen").append(label);
  made.querySelector("ol").append(rest);
  return made;
};

/**
 * @param {Value} value
 * @param {number} most
 * @param {string} type
 */
const valueOf = (value, most, type) => {
  const { count, selected, toggle, sources } = value;
  const label = labelText(value.label, type);
  const made = part(selected ? "chosen" : "value");
  const target = made.querySelector("a");
  target.href = toggle;
  target.prepend(label);
  made.querySelector(".figures").textContent = sources ? countOf(count, "row") : figures(count);
  made.querySelector(".bar rect").setAttribute("width", `${(100 * count) / most}%`);
  if (sources?.length) made.append(sourcesOf(value, sources, label));
  return made;
};

/**
 * @param {string} name
 * @param {string} type
 */
const idOf = (name, type) => `facet-${type === "column" ? "" : `${type}-`}${name.replaceAll(" ", "_")}`;

const refusal = (/** @type {string} */ message) => {
  const made = part("no-facet");
  made.textContent = message;
  return made;
};

/**
 * @param {string} name
 * @param {Arguments} args
 */
const moreOf = (name, args) => {
  if (args.get("_facet_size") === "max") return part("no-more");
  const made = part("more");
  made.querySelector("a").href = args.replacing([["_facet_size", "max"]]);
  made.querySelector(".unseen").append(name);
  return made;
};

/**
 * @param {Facet} facet
 * @param {Arguments} args
 */
const facetOf = ({ name, type, hideable, truncated, results, toggle, message }, args) => {
  const made = part("facet");
  made.id = idOf(name, type);
  made.querySelector("h2").prepend(name + (NAMES[type] ?? ` (${type})`));
  made.querySelector(".figures").textContent = `${truncated ? "more than " : ""}${results.length}`;
  const remove = made.querySelector(".remove");
  remove.href = toggle;
  remove.querySelector(".unseen").append(name);
  if (!hideable) remove.remove();
  const most = Math.max(...results.map(({ count }) => count));
  const values = results.map((value) => valueOf(value, most, type));
  if (message) values.push(refusal(message));
  if (truncated) values.push(moreOf(name, args));
  made.querySelector("ul").append(...values);
  return made;
};

export const facetList = (/** @type {{ facets: Facet[], args: Arguments }} */ { facets, args }) =>
  element("section", { class: "facets", "aria-label": "Facets" }, ...facets.map((facet) => facetOf(facet, args)));

/**
 * @param {Suggestion} suggested
 * @param {number} place
 */
const suggestion = ({ name, type, toggle }, place) => {
  const target = link(`${toggle}#${idOf(name, type)}`, `${name}${UNITS[type] ?? ""}`);
  return [place ? ", " : "", target, type in NAMES ? "" : ` (${type})`];
};

/**
 * @param {string} id
 * @param {Suggestion[]} suggested
 */
const suggestedAs = (id, suggested) => {
  if (!suggested.length) return [];
  const made = part(id);
  made.append(...suggested.flatMap(suggestion));
  return [made];
};

/**
 * Two lists at most: facets that say according to whom stand apart.
 * @param {Suggestion[]} suggested
 */
export const suggestionLists = (suggested) => {
  const isSourced = (/** @type {Suggestion} */ { type }) => type.startsWith("source");
  const plain = suggested.filter((one) => !isSourced(one));
  return [...suggestedAs("suggested", plain), ...suggestedAs("suggested-sources", suggested.filter(isSourced))];
};
