/**
 * Images laid out for convolution: with their padding around them, and, for a stride s, with every s-th column moved
 * together. Then the pixels that one weight meets in neighbouring windows are neighbours in memory, whatever the stride,
 * and the tiles read them in place.
 *
 *     stride 1:  a row is           0 x₀ x₁ x₂ x₃ x₄ 0
 *     stride 2:  a row is           0 x₁ x₃ 0 | x₀ x₂ x₄ ·       (columns 0, 2, 4, 6 | 1, 3, 5 of the padded row)
 *
 * For the gradient of the input the same layout holds `gradOut` with zeros between its pixels (spread by the stride):
 * that gradient is a convolution of stride 1 with the weights turned by half a turn.
 */

/** Where the numbers of a plane go: `rows` × `columns` numbers of `from`, to row `y · spreadY + top`, column `x · spreadX + left`. */
export function layPlane(
  from: usize,
  rows: i32,
  columns: i32,
  to: usize, // from `rows` × `columns`, to `height` rows of
  height: i32,
  width: i32,
  phases: i32, //            `phases` × `width` numbers
  spreadY: i32,
  spreadX: i32,
  top: i32,
  left: i32,
): void {
  const line = <usize>(phases * width) << 2;
  if (phases == 1 && spreadX == 1 && spreadY == 1 && left >= 0 && left + columns <= width && columns >= 4) {
    const first = max(-top, 0), last = min(rows, height - top);
    const start = to + <usize>(first + top) * line + (left << 2);
    const bytes = <usize>columns << 2;
    copyLines(from + first * bytes, bytes, start, line, last - first, bytes);
    return;
  }
  for (let y = 0; y < rows; y++) {
    const row = y * spreadY + top;
    if (row >= 0 && row < height) {
      const start = to + <usize>row * line;
      for (let x = 0; x < columns; x++) {
        const column = x * spreadX + left;
        if (column >= 0 && column < phases * width) {
          const at = column % phases * width + column / phases;
          store<f32>(start + (<usize>at << 2), load<f32>(from + (<usize>x << 2)));
        }
      }
    }
    from += <usize>columns << 2;
  }
}

/** Copies lines of `bytes` ≥ 16 bytes that lie some steps apart; the last four numbers of each may be copied twice. */
export function copyLines(from: usize, fromStep: usize, to: usize, toStep: usize, lines: i32, bytes: usize): void {
  const last = bytes - 16;
  for (let y = 0; y < lines; y++) {
    for (let i: usize = 0; i < last; i += 16) v128.store(to + i, v128.load(from + i));
    v128.store(to + last, v128.load(from + last));
    from += fromStep;
    to += toStep;
  }
}

/** For each weight of one output channel, where in a laid-out image the pixels begin that it meets. */
export function fillTable(
  table: usize,
  channels: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  height: i32,
  width: i32,
  phases: i32,
): void {
  for (let c = 0; c < channels; c++) {
    for (let ky = 0; ky < kernelHeight; ky++) {
      for (let kx = 0; kx < kernelWidth; kx++) {
        const line = c * height + ky;
        store<i32>(table, ((line * phases + kx % phases) * width + kx / phases) << 2);
        table += 4;
      }
    }
  }
}
