// An error with the line and column that it is about.
import { element } from "../queries/show/parts.js";

const TOKEN = /^(?:[\p{L}\p{N}_.]+|[^])/u;

/**
 * Offsets are those of JavaScript; people count lines and characters, from 1.
 * @param {string} sql
 * @param {number} offset
 */
const placeOf = (sql, offset) => {
  const before = sql.slice(0, offset).split("\n");
  const words = `line ${before.length}, column ${Array.from(before[before.length - 1]).length + 1}`;
  const place = element("a", { class: "place", href: "#sql-editor" }, words);
  Object.assign(place.dataset, { start: offset, end: offset + (TOKEN.exec(sql.slice(offset))?.[0].length ?? 0) });
  return place;
};

/**
 * @param {{ message: string, offset?: number }} error
 * @param {string | undefined} sql
 */
export const errorOf = ({ message, offset }, sql) => {
  const at = message === "incomplete input" ? sql?.trimEnd().length : offset;
  const place = sql !== undefined && at !== undefined ? [" – ", placeOf(sql, at)] : [];
  return element("p", { class: "message error", role: "alert" }, message, ...place);
};
