// The name that was meant by one that is not there: see plugins/news_site/refusals/filters.py.

/**
 * Letters changed, swapped, added or missing (optimal string alignment).
 * @param {string} one
 * @param {string} other
 */
export const distance = (one, other) => {
  const [a, b] = [Array.from(one), Array.from(other)];
  /** @type {number[][]} */
  let [before, above] = [[], b.map((_, index) => index)];
  above.push(b.length);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(row[j - 1] + 1, above[j] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, above] = [above, row];
  }
  return above[b.length];
};

/**
 * It begins so, or one letter in three is changed, swapped, added or missing.
 * @param {string} name
 * @param {string[]} names
 */
export const nearest = (name, names) => {
  const asked = name.toLowerCase();
  const most = Math.max(1, Math.floor(Array.from(asked).length / 3));
  const rated = names.map((other) => {
    const lower = other.toLowerCase();
    const [far, elsewhere] = [distance(asked, lower), lower[0] !== asked[0]];
    return { other, far, elsewhere: Number(elsewhere), near: far <= most || lower.startsWith(asked) };
  });
  /** @type {(a: typeof rated[number], b: typeof rated[number]) => number} */
  const first = (a, b) => a.far - b.far || a.elsewhere - b.elsewhere || (a.other < b.other ? -1 : 1);
  return asked ? rated.filter(({ near }) => near).sort(first)[0]?.other : undefined;
};
