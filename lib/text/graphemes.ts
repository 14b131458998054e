/** Splits text into what a reader takes for one character: a letter with its accents, a flag, a family of emoji. */

/** The splitter; each of its pieces has the text as `segment` and its position in UTF-16 units as `index`. */
export const graphemes: Intl.Segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
