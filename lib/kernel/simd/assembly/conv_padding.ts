/**
 * Padded images for convolution: zeros around them, and, for a stride s, every s-th column moved next to each other (a
 * row is split into s phases). Then the pixels that one weight meets in neighboring windows are neighbors in memory,
 * whatever the stride, and the tiles read them in place.
 *
 *     stride 1:  a row is           0 x₀ x₁ x₂ x₃ x₄ 0
 *     stride 2:  a row is           0 x₁ x₃ 0 | x₀ x₂ x₄ ·       (columns 0, 2, 4, 6 | 1, 3, 5 of the padded row)
 *
 * For the gradient of the input, `gradOut` is also dilated: the stride puts zeros between its pixels. That gradient is a
 * convolution of stride 1 with flipped weights.
 */
import { Conv } from "./arguments";
import { address, int } from "./job";

/** Puts pixel (y, x) of a plane at row `y · dilationHeight + top`, column `x · dilationWidth + left` of the padded one. */
export function padPlane(
  from: usize,
  rows: i32,
  columns: i32,
  to: usize, // from `rows` × `columns`, to `height` rows of
  height: i32,
  width: i32,
  phases: i32, //            `phases` × `width` numbers
  dilationHeight: i32,
  dilationWidth: i32,
  top: i32,
  left: i32,
): void {
  const line = <usize>(phases * width) << 2, dilated = dilationWidth != 1 || dilationHeight != 1;
  if (phases == 1 && !dilated && left >= 0 && left + columns <= width && columns >= 4) {
    const first = max(-top, 0), last = min(rows, height - top);
    const start = to + <usize>(first + top) * line + (left << 2);
    const bytes = <usize>columns << 2;
    copyLines(from + first * bytes, bytes, start, line, last - first, bytes);
    return;
  }
  for (let y = 0; y < rows; y++) {
    const row = y * dilationHeight + top;
    if (row >= 0 && row < height) {
      const start = to + <usize>row * line;
      for (let x = 0; x < columns; x++) {
        const column = x * dilationWidth + left;
        if (column >= 0 && column < phases * width) {
          const at = column % phases * width + column / phases;
          store<f32>(start + (<usize>at << 2), load<f32>(from + (<usize>x << 2)));
        }
      }
    }
    from += <usize>columns << 2;
  }
}

/** Copies lines of `bytes` ≥ 16 bytes, some steps apart; the last four numbers of each may be copied twice. */
export function copyLines(from: usize, fromStep: usize, to: usize, toStep: usize, lines: i32, bytes: usize): void {
  const last = bytes - 16;
  for (let y = 0; y < lines; y++) {
    for (let i: usize = 0; i < last; i += 16) v128.store(to + i, v128.load(from + i));
    v128.store(to + last, v128.load(from + last));
    from += fromStep;
    to += toStep;
  }
}

/** For each weight of one output channel, writes where in a padded image the pixels that it meets begin. */
export function fillTable(): void {
  const height = int(Conv.paddedHeight), width = int(Conv.paddedWidth), phases = int(Conv.phases);
  let table = address(Conv.table);
  for (let c = 0; c < int(Conv.channels); c++) {
    for (let ky = 0; ky < int(Conv.kernelHeight); ky++) {
      for (let kx = 0; kx < int(Conv.kernelWidth); kx++) {
        const line = c * height + ky;
        store<i32>(table, ((line * phases + kx % phases) * width + kx / phases) << 2);
        table += 4;
      }
    }
  }
}

/** How many products one sum has: the weights of one output channel. */
// @ts-ignore: decorator
@inline
export function weightsPerOutput(): i32 {
  return int(Conv.channels) * int(Conv.kernelHeight) * int(Conv.kernelWidth);
}

/** The first image of a chunk, and the end of its images. */
// @ts-ignore: decorator
@inline
export function firstImage(chunk: i32): i32 {
  return chunk * int(Conv.imagesPerChunk);
}

// @ts-ignore: decorator
@inline
export function endImage(chunk: i32): i32 {
  return min(firstImage(chunk) + int(Conv.imagesPerChunk), int(Conv.batch));
}
