// Puts the chart that an address asks for in place of the baked one.
import { isNumber, textOf } from "../ask/values.js";
import { answerChart, shownColumns, specification } from "../charts/declared.js";
import { draw, svgElement } from "../charts/drawing.js";
import { describe } from "../engine/schema.js";
import { csvOf, download } from "./downloads.js";
import { drop, element, find, link } from "./parts.js";

/**
 * @typedef {import("../charts/declared.js").Chart} Chart
 * @typedef {object} Shown
 * @property {Chart} chart
 * @property {import("../charts/declared.js").Answer} answer
 * @property {import("../charts/declared.js").Drawing} drawing
 * @property {string} database
 */

/**
 * @param {"wide" | "narrow"} width
 * @param {Shown} shown
 * @param {string} [target]
 */
const drawAt = async (width, { chart, answer, drawing }, target) => {
  const hosts = answer.rows.map((_, place) => `${drawing.host}${place}`);
  const spec = specification(chart.spec[width], chart, answer, hosts, drawing);
  const svg = await draw(spec, new Map(hosts.map((host, at) => [host, answer.urls[at]])), drawing, target);
  const words = { role: "group", "aria-label": answer.takeaway, class: `drawing ${width}` };
  for (const [name, value] of Object.entries(words)) svg.setAttribute(name, value);
  return svg;
};

/**
 * @param {Shown} shown
 * @param {string} [target]
 */
const showFigure = async (shown, target) => {
  const figure = find(".chart");
  figure.querySelector("h1").textContent = shown.answer.takeaway;
  drop(".chart .drawing");
  if (!shown.answer.rows.length) return undefined;
  const [wide, narrow] = [await drawAt("wide", shown, target), await drawAt("narrow", shown, target)];
  figure.querySelector("figcaption").after(wide, narrow);
  return wide;
};

const cellOf = (/** @type {any} */ value) =>
  element("td", isNumber(value) ? { class: "number" } : {}, value === null ? "–" : textOf(value));

const showRows = (/** @type {Shown} */ { chart, answer }) => {
  const names = Object.keys(shownColumns(chart, answer.columns));
  const lines = answer.rows.map((row, at) => {
    const [first, ...others] = names.map((name) => row[name]);
    const words = first === null ? "–" : textOf(first);
    const head = element("th", { scope: "row" }, answer.urls[at] ? link(answer.urls[at], words) : words);
    return element("tr", {}, head, ...others.map(cellOf));
  });
  find(".listing tbody").replaceChildren(...lines);
};

/**
 * @param {Element} wide
 * @param {Shown} shown
 */
const svgFile = (wide, { chart, answer, drawing }) => {
  const words = [svgElement("title", {}, chart.title), svgElement("desc", {}, answer.takeaway)];
  const copy = /** @type {Element} */ (wide.cloneNode(true));
  copy.prepend(...words, svgElement("rect", { width: "100%", height: "100%", fill: drawing.paper }));
  return new XMLSerializer().serializeToString(copy);
};

const jsonFile = (/** @type {Shown} */ { chart, answer, drawing, database }) => {
  const { title, source, sql } = chart;
  const usermeta = { title, takeaway: answer.takeaway, source, database, sql, parameters: answer.parameters };
  return JSON.stringify({ ...specification(chart.spec.wide, chart, answer, answer.urls, drawing), usermeta }, null, 2);
};

/**
 * @param {string} svg
 * @returns {Promise<Blob>}
 */
const pngFile = async (svg) => {
  const picture = Object.assign(new Image(), { src: `data:image/svg+xml,${encodeURIComponent(svg)}` });
  await picture.decode();
  const canvas = Object.assign(document.createElement("canvas"), {
    width: 2 * picture.width,
    height: 2 * picture.height,
  });
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture is too large.")))),
  );
};

/**
 * @param {Element | undefined} wide
 * @param {Shown} shown
 */
const showFiles = (wide, shown) => {
  const { chart, answer } = shown;
  const rows = answer.rows.map(Object.values);
  /** @type {[words: string, suffix: string, type: string, content: () => BlobPart | Promise<BlobPart>][]} */
  const drawings = wide
    ? [
        ["SVG", "svg", "image/svg+xml", () => svgFile(wide, shown)],
        ["PNG", "png", "image/png", () => pngFile(svgFile(wide, shown))],
      ]
    : [];
  /** @type {typeof drawings} */
  const made = [
    ...drawings,
    ["Vega-Lite", "json", "application/json", () => jsonFile(shown)],
    ["CSV", "csv", "text/csv", () => csvOf({ columns: answer.columns, rows })],
  ];
  const buttons = made.map(([words, suffix, type, content]) =>
    download(words, `${chart.name}.${suffix}`, type, content),
  );
  const embed = find("a.embed");
  embed.search = location.search;
  find(".export-links").replaceChildren("This chart as ", ...buttons.flatMap((button) => [button, " "]), "· ", embed);
  const [address, height] = document.querySelectorAll(".embed-code span");
  address.textContent = embed.href;
  if (wide) height.textContent = String(Math.floor(Number(wide.getAttribute("height"))) + shown.drawing.around);
};

/**
 * Shows what is at `path`, counted from the site's root, with this query string.
 * @param {string} path
 * @param {string} search
 * @param {import("../engine/site.js").Site} site
 */
export const show = async (path, search, { described, root, linked, engine }) => {
  const [, , name, part] = path.split("/");
  const response = await fetch(linked("charts"));
  /** @type {{ drawing: import("../charts/declared.js").Drawing, charts: Record<string, Chart> }} */
  const { drawing, charts } = await response.json();
  const chart = charts[name];
  const database = chart.database ?? Object.keys(described.databases)[0];
  const answer = await answerChart(chart, drawing, search, { root, engine, schema: describe(described, database) });
  const shown = { chart, answer, drawing, database };
  const wide = await showFigure(shown, part && "_blank");
  if (part) return;
  const { elements } = find("main form.search");
  for (const [parameter, value] of Object.entries(answer.parameters)) elements[parameter].value = value;
  showRows(shown);
  showFiles(wide, shown);
};
