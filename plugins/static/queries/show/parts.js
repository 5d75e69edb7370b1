// The page's own templates (_templates.html), to be filled. What comes from data is text, never markup.
import { textOf } from "../ask/addresses.js";

export const part = (name) => document.getElementById(`part-${name}`).content.firstElementChild.cloneNode(true);

export const element = (name, attributes = {}, ...content) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
};

export const link = (href, ...content) => element("a", { href }, ...content);

/** What the templates' `truncate` leaves of a text: whole words, and no cut for five letters. */
export const cut = (text, length) => {
  const letters = Array.from(text);
  if (letters.length <= length + 5) return text;
  const start = letters.slice(0, length - 3).join("");
  return `${start.includes(" ") ? start.slice(0, start.lastIndexOf(" ")) : start}...`;
};

/** 1,000; Intl's own takes longer than all the rest of an answer's drawing. */
export const figures = (number) =>
  textOf(number).replace(/^-?\d+/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ","));

/** 1 row, 1,000 rows */
export const countOf = (number, noun) => `${figures(number)} ${noun}${number === 1 ? "" : "s"}`;
