// Puts the results of a search into the search page that was baked without one.
import { queryOf } from "../ask/addresses.js";
import { readableDate } from "../ask/dates.js";
import { figures } from "../ask/values.js";
import { cut, element, link } from "./parts.js";

const STRAY = /[\x02\x03]/g;

const marked = (text) =>
  text.split(/\x02([^\x02\x03]*)\x03/).map((piece, place) => {
    const words = piece.replace(STRAY, "");
    return place % 2 ? element("mark", {}, words) : words;
  });

/** Pages end in a slash, anchors do not. */
const addressOf = (base, page) => {
  const [path, anchor] = page.split("#");
  return `${base}${path}/${anchor === undefined ? "" : `#${anchor}`}`;
};

const hitOf = (row, base) => {
  const made = document.getElementById("hit").content.firstElementChild.cloneNode(true);
  const slot = (name) => made.querySelector(`[data-slot="${name}"]`);
  slot("title").href = addressOf(base, row.page);
  slot("title").replaceChildren(...marked(row.title ?? ""));
  for (const name of ["snippet", "note", "source"]) {
    row[name] ? slot(name).replaceChildren(...marked(row[name])) : slot(name).remove();
  }
  if (row.date) slot("date").replaceChildren(element("time", { class: "figures" }, readableDate(row.date)));
  else slot("date").remove();
  return made;
};

/** The address of the search with some of it changed. */
const changed = (asked, changes) => {
  const values = { ...asked, page: null, ...changes };
  const pairs = ["q", "kind", "source", "person", "page"].map((name) => [name, values[name]]);
  return `./?${queryOf(pairs.filter(([, value]) => value))}`;
};

const waysOf = ({ kind, many, total, end, rows }, asked, { counted, pages }) => {
  const all = total > counted ? `More ${many}` : `All ${total} ${many}`;
  if (!asked.kind) return end < total ? [element("p", {}, link(changed(asked, { kind }), all))] : [];
  const ways = [];
  if (asked.page > 1) ways.push(link(changed(asked, { page: asked.page - 1 }), "Previous page"), " ");
  if (end < total && rows.length && asked.page < pages) ways.push(link(changed(asked, { page: asked.page + 1 }), "Next page"));
  return ways.length ? [element("p", { class: "next" }, ...ways)] : [];
};

const sectionOf = (group, asked, queries, base) => {
  const { kind, many, total, rows } = group;
  const number = total > queries.counted ? `more than ${figures(queries.counted)}` : total;
  const name = `${many[0].toUpperCase()}${many.slice(1)} `;
  const heading = element("h2", { id: kind }, name, element("small", { class: "figures" }, number));
  const list = element("ol", { class: "plain" }, ...rows.map((row) => hitOf(row, base)));
  return element("section", { class: kind, "aria-labelledby": kind }, heading, list, ...waysOf(group, asked, queries));
};

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

const fill = (form, asked) => {
  for (const name of ["q", "kind", "source", "person"]) {
    const field = form.elements.namedItem(name);
    const value = asked[name] ?? "";
    const isOffered = Array.from(field.options ?? [{ value }]).some((option) => option.value === value);
    if (!isOffered) field.append(element("option", { value }, value));
    field.value = value;
  }
};

/** `base` leads to the database's pages. */
export const showFound = (answer, base) => {
  const { asked, found, suggestion, queries } = answer;
  const narrowed = Boolean(asked.kind || asked.source || asked.person);
  fill(document.querySelector("main form"), asked);
  document.querySelector("details.narrow").open = narrowed;
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
  document.querySelector("#results").replaceChildren(...results.filter(Boolean));
};
