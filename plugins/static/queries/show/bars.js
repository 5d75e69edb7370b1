// The form that asks for a chart of an answer's rows, with the chart if there is one.
import { readableDate } from "../ask/dates.js";
import { figures, textOf } from "../ask/values.js";
import { chartRows } from "../charts/chart_rows.js";
import { cut, element, part } from "./parts.js";

/**
 * @typedef {import("../charts/chart_rows.js").Bar} Bar
 * @typedef {import("../charts/chart_rows.js").Place} Place
 * @typedef {import("../charts/chart_rows.js").Chart} Chart
 */

/**
 * @param {any} label
 * @param {boolean | undefined} dated
 */
const labelOf = (label, dated) => {
  if (label === null) return "nothing";
  if (dated) return readableDate(label);
  return label === "" ? "–" : cut(textOf(label), 80);
};

/**
 * @param {Bar & Place} bar
 * @param {boolean | undefined} dated
 */
const barOf = ({ label, size, url, start, share }, dated) => {
  const made = part("bar");
  const target = made.querySelector("a");
  target.href = url;
  target.textContent = labelOf(label, dated);
  const rect = made.querySelector("rect");
  rect.setAttribute("x", `${start}%`);
  rect.setAttribute("width", `${share}%`);
  made.querySelector(".number").textContent = figures(size);
  return made;
};

/**
 * @param {Chart} chart
 * @param {(Bar & Place)[]} bars
 */
const barsOf = ({ by, sum, dated, values = 0 }, bars) => {
  const made = part("bars");
  const measure = sum ? `Sum of ${sum}` : "Number of rows";
  const largest = values > bars.length ? `, the ${bars.length} largest of ${figures(values)}` : "";
  const times = dated ? ". Each bar is the time that the date stands for." : "";
  made.querySelector("caption").textContent = `${measure} by ${by}${largest}${times}`;
  const [column, , number] = made.querySelectorAll("thead th");
  column.textContent = by;
  number.textContent = measure;
  made.querySelector("tbody").append(...bars.map((bar) => barOf(bar, dated)));
  return made;
};

const refusal = (/** @type {string | undefined} */ problem) => {
  if (!problem) return part("no-sum");
  const made = part("no-chart");
  made.textContent = problem;
  return made;
};

/**
 * `root` leads from the page to those of the database.
 * @param {import("../charts/chart_rows.js").Charted} found
 * @param {string} root
 * @param {import("../engine/site.js").Asking} site
 */
export const chartOf = async (found, root, site) => {
  const chart = await chartRows(found, root, site);
  const made = part("chart");
  const form = made.querySelector("form");
  const [measure, column] = form.querySelectorAll("select");
  form.prepend(...chart.kept.map(([name, value]) => element("input", { type: "hidden", name, value })));
  measure.append(...chart.numbers.map((name) => new Option(`Sum of ${name}`, name, false, name === chart.sum)));
  column.append(...chart.columns.map((name) => new Option(name, name, false, name === chart.by)));
  if (!chart.by) return made;
  made.open = true;
  made.append(chart.bars?.length ? barsOf(chart, chart.bars) : refusal(chart.problem));
  if (location.hash === "#chart-rows") requestAnimationFrame(() => made.scrollIntoView());
  return made;
};
