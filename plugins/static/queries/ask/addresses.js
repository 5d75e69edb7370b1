// How Datasette writes addresses: query strings as Python does, ids with tildes, links with an argument more or less.
const percent = (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
const encoded = (text) => encodeURIComponent(text).replace(/[!'()*]/g, percent).replaceAll("%20", "+");

export const pairsOf = (query) => [...new URLSearchParams(query)];
export const queryOf = (pairs) => pairs.map((pair) => pair.map((part) => encoded(textOf(part))).join("=")).join("&");

/** Python's str(): 1.0 is not 1, and an empty value is None. */
export const textOf = (value) => {
  if (value === null || value === undefined) return "None";
  if (value instanceof Number) return realText(value.valueOf());
  return typeof value === "number" && !Number.isInteger(value) ? realText(value) : String(value);
};

const realText = (number) => {
  const size = Math.abs(number);
  if (size && (size < 1e-4 || size >= 1e16)) {
    return number.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  }
  return Number.isInteger(number) ? `${number}.0` : String(number);
};

const ascii = (text) =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Python's json.dumps(). */
export const json = (value) => {
  if (Array.isArray(value)) return `[${value.map(json).join(", ")}]`;
  if (value?.constructor === Object) {
    return `{${Object.entries(value).map((pair) => pair.map(json).join(": ")).join(", ")}}`;
  }
  return typeof value === "string" ? ascii(value) : textOf(value).replace("None", "null");
};

// 1.0 is not 1
const asWritten = (_, value, context) =>
  Number.isInteger(value) && /[.e]/i.test(context?.source ?? "") ? new Number(value) : value;

/** And its json.loads(), with reals that are whole as the engine gives them. */
export const parseJson = (text) => {
  try {
    return JSON.parse(text, asWritten);
  } catch {
    throw new Error(`This is not JSON: ${text.slice(0, 200)}`);
  }
};

const utf8 = new TextEncoder();
const safe = /[A-Za-z0-9_-]/;
const tilde = (byte) => {
  const letter = String.fromCharCode(byte);
  if (safe.test(letter)) return letter;
  return letter === " " ? "+" : `~${byte.toString(16).toUpperCase().padStart(2, "0")}`;
};

export const tildeEncode = (text) => Array.from(utf8.encode(text), tilde).join("");

/** Percent signs are no code here; broken codes stay. */
export const tildeDecode = (text) => {
  const escaped = text.replace(/[%&]/g, percent).replaceAll("~", "%");
  return new URLSearchParams(`text=${escaped}`).get("text");
};

/** A row's id in its address. */
export const rowPath = (values, write = tildeEncode) => values.map((value) => write(textOf(value))).join(",");

/** The arguments of a request, in the order in which their names come first. */
export class Arguments {
  constructor(search) {
    this.pairs = pairsOf(search);
    this.names = [...new Set(this.pairs.map(([name]) => name))];
  }
  has = (name) => this.names.includes(name);
  list = (name) => this.pairs.filter(([other]) => other === name).map(([, value]) => value);
  get = (name) => this.list(name)[0];

  // What Datasette's own links keep: an argument without a value is lost.
  #kept = () => this.pairs.filter(([, value]) => value !== "");
  #link = (pairs) => (pairs.length ? `?${queryOf(pairs)}` : "./");

  /** Links to the same page, relative to it. A value of null takes all of that name away. */
  adding(added) {
    const gone = added.filter(([, value]) => value === null).map(([name]) => name);
    const kept = this.#kept().filter(([name]) => !gone.includes(name));
    return this.#link([...kept, ...added.filter(([, value]) => value !== null)]);
  }
  removing(name, value) {
    return this.#link(this.#kept().filter((pair) => !(pair[0] === name && pair[1] === value)));
  }
  replacing(added) {
    const kept = this.#kept().filter(([name]) => !added.some(([other]) => other === name));
    return this.#link([...kept, ...added.filter(([, value]) => value !== null)]);
  }
}
