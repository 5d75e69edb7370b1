// The nearest spelling of words that no text has: see plugins/news_site/search/finding.py.
import { fold } from "../ask/folding.js";
import { distance } from "../ask/nearest.js";

const WORD = /[\p{L}\p{Nl}\p{No}]{3,}/gu;

/**
 * Of the words with fewest changes, one in four letters or two at most, the most frequent; none if it is there.
 * @param {string} word
 * @param {any[][]} near
 */
const nearest = (word, near) => {
  const rated = near.map(([id, found, texts]) => ({ found, texts, changes: distance(word, id) }));
  /** @type {(a: typeof rated[number], b: typeof rated[number]) => number} */
  const first = (a, b) => a.changes - b.changes || b.texts - a.texts || (a.found < b.found ? -1 : 1);
  const best = rated.sort(first)[0];
  const most = Array.from(word).length <= 4 ? 1 : 2;
  return best && best.changes > 0 && best.changes <= most ? best.found : undefined;
};

/**
 * The search with the nearest spelling of each word that is not there; undefined if that changes nothing.
 * @param {string} q
 * @param {import("./everything.js").Queries} queries
 * @param {Pick<import("../engine/site.js").Asking, "engine" | "schema">} site
 */
export const suggest = async (q, { near_words, corrected }, { engine, schema }) => {
  if (!near_words || !schema.tables.words) return undefined;
  /** @type {Record<string, string | undefined>} */
  const spelt = {};
  for (const word of [...new Set(q.match(WORD))].slice(0, corrected)) {
    const folded = fold(word);
    spelt[word] = nearest(folded, (await engine.query(near_words, { word: folded }, Infinity)).rows);
  }
  const suggested = q.replace(WORD, (word) => spelt[word] ?? word);
  return suggested === q ? undefined : suggested;
};
