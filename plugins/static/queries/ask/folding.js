// Words without capitals and accents, as the table `words` has them: see plugins/news_site/folding.py.

/**
 * Borísov and BORISOV are borisov.
 * @param {string} text
 */
export const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
