// How Datasette writes addresses: query strings as Python does, ids with tildes, links with an argument more or less.
import { textOf } from "./values.js";

/** @typedef {[string, any]} Pair a name and a value of a query string */

const percent = (/** @type {string} */ letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
const encoded = (/** @type {string} */ text) =>
  encodeURIComponent(text)
    .replace(/[!'()*]/g, percent)
    .replaceAll("%20", "+");

export const pairsOf = (/** @type {string} */ query) => [...new URLSearchParams(query)];
/** @param {Pair[]} pairs */
export const queryOf = (pairs) => pairs.map((pair) => pair.map((part) => encoded(textOf(part))).join("=")).join("&");

const utf8 = new TextEncoder();
const safe = /[A-Za-z0-9_-]/;
const tilde = (/** @type {number} */ byte) => {
  const letter = String.fromCharCode(byte);
  if (safe.test(letter)) return letter;
  return letter === " " ? "+" : `~${byte.toString(16).toUpperCase().padStart(2, "0")}`;
};

export const tildeEncode = (/** @type {string} */ text) => Array.from(utf8.encode(text), tilde).join("");

/** Percent signs are no code here; broken codes stay. */
export const tildeDecode = (/** @type {string} */ text) => {
  const escaped = text.replace(/[%&]/g, percent).replaceAll("~", "%");
  return new URLSearchParams(`text=${escaped}`).get("text") ?? "";
};

/**
 * A row's id in its address.
 * @param {any[]} values
 */
export const rowPath = (values, write = tildeEncode) => values.map((value) => write(textOf(value))).join(",");

/** The arguments of a request, in the order in which their names come first. */
export class Arguments {
  /** @param {string} search */
  constructor(search) {
    /** @type {Pair[]} */
    this.pairs = pairsOf(search);
    this.names = [...new Set(this.pairs.map(([name]) => name))];
  }
  has = (/** @type {string} */ name) => this.names.includes(name);
  list = (/** @type {string} */ name) => this.pairs.filter(([other]) => other === name).map(([, value]) => value);
  get = (/** @type {string} */ name) => this.list(name)[0];
  /** @returns {Pair[]} */
  byName = () => this.names.flatMap((name) => this.list(name).map((value) => /** @type {Pair} */ ([name, value])));

  // What Datasette's own links keep: an argument without a value is lost.
  #kept = () => this.pairs.filter(([, value]) => value !== "");
  #link = (/** @type {Pair[]} */ pairs) => (pairs.length ? `?${queryOf(pairs)}` : "./");

  /**
   * Links to the same page, relative to it. A value of null takes all of that name away.
   * @param {Pair[]} added
   */
  adding(added) {
    const gone = added.filter(([, value]) => value === null).map(([name]) => name);
    const kept = this.#kept().filter(([name]) => !gone.includes(name));
    return this.#link([...kept, ...added.filter(([, value]) => value !== null)]);
  }
  /**
   * @param {string} name
   * @param {any} value
   */
  removing(name, value) {
    return this.#link(this.#kept().filter((pair) => !(pair[0] === name && pair[1] === value)));
  }
  /** @param {Pair[]} added */
  replacing(added) {
    const kept = this.#kept().filter(([name]) => !added.some(([other]) => other === name));
    return this.#link([...kept, ...added.filter(([, value]) => value !== null)]);
  }
}
