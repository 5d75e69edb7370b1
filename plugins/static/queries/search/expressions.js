// What was typed into the search, as FTS5 expressions: plugins/news_site/search/expressions.py says what a term is.
const NOT_TEXT = /[\x00-\x1f\x7f-\x9f\ufeff]/g;
const QUOTES = /[“”„«»]/g;
const TERM = /(-?)("[^"]*"?\*?|[^\s"]+)/g;
const LETTER = /[\p{L}\p{N}]/gu;

export const clean = (/** @type {string} */ q) => q.replace(NOT_TEXT, " ").replace(QUOTES, '"').trim();

/**
 * @param {string[]} phrases
 * @param {string[]} beside
 */
const either = (phrases, beside) => {
  const alternatives = phrases.join(" OR ");
  return beside.length && phrases.length > 1 ? `(${alternatives})` : alternatives;
};

/**
 * @param {string} expression
 * @param {string[]} excluded
 */
const without = (expression, excluded) =>
  excluded.length ? `${expression} NOT ${either(excluded, excluded)}` : expression;

const lettersOf = (/** @type {string} */ text) => text.match(LETTER)?.length ?? 0;

/**
 * The words of a term, those with three letters as beginnings.
 * @param {string} text
 * @param {boolean} prefix
 */
const beginnings = (text, prefix) =>
  text
    .split(/\s+/)
    .filter(lettersOf)
    .map((word) => `"${word}"${prefix || lettersOf(word) >= 3 ? "*" : ""}`);

/**
 * The expressions that find all and any of the words of a cleaned q; undefined where there is nothing to find.
 * @param {string} q
 * @param {number} most
 */
export const expressions = (q, most) => {
  /** @type {string[][]} */
  const [wanted, begun, excluded] = [[], [], []];
  for (const [, minus, term] of [...q.matchAll(TERM)].slice(0, most)) {
    const text = term.replaceAll('"', "").replace(/\*+$/, "");
    if (!lettersOf(text)) continue;
    const prefix = term.endsWith("*");
    (minus ? excluded : wanted).push(`"${text}"${prefix ? "*" : ""}`);
    if (!minus) begun.push(...beginnings(text, prefix));
  }
  if (!wanted.length) return undefined;
  return [without(wanted.join(" "), excluded), without(either(begun.slice(0, most), excluded), excluded)];
};
