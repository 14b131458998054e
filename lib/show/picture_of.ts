/** pictureOf: the picture of any value. */
import { DISPLAY, Picture, type Showable } from "./picture.ts";
import { tensor } from "./tensor_picture.ts";
import { isTrace, tracePicture } from "./trace_picture.ts";
import { isTensorLike } from "./tensor_like.ts";

/**
 * The picture of a value: the value itself, the picture of a tensor or a trace, or the text that `console.log` would
 * print. Undefined for a value that makes its own MIME bundle with `[Symbol.for("Jupyter.display")]`.
 */
export function pictureOf(value: unknown): Picture | undefined {
  if (value instanceof Picture) return value;
  if (isShowable(value)) return undefined;
  if (isTensorLike(value)) return tensor(value);
  if (isTrace(value)) return tracePicture(value);
  if (typeof value === "string") return new Picture({ text: () => value });
  return new Picture({
    text: ({ columns, colors }) =>
      Deno.inspect(value, { colors: colors !== "none", breakLength: columns, strAbbreviateSize: 1000 }),
  });
}

/** Whether a value makes its own MIME bundle. */
function isShowable(value: unknown): value is Showable {
  return typeof value === "object" && value !== null && typeof (value as Partial<Showable>)[DISPLAY] === "function";
}
