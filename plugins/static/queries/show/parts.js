// What a page is made of: what stands in it, and its own templates (_templates.html) to be filled.
// What comes from data is text, never markup.
import { figures } from "../ask/values.js";

/** What every page of the kind has, and so is taken for there. */
export const find = (/** @type {any} */ selector) => document.querySelector(selector);
export const drop = (/** @type {string} */ selector) =>
  document.querySelectorAll(selector).forEach((found) => found.remove());

/**
 * A copy of what a template holds.
 * @param {string} id
 * @returns {any} of whatever kind the template says
 */
export const copyOf = (id) => {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  return template.content.firstElementChild?.cloneNode(true);
};

export const part = (/** @type {string} */ name) => copyOf(`part-${name}`);

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, any>} attributes
 * @param {...(Node | string)} content
 */
export const element = (name, attributes = {}, ...content) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
};

/**
 * @param {string} href
 * @param {...(Node | string)} content
 */
export const link = (href, ...content) => element("a", { href }, ...content);

/**
 * What the templates' `truncate` leaves of a text: whole words, and no cut for five letters.
 * @param {string} text
 * @param {number} length
 */
export const cut = (text, length) => {
  const letters = Array.from(text);
  if (letters.length <= length + 5) return text;
  const start = letters.slice(0, length - 3).join("");
  return `${start.includes(" ") ? start.slice(0, start.lastIndexOf(" ")) : start}...`;
};

/**
 * 1 row, 1,000 rows
 * @param {number} number
 * @param {string} noun
 */
export const countOf = (number, noun) => `${figures(number)} ${noun}${number === 1 ? "" : "s"}`;
