// The bottom of the screen, as a terminal shows it: wrapped lines, tabs, displays redrawn in place.
import { assertEquals, assertLess } from "@std/assert";
import xterm from "@xterm/headless";
import fc from "fast-check";
import { LiveRegion } from "../../../lib/fronts/terminal/live_region.ts";
import { cut, mostRows } from "../../../lib/fronts/text/width.ts";

/** The lines of a terminal of this size after `draw`. */
function onScreen(draw: (region: LiveRegion) => void, columns = 20, rows = 8): Promise<string[]> {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  let written = "";
  draw(new LiveRegion({ columns, rows, write: (text: string) => written += text }));
  return new Promise((resolve) => {
    terminal.write(written, () => {
      const { active: buffer } = terminal.buffer;
      const lines = Array.from({ length: buffer.length }, (_, i) => buffer.getLine(i)?.translateToString(true) ?? "");
      resolve(lines.join("\n").trimEnd().split("\n"));
    });
  });
}

Deno.test("text takes as many rows as its lines fill; an empty line takes one, wide characters take two columns", () => {
  assertEquals(["", "a", "abcd", "abcde", "abcd\nabcde\n\na", "数数", "数数数"].map((text) => mostRows(text, 4)), [
    0,
    1,
    1,
    2,
    5,
    1,
    2,
  ]);
});

Deno.test("a line is cut at the edge, with a mark, and never in the middle of a wide character", () => {
  assertEquals([cut("abcd", 4), cut("abcde", 4), cut("数数数", 4)], ["abcd", "abc…\x1b[0m", "数…\x1b[0m"]);
});

Deno.test("a tab moves to the next multiple of eight columns", async () => {
  assertEquals(await onScreen((region) => region.print("ab\tc\tde\n")), ["ab      c       de"]);
});

Deno.test("a display with wrapped lines is redrawn in place, and the text after it stays below", async () => {
  const screen = await onScreen((region) => {
    region.print("above\n");
    region.show("a display that is wider than the screen", "x");
    region.print("below\n");
    region.show("short", "x");
    region.settle();
  });
  assertEquals(screen, ["above", "short", "below"]);
});

Deno.test("the line of keys is below an empty line, and disappears when something is printed", async () => {
  assertEquals(await onScreen((region) => region.statusLine = "keys"), ["", "keys"]);
  const screen = await onScreen((region) => {
    region.statusLine = "keys";
    region.print("one\n");
    region.statusLine = "other keys that are far too long for it";
  });
  assertEquals(screen, ["one", "", "other keys that ar…"]);
});

Deno.test("an unfinished line goes on where it was, with the line of keys below it at all times", async () => {
  const screen = (end: boolean): Promise<string[]> =>
    onScreen((region) => {
      region.statusLine = "keys";
      for (const piece of ["one", " two", " three four five six", "\nseven"]) region.output(piece);
      region.statusLine = "other keys";
      region.output(" eight");
      if (end) region.settle();
    });
  assertEquals(await screen(false), ["one two three four f", "ive six", "seven eight", "", "other keys"]);
  assertEquals(await screen(true), ["one two three four f", "ive six", "seven eight", "", "other keys"]);
});

Deno.test("a carriage return starts the line over, also in a later piece; text of the course cannot be written over", async () => {
  const screen = await onScreen((region) => {
    region.print("above\n");
    for (const piece of ["10%", "\r20%\r", "30", "%\rdone\r\n", "\r", "\n"]) region.output(piece);
    region.print("✗ Error:\r✓ right\n");
    region.statusLine = "keys";
  });
  assertEquals(screen, ["above", "done", "", "✗ Error:", "✓ right", "", "keys"]);
});

Deno.test("a color that is not turned off ends with its line, and comes back after what is drawn between", () => {
  let written = "";
  const region = new LiveRegion({ columns: 20, rows: 8, write: (text: string) => written += text });
  region.output("\x1b[41mred");
  region.statusLine = "keys";
  assertEquals(written.includes("\x1b[41mred\x1b[0m"), true);
});

Deno.test("a display that is taller than the screen is drawn as far as it fits, and as a whole at the end", async () => {
  const screen = await onScreen((region) => {
    region.print("above\n");
    region.show("first", "x");
    region.show("x".repeat(250), "x");
    region.show("y".repeat(250), "x");
    region.settle();
    region.print("below\n");
  });
  assertEquals(screen.slice(0, 1).concat(screen.slice(-2)), ["above", "yyyyyyyyyy", "below"]);
  assertEquals(screen.join("").replace(/[^y]/g, "").length >= 250, true);
  assertEquals(screen.join("").includes("first"), false);
});

Deno.test("a tall display fills the screen down to the line of keys, however often it is redrawn", async () => {
  for (const count of [5, 6, 7, 30]) { // 6 rows are left by the line of keys and the empty one above it
    const rows = (draw: number) => Array.from({ length: count }, (_, i) => `${draw}: row ${i + 1}`);
    const screen = await onScreen((region) => {
      region.statusLine = "keys";
      for (const draw of [1, 2, 3]) region.show(rows(draw).join("\n"), "x");
    });
    assertEquals(screen, [...rows(3).slice(-6), "", "keys"]);
  }
});

Deno.test("text looks the same in pieces, with a line of keys that changes, as it does at once", async () => {
  const piece = fc.array(
    fc.constantFrom("a", "bc ", "\n", "数", "👍", "e\u0301", "─".repeat(15), "word ".repeat(9)),
    {
      maxLength: 6,
    },
  ).map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), fc.boolean(), async (pieces, live) => {
      const draw = (pieces: readonly string[]) => (region: LiveRegion): void => {
        if (live) region.show("a display", "x");
        pieces.forEach((piece, i) => {
          region.output(piece);
          if (i % 2 === 0) region.statusLine = `keys ${i}`;
          if (i === 3 && live) region.show("the display again", "x");
        });
        region.settle();
        region.statusLine = "";
        region.print("end\n");
      };
      const whole = (region: LiveRegion): void => {
        if (live) region.show(pieces.length > 3 ? "the display again" : "a display", "x");
        region.output(pieces.join(""));
        region.settle();
        region.print("end\n");
      };
      assertEquals(await onScreen(draw(pieces), 20, 50), await onScreen(whole, 20, 50));
    }),
    { numRuns: 300 },
  );
});

Deno.test("what comes in very many or very long pieces takes linear time", () => {
  const time = (draw: (region: LiveRegion) => void): number => {
    const region = new LiveRegion({ columns: 80, rows: 24, write: () => {} });
    region.statusLine = "keys";
    const start = performance.now();
    draw(region);
    region.settle();
    return performance.now() - start;
  };
  // Quadratic, each of these takes minutes.
  const slow: [string, (region: LiveRegion) => void][] = [
    ["displays", (region) => repeat(20_000, (i) => region.show(`value ${i}`, `display ${i}`))],
    ["updates", (region) => repeat(20_000, (i) => region.show(`value ${i}`, "x"))],
    ["dots", (region) => repeat(20_000, () => region.output("."))],
    ["emoji", (region) => repeat(20_000, () => region.output("👍"))],
    ...["a", "a ", "👍", "\r", "\t", "\n", "\x1b[31ma", "\x1b[", "\x1b]", "\u0301"].map((
      text,
    ): [string, (region: LiveRegion) => void] => [JSON.stringify(text), (region) => {
      region.show("a display", "x");
      region.output(text.repeat(1_000_000 / text.length));
    }]),
  ];
  for (const [name, draw] of slow) assertLess(time(draw), 10_000, name);
});

function repeat(count: number, act: (i: number) => void): void {
  for (let i = 0; i < count; i++) act(i);
}
