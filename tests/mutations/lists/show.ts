// Mutations of the pictures.
import type { Mutated } from "../mutation.ts";

/** By file. */
export const show: readonly Mutated[] = [
  {
    file: "lib/show/pad.ts",
    tests: ["tests/show/pad_test.ts"],
    changes: [
      ["!down || ink[r]?.[c] === undefined", "ink[r]?.[c] === undefined"],
      ["() => down = false", "() => {}"],
      ["row.fill(false)", "row.fill(true)"],
      ["escapeXml(name)", "name"],
    ],
  },
  {
    file: "lib/show/curve_text.ts",
    tests: ["tests/show/curve_test.ts"],
    changes: [["b.last - a.last", "a.last - b.last"]],
  },
  {
    file: "lib/show/png.ts",
    tests: ["tests/show/png_checksum_test.ts"],
    changes: [
      ["crc32(bytes.subarray(4, 8 + data.length))", "crc32(bytes.subarray(0, 8 + data.length))"],
      ["(crc ^ 0xffffffff) >>> 0", "crc >>> 0"],
      ["a = (a + byte) % 65521", "a = (a + byte) % 65536"],
      ["at + 65535 >= bytes.length ? 1 : 0", "1"],
    ],
  },
  {
    file: "lib/show/plane.ts",
    tests: ["tests/show/plane_test.ts"],
    changes: [
      ["value < min && value !== -Infinity", "value < min"],
      ["value > max && value !== Infinity", "value > max"],
      ["Math.min(0, min)", "min"],
      ["values.map((sum, i) => sum / counts[i])", "values.map((sum) => sum / factor ** 2)"],
    ],
  },
  {
    file: "lib/show/histogram.ts",
    tests: ["tests/show/histogram_ends_test.ts", "tests/show/tables_test.ts"],
    changes: [
      ["value === from + step * bins ? bins - 1 : Math.floor", "Math.floor"],
      ["Math.floor(low) - 0.5", "Math.floor(low)"],
      ["sum += (value - mean) ** 2", "sum += value ** 2"],
    ],
  },
  {
    file: "lib/show/watch.ts",
    tests: ["tests/show/watch_log_test.ts"],
    changes: [
      ["log: first ? [] : progress.log", "log: progress.log"],
      ["slice(-10)", "slice(-1)"],
      ["(iteration === 1 && lines > 2) ||", ""],
      ["Math.max(1, Math.ceil(iterations / lines))", "Math.max(1, Math.floor(iterations / lines))"],
      ["Math.ceil(60 / epochs)", "60"],
      ["progress = { ...progress, log: [] };", ""],
    ],
  },
  {
    file: "lib/show/progress.ts",
    tests: ["tests/show/progress_test.ts", "tests/show/watch_test.ts"],
    changes: [
      ["sum += value - (i >= window ? values[i - window] : 0)", "sum += value"],
      ["epochs.slice(1 - max)", "epochs.slice(0, max - 1)"],
      ["Math.floor(share * width * 8)", "Math.floor(share * width * 4)"],
    ],
  },
  {
    file: "lib/show/scale.ts",
    tests: ["tests/show/scale_test.ts", "tests/show/curve_test.ts"],
    changes: [
      ["rest >= Math.sqrt(10) ? 5", "rest >= Math.sqrt(10) ? 4"],
      ["i * step <= to + step * 1e-9", "i * step < to - step * 1e-9"],
      ["(Math.log10(value) - low) / (high - low)", "(Math.log10(value) - low) / high"],
    ],
  },
  {
    file: "lib/show/format.ts",
    tests: ["tests/show/format_test.ts"],
    changes: [
      ["seconds < 9.95", "seconds < 10"],
      ["Math.floor(whole / 60) % 60", "Math.floor(whole / 60)"],
      ["size < 1e-4", "size < 1e-3"],
      ['(v) => v.toFixed(decimals).endsWith("0")', '(v) => v.toFixed(decimals).endsWith("1")'],
    ],
  },
  {
    file: "lib/show/text.ts",
    tests: ["tests/show/text_test.ts"],
    changes: [
      ["used + next > width - 1", "used + next > width"],
      ["used + gap + width > columns", "used + width > columns"],
    ],
  },
  {
    file: "lib/show/color.ts",
    tests: ["tests/show/color_test.ts"],
    changes: [
      ["share < 0 ? NEGATIVE : POSITIVE", "share < 0 ? POSITIVE : NEGATIVE"],
      ["b > 140 ? [0, 0, 0]", "b < 140 ? [0, 0, 0]"],
      ["if (distance < least)", "if (distance > least)"],
    ],
  },
  {
    file: "lib/show/braille.ts",
    tests: ["tests/show/braille_test.ts"],
    changes: [
      ["this.#dots[at] |= BITS", "this.#dots[at] = BITS"],
      ["return start + steps;", "return start;"],
    ],
  },
  {
    file: "lib/show/curve.ts",
    tests: ["tests/show/curve_test.ts", "tests/show/borders_test.ts"],
    changes: [["from > 0 && from <= 0.35 * to", "from > 0"], ["(logY && y <= 0)", "(logY && y < 0)"]],
  },
  {
    file: "lib/show/curve_text.ts",
    tests: ["tests/show/curve_test.ts"],
    changes: [["|| taken.has(to)", ""], ["(1 - y.at(v)) * (canvas.height - 1)", "y.at(v) * (canvas.height - 1)"]],
  },
  {
    file: "lib/show/confusion.ts",
    tests: ["tests/show/tables_test.ts", "tests/show/borders_test.ts"],
    changes: [["formatPercent(n / sums[i], 1)", "formatPercent(n / sums[j], 1)"], ["b.n - a.n", "a.n - b.n"]],
  },
  {
    file: "lib/show/summary.ts",
    tests: ["tests/show/tables_test.ts"],
    changes: [["...new Set(model.parameters())", "...model.parameters()"]],
  },
  {
    file: "lib/show/slide.ts",
    tests: ["tests/show/tables_test.ts", "tests/show/borders_test.ts"],
    changes: [
      ["y * output.columns + x <= stop", "y * output.columns + x < stop"],
      ["y * stride + i, x * stride + j", "y * stride + i, x + j"],
      ["at - ((count - extent) >> 1)", "at"],
    ],
  },
  {
    file: "lib/show/tensor_like.ts",
    tests: ["tests/show"],
    changes: [["finite > 0 ? sum / finite", "finite > 0 ? sum / data.length"], [
      "data.length === sizeOf(shape)",
      "true",
    ]],
  },
  {
    file: "lib/show/text_output.ts",
    tests: ["tests/show/display_test.ts", "tests/show/text_output_test.ts"],
    changes: [
      ["Math.min(this.#last.rows, screen.rows - 1)", "this.#last.rows"],
      ["if (this.#last?.id === id) this.#last = undefined;", ""],
    ],
  },
  {
    file: "lib/show/cells.ts",
    tests: ["tests/show/borders_test.ts"],
    changes: [["sum(all.slice(0, i + 1)) > room", "sum(all.slice(0, i)) > room"]],
  },
  {
    file: "lib/show/trace_picture.ts",
    tests: ["tests/show/borders_test.ts"],
    changes: [["index > steps.length", "index >= steps.length"]],
  },
];
