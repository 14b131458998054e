import { assert, assertMatch, assertThrows } from "@std/assert";
import { parseNotebook } from "../../../lib/cells/ipynb/notebook.ts";

Deno.test("a notebook that cannot be read is rejected in one line", () => {
  const good = JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [{ cell_type: "code", id: "a", metadata: {}, source: [] }],
  });
  const refusals: [string, ErrorConstructor, RegExp][] = [
    ["", SyntaxError, /a\.ipynb is cut off or damaged/],
    [good.slice(0, -20), SyntaxError, /a\.ipynb is cut off or damaged/],
    ["[]", SyntaxError, /a\.ipynb is not a notebook/],
    ['{"cells": []}', SyntaxError, /a\.ipynb is not a notebook/],
    [
      good.replace('"nbformat":4', '"nbformat":5'),
      RangeError,
      /format 5\.5, and only formats 4\.0 to 4\.5 can be read: .*newer version of Gradually/,
    ],
    [good.replace('"nbformat":4', '"nbformat":3'), RangeError, /format 3\.5.*open it in Jupyter and save it there/],
    ['{"nbformat":5,"nbformat_minor":{"toString":null}}', RangeError, /format 5\.0, and only/],
    [good.replace(/"cells":\[.*\]/, '"cells":{}'), SyntaxError, /no list of cells/],
    [good.replace('"code"', '"cod"'), SyntaxError, /damaged: cell 1 has the unknown type "cod"/],
    [good.replace('"source":[]', '"source":[1]'), SyntaxError, /damaged: cell 1 has no text/],
    [good.replace('"metadata":{},"source"', '"metadata":3,"source"'), SyntaxError, /damaged: cell 1 has no metadata/],
  ];
  for (const [text, type, message] of refusals) {
    const error = assertThrows(() => parseNotebook(text, "a.ipynb"), type);
    assertMatch(error.message, message);
    assert(!error.message.includes("\n"), error.message);
  }
});
