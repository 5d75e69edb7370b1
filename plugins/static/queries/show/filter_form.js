// The form of a table's page as it stands after a query: its search, its filters, its order, and what it keeps.
import { element, part } from "./parts.js";

/**
 * @param {HTMLSelectElement} select
 * @param {string} value
 */
const choose = (select, value) => {
  const option = [...select.options].find((one) => one.value === value || one.value === `${value}__1`);
  if (option) option.selected = true;
};

/**
 * @param {import("../ask/filters.js").Filter} filter
 * @param {number} index
 */
const filterLine = ([column, lookup, value], index) => {
  const line = part("filter");
  const [columns, lookups, input] = line.children;
  columns.options[0].textContent = "– remove filter –";
  choose(columns, column);
  choose(lookups, lookup);
  input.value = value;
  for (const field of [columns, lookups, input]) {
    field.name += `_${index + 1}`;
    field.setAttribute("aria-label", `${field.getAttribute("aria-label")} ${index + 1}`);
  }
  return line;
};

const KEPT_BY_FIELDS = ["_sort", "_sort_desc", "_search", "_next"];

const hidden = (/** @type {import("../ask/addresses.js").Arguments} */ args) =>
  args.pairs
    .filter(([name]) => name.startsWith("_") && !name.includes("__") && !KEPT_BY_FIELDS.includes(name))
    .map(([name, value]) => element("input", { type: "hidden", name, value }));

/**
 * @param {HTMLFormElement} form
 * @param {import("../answer/table.js").TableAnswer} answer
 */
export const fillForm = (form, { chosen, search, order, keys, table, args }) => {
  const field = (/** @type {string} */ name) => /** @type {any} */ (form.elements.namedItem(name));
  if (field("_search")) field("_search").value = search;
  if (field("_sort")) {
    choose(field("_sort"), order.sort ?? (table.view ? "" : keys[0]));
    field("_sort_by_desc").checked = order.descending;
  }
  const fold = /** @type {HTMLDetailsElement} */ (form.querySelector("details"));
  fold.open = chosen.length > 0;
  fold.querySelector("summary")?.after(...chosen.map(filterLine));
  form.append(...hidden(args));
};
