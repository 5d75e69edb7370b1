// Draws a specification as plugins/news_site/charts/drawing.py does: Vega's becomes shapes, words and links of ours.
const SVG = "http://www.w3.org/2000/svg";
const XLINK = "http://www.w3.org/1999/xlink";

/** @typedef {import("./declared.js").Drawing} Drawing */

/**
 * Our policy allows no code made of words: expressions are interpreted (`ast`), and nothing brings styles along.
 * @param {import("./declared.js").Spec} spec
 */
const vegaDraws = async (spec) => {
  const { vegaEmbed } = await import("../../vendor/queries/charts/vega.js");
  const options = { mode: "vega-lite", ast: true, actions: false, defaultStyle: false, tooltip: false, logLevel: 1 };
  const { view, finalize } = await vegaEmbed(document.createElement("div"), spec, options);
  const svg = await view.toSVG();
  finalize();
  return new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
};

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} content
 */
export const svgElement = (name, attributes, ...content) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
};

/**
 * @param {Element} element
 * @param {Drawing} drawing
 */
const keptAttributes = (element, { kept, defaults }) => {
  const shown = Array.from(element.attributes, ({ name, value }) => [name, value.replace(/(\d+)\.(\d)\d*/g, "$1.$2")]);
  const isDefault = (/** @type {string[]} */ [name, value]) =>
    defaults.some(([other, usual]) => other === name && usual === value);
  return Object.fromEntries(shown.filter((pair) => kept.includes(pair[0]) && !isDefault(pair)));
};

/**
 * @param {Element[]} shapes
 * @param {string} href
 * @param {string} label
 * @param {string} [target]
 */
const linkAround = (shapes, href, label, target) => {
  /** @type {Record<string, string>} */
  const leaving = target ? { target, rel: "noopener" } : {};
  return svgElement("a", { href, "aria-label": label, ...leaving }, svgElement("title", {}, label), ...shapes);
};

/**
 * @param {Element} element
 * @param {Map<string | null, string | undefined>} urls
 * @param {Drawing} drawing what may stay
 * @param {string} [target]
 * @returns {Element[]}
 */
const clean = (element, urls, drawing, target) => {
  const tag = element.localName;
  const isNothing = tag === "path" && drawing.nothing.includes(element.getAttribute("d") ?? "");
  if (!drawing.drawn.includes(tag) || element.getAttribute("display") === "none" || isNothing) return [];
  const inner = Array.from(element.children).flatMap((child) => clean(child, urls, drawing, target));
  if (tag === "a") {
    const url = urls.get(element.getAttributeNS(XLINK, "href"));
    return url ? [linkAround(inner, url, element.firstElementChild?.getAttribute("aria-label") ?? "", target)] : inner;
  }
  const words = element.children.length ? [] : [element.textContent ?? ""];
  const copy = svgElement(tag, keptAttributes(element, drawing), ...words, ...inner);
  const silent = tag === "g" && new RegExp(drawing.silent).test(element.getAttribute("class") ?? "");
  if (silent) copy.setAttribute("aria-hidden", "true");
  return tag === "g" && (!inner.length || !copy.attributes.length) ? inner : [copy];
};

/**
 * The SVG of a specification whose marks lead to the keys of `urls`.
 * @param {import("./declared.js").Spec} spec
 * @param {Map<string | null, string | undefined>} urls
 * @param {Drawing} drawing
 * @param {string} [target]
 */
export const draw = async (spec, urls, drawing, target) => {
  const [svg] = clean(await vegaDraws(spec), urls, drawing, target);
  svg.setAttribute("font-family", drawing.font);
  svg.setAttribute("font-size", "12");
  return svg;
};
