/** Tells text whose width is certain: one column for each character, in every terminal. */

/** Latin, Greek, Cyrillic, mathematics, and what pictures are drawn with. */
const ONE =
  "\\x20-\\x7e\\xa0-\\xac\\xae-\\u02ff\\u0370-\\u0482\\u048a-\\u04ff\\u1d00-\\u1dbf\\u1e00-\\u1eff\\u2010-\\u2027\\u2030-\\u205e" +
  "\\u2070-\\u209f\\u20a0-\\u20bf\\u2100-\\u2199\\u2200-\\u22ff\\u2400-\\u2426\\u2500-\\u25fc\\u2713\\u2717\\u2800-\\u28ff\\u2c60-\\u2c7f\\ufffd";
/** A text, perhaps empty, of such characters only. */
export const NARROW: RegExp = new RegExp(`^[${ONE}]*$`);
