// The facets of an answer as lists of links.
import { textOf } from "./addresses.js";
import { element, figures, part } from "./parts.js";

const labelText = (label) => (label === "" || label === null ? "–" : textOf(label));

const valueOf = ({ label, count, selected, toggle }, most) => {
  const made = part(selected ? "chosen" : "value");
  const target = made.querySelector("a");
  target.href = toggle;
  target.prepend(labelText(label));
  made.querySelector(".figures").textContent = figures(count);
  made.querySelector(".bar rect").setAttribute("width", `${(100 * count) / most}%`);
  return made;
};

const moreOf = (name, args) => {
  if (args.get("_facet_size") === "max") return part("no-more");
  const made = part("more");
  made.querySelector("a").href = args.replacing([["_facet_size", "max"]]);
  made.querySelector(".unseen").append(name);
  return made;
};

const facetOf = ({ name, type, hideable, truncated, results, toggle }, args) => {
  const made = part("facet");
  made.id = type === "column" ? `facet-${name}` : `facet-${type}-${name}`;
  made.querySelector("h2").prepend(type === "column" ? name : `${name} (${type})`);
  made.querySelector(".figures").textContent = `${truncated ? "more than " : ""}${results.length}`;
  const remove = made.querySelector(".remove");
  remove.href = toggle;
  remove.querySelector(".unseen").append(name);
  if (!hideable) remove.remove();
  const most = Math.max(...results.map(({ count }) => count));
  made.querySelector("ul").append(...results.map((value) => valueOf(value, most)), ...(truncated ? [moreOf(name, args)] : []));
  return made;
};

export const facetList = ({ facets, args }) =>
  element("section", { class: "facets", "aria-label": "Facets" }, ...facets.map((facet) => facetOf(facet, args)));
