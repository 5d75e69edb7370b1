// Puts an answer into the page that was baked without a query string.
import { answer } from "../answer/answer.js";
import { queryOf, tildeEncode } from "../ask/addresses.js";
import { readDates } from "../ask/dates.js";
import { chartOf } from "./bars.js";
import { downloads } from "./downloads.js";
import { facetList, suggestionLists } from "./facets.js";
import { fillForm } from "./filter_form.js";
import { showFound } from "./found.js";
import { countOf, drop, element, find, link, part } from "./parts.js";
import { tableOf } from "./rows.js";

/**
 * @typedef {import("../ask/addresses.js").Arguments} Arguments
 * @typedef {import("../answer/table.js").TableAnswer} TableAnswer
 */

/**
 * "claims: 90 rows – the site"
 * @param {string} heading
 */
const retitle = (heading) => {
  const [first] = document.title.split(/: | – /);
  const site = document.title.split(" – ").at(-1);
  document.title = `${first}: ${heading} – ${site}`;
};

/**
 * @param {string} root
 * @param {string} sql
 * @param {Record<string, any>} parameters
 */
const sqlLink = (root, sql, parameters) =>
  link(`${root}?${queryOf([["sql", sql], ...Object.entries(parameters)])}`, "View and edit SQL");

/**
 * The links that sort, facet and hide a column act on what is shown now.
 * @param {NodeListOf<HTMLAnchorElement>} links
 * @param {Arguments} args
 */
const relink = (links, args) => {
  for (const target of links) {
    const [[name, value] = ["", ""]] = new URL(target.href).searchParams;
    if (name === "_sort" || name === "_sort_desc") {
      const other = name === "_sort" ? "_sort_desc" : "_sort";
      target.href = args.replacing([
        [name, value],
        [other, null],
        ["_next", null],
      ]);
    } else if (name) target.href = args.adding([[name, value]]);
  }
};

const showWheres = (/** @type {Arguments} */ args) => {
  const wheres = args.list("_where");
  if (!wheres.length) return;
  const remove = (/** @type {string} */ text) => link(args.removing("_where", text), "remove");
  const items = wheres.map((text) => element("li", {}, element("code", {}, text), " ", remove(text)));
  const heading = element("h2", {}, countOf(wheres.length, "extra where clause"));
  find(".filters").after(element("section", { class: "wide" }, heading, element("ul", { class: "plain" }, ...items)));
};

/**
 * Those of the page without its query keep their place until then.
 * @param {TableAnswer} found
 */
const showSuggestions = async ({ suggest }) => {
  document.querySelectorAll(".suggested").forEach((stale) => stale.setAttribute("aria-busy", "true"));
  const lists = suggestionLists(await suggest());
  drop(".suggested");
  (find(".facets") ?? find("#chart-rows") ?? find(".rows")).before(...lists);
};

/**
 * Asks first, then changes the page at once: it is laid out anew a single time.
 * @param {TableAnswer} found
 * @param {import("../engine/site.js").Asking} site
 */
const showTable = async (found, site) => {
  const { args, count, words, facets, nextUrl, complete, sql, parameters, name } = found;
  const [table] = await Promise.all([tableOf(found, site), readDates(site)]);
  const chart = found.rows.length ? [await chartOf(found, "../", site)] : [];
  const rows = find(".rows");
  const heading = [count === null ? "Rows" : countOf(count, "row"), words].filter(Boolean).join(" ");
  retitle(heading);
  fillForm(find(".filters"), found);
  drop(".facets, #chart-rows, #export, .rows .next");
  showWheres(args);
  if (facets.length) rows.before(facetList(found));
  rows.before(...chart);
  find("#rows").textContent = heading;
  const files = downloads(name, complete, site);
  find(".export-links, .exports").replaceChildren("This data as ", ...files, " · ", sqlLink("../", sql, parameters));
  find(".rows .table-wrapper, .rows .nothing").replaceWith(table);
  if (nextUrl) {
    const next = part("next");
    next.querySelector("a").href = nextUrl;
    rows.append(next);
  }
  relink(document.querySelectorAll(".doing a"), args);
  showSuggestions(found).catch(() => drop(".suggested")); // nobody waits for them
};

/**
 * Shows what is at `path`, counted from the site's root, with this query string.
 * @param {string} path
 * @param {string} search
 * @param {import("../engine/site.js").Site} site
 */
export const show = async (path, search, site) => {
  const found = await answer(path, search, site);
  if (found?.kind === "redirect") location.replace(found.target);
  else if (found?.kind === "table") await showTable(found, { ...site, schema: found.schema });
  else if (found?.kind === "search") {
    await readDates({ ...site, schema: found.schema });
    showFound(found, `../../${tildeEncode(found.schema.name)}/`);
  }
};
