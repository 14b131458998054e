/** Splits text into what a reader takes for one character: a letter with its accents, a flag, a family of emoji. */

let splitter: Intl.Segmenter | undefined; // made when it is first needed: the tables it loads take tens of milliseconds and megabytes

/** The characters of a text; each has its text as `segment` and its position in UTF-16 units as `index`. */
export function graphemesOf(text: string): Iterable<Intl.SegmentData> {
  splitter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return splitter.segment(text);
}
