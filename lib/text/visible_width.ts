/** Measures text: how many columns it takes in a terminal. */
import { graphemesOf } from "./graphemes.ts";
import { NARROW } from "./narrow.ts";
import { stripAnsi } from "./strip_ansi.ts";

/** What is drawn: everything but marks that are set over a letter, and characters that only steer. */
const VISIBLE = /[^\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Mn}\p{Me}\p{Cs}]/v;
/** Far more than any emoji has; without a limit, a letter below thousands of marks would take seconds. */
const LONGEST_EMOJI = 50;
/** Marks and half-width forms that take columns of their own after a letter. */
const BESIDE = /[\p{Mc}\uff00-\uffef]/u;
/** A letter of a Korean syllable, and a syllable of two or three of them, which takes two columns. */
const JAMO = /[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7c6\ud7cb-\ud7fb]/;
const SYLLABLE = /[\u1100-\u115f\ua960-\ua97c][\u1160-\u11a7\ud7b0-\ud7c6][\u11a8-\u11ff\ud7cb-\ud7fb]?/g;
/** East Asian wide and full-width forms, by block; the emoji among them have a property of their own. */
const WIDE = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2630, 0x2637],
  [0x268a, 0x268f],
  [0x2e80, 0x303e],
  [0x3041, 0x3247],
  [0x3250, 0xa4c6],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfad9],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x1b2fb],
  [0x1d300, 0x1d376],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
];
const WIDE_EMOJI = /^(?!\p{Regional_Indicator})\p{Emoji_Presentation}/u;

/**
 * The columns that a line takes in a terminal: 2 for a wide character or an emoji, none for accents and escape codes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(visibleWidth("é ▀ ⠿"), 5);
 * assertEquals(visibleWidth("\x1b[31m数字\x1b[0m"), 4);
 * ```
 */
export function visibleWidth(line: string): number {
  const text = stripAnsi(line);
  if (NARROW.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemesOf(text)) width += graphemeWidth(segment);
  return width;
}

/** The columns of one grapheme: 0, 1 or 2, and more only where a script writes its marks beside the letter. */
export function graphemeWidth(grapheme: string): number {
  const start = grapheme.search(VISIBLE);
  if (start < 0) return 0;
  if (grapheme.length === 1) return columnsOf(grapheme);
  if (grapheme.length <= LONGEST_EMOJI && isEmoji(grapheme)) return 2;
  const [first, ...rest] = grapheme.slice(start);
  const counted = JAMO.test(first)
    ? Array.from(grapheme).filter((one) => VISIBLE.test(one)).join("").replace(SYLLABLE, "한")
    : [first, ...rest.filter((one) => BESIDE.test(one))];
  return Array.from(counted).reduce((width, one) => width + columnsOf(one), 0);
}

let emoji: RegExp | undefined; // made when it is first needed: it lists every emoji there is, which takes tens of milliseconds

/** Whether it is an emoji made of several characters: by the standard, a key without its variation selector, or two pictures joined. */
function isEmoji(grapheme: string): boolean {
  emoji ??= /^(?:\p{RGI_Emoji}|[\d#*]\u20e3|.*\p{Extended_Pictographic}.*\u200d.*\p{Extended_Pictographic}.*)$/sv;
  return emoji.test(grapheme);
}

function columnsOf(character: string): number {
  const code = character.codePointAt(0)!;
  if (code < 0x1100) return 1;
  return WIDE.some(([from, to]) => code >= from && code <= to) || WIDE_EMOJI.test(character) ? 2 : 1;
}
