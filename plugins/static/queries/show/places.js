// Where a row is read that has no page of its own, as plugins/news_site/row_places.py says.
import { tildeEncode } from "../ask/addresses.js";
import { textOf } from "../ask/values.js";

/**
 * The page and anchor of a row; undefined where its columns do not tell. `root` leads to the database's pages.
 * @param {import("../engine/schema.js").Place} place
 * @param {(column: string) => any} valueOf undefined for a column that is not there
 * @param {string} root
 */
export const placeOf = ({ table, column, anchor, anchor_column }, valueOf, root) => {
  const [page, mark] = [valueOf(column), anchor_column ? valueOf(anchor_column) : anchor];
  if (page === undefined || page === null || mark === undefined) return undefined;
  return `${root}${tildeEncode(table)}/${tildeEncode(textOf(page))}/${mark ? `#${mark}` : ""}`;
};
