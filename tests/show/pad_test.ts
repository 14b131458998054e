// The sheet to draw on: its script, run with a stand-in for the page, turns strokes into rows of code.
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { pad } from "../../lib/show/mod.ts";

const at = (column: number, row: number) => ({ offsetX: 14 * column + 5, offsetY: 14 * row + 5 });

/** A stand-in for what the script finds in the page. */
function page() {
  const dark = new Set<string>();
  const pen = {
    fillStyle: "",
    fillRect(x: number, y: number) {
      dark[this.fillStyle === "#000" ? "add" : "delete"](`${x / 14},${y / 14}`);
    },
  };
  const sheet: Record<string, (event?: unknown) => void> & { getContext?: unknown } = { getContext: () => pen };
  const [text, button] = [{ value: "" }, { onclick: () => {} }];
  const parts: Record<string, unknown> = { canvas: sheet, textarea: text, button };
  return { root: { querySelector: (name: string) => parts[name] }, sheet, text, button, dark };
}

/** Runs the script of a sheet. */
function open(html: string) {
  const found = page();
  const [, id] = /<div id="([^"]+)">/.exec(html)!;
  const [, script] = /<script>([^]*)<\/script>/.exec(html)!;
  const document = { getElementById: (asked: string) => asked === id ? found.root : undefined };
  new Function("document", script)(document);
  return found;
}

Deno.test("the canvas begins with the drawing, and a stroke adds ink only while the pointer is down", () => {
  const { sheet, text, dark } = open(pad(["#..", "..."]).html()!);
  assertEquals([...dark], ["0,0"]);
  assertEquals(text.value, 'const drawing = [\n  "#..",\n  "...",\n];');
  sheet.onpointermove(at(2, 0)); // not down yet
  sheet.onpointerdown(at(1, 1));
  sheet.onpointermove(at(2, 1));
  sheet.onpointermove(at(7, 9)); // outside
  sheet.onpointerup();
  sheet.onpointermove(at(1, 0));
  assertEquals([...dark].sort(), ["0,0", "1,1", "2,1"]);
  assertEquals(text.value, 'const drawing = [\n  "#..",\n  ".##",\n];');
});

Deno.test("Clear makes the sheet blank again, and the code has the name that was given", () => {
  const { text, button, dark } = open(pad(["##"], { name: "mine" }).html()!);
  button.onclick();
  assertEquals([...dark], []);
  assertEquals(text.value, 'const mine = [\n  "..",\n];');
});

Deno.test("in a terminal it is the rows, all of the same length", () => {
  assertEquals(pad(["..#", ".#"]).text(), "..#\n.#.");
  assertEquals(pad(["x #"]).text(), "..#");
});

Deno.test("two sheets on one page do not draw on each other, and nothing in a name ends the script", () => {
  const [one, two] = [pad(["."]).html()!, pad(["."]).html()!];
  const id = (html: string) => /<div id="([^"]+)">/.exec(html)![1];
  assertEquals(id(one) === id(two), false);
  assertStringIncludes(pad(["."], { name: "</script>" }).html()!, "&lt;/script&gt;");
});

Deno.test("pad refuses what is not a list of rows", () => {
  assertThrows(() => pad("..#" as unknown as string[]), TypeError, "pad takes a list of strings and got");
  assertThrows(() => pad([1] as unknown as string[]), TypeError);
  assertThrows(() => pad([]), RangeError, "pad takes at least one place to draw on and got 0 empty rows");
});
