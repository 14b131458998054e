// What holds for every picture: it fits, it is well-formed, it needs no colors.
import { assert, assertEquals } from "@std/assert";
import stringWidth from "string-width";
import { stripAnsi } from "../../lib/text/strip_ansi.ts";
import { curve, heatmap, histogram, plainScreen, tensor } from "../../lib/show/mod.ts";
import { colorScreen, parseSvg, pictures } from "./pictures.ts";

for (const [name, picture] of Object.entries(pictures)) {
  Deno.test(`${name}: no line is wider than the screen, with colors and without`, () => {
    for (const columns of [24, 40, 80, 133]) {
      for (const screen of [plainScreen(columns), colorScreen(columns)]) {
        for (const line of picture.text(screen).split("\n")) {
          const width = stringWidth(line);
          assert(width <= columns, `${width} columns on a screen of ${columns}: ${JSON.stringify(line)}`);
        }
      }
    }
  });

  Deno.test(`${name}: plain text has no escape codes, and colored text closes what it opens`, () => {
    assert(!picture.text().includes("\x1b"));
    for (const line of picture.text(colorScreen()).split("\n")) {
      // deno-lint-ignore no-control-regex -- escape codes are what this counts
      const codes = [...line.matchAll(/\x1b\[([\d;]*)m/g)].map((match) => match[1]);
      let [ink, ground] = [false, false];
      for (const code of codes) {
        if (code === "0") [ink, ground] = [false, false];
        else if (code === "39") ink = false;
        else {
          if (/(^|;)38;/.test(code)) ink = true;
          if (/(^|;)48;/.test(code)) ground = true;
          if (/(^|;)49$/.test(code)) ground = false;
        }
      }
      assertEquals([ink, ground], [false, false], JSON.stringify(line));
    }
  });

  Deno.test(`${name}: has a form for notebooks, and its SVG is well-formed, with a size and a title`, () => {
    const svg = picture.svg();
    if (svg === undefined) {
      assert(parseHtml(picture.html()!).includes("<table>"));
      return;
    }
    const root = parseSvg(svg);
    assert(Number(root.attributes.width) > 0 && Number(root.attributes.height) > 0);
    assertEquals(root.attributes.viewBox, `0 0 ${root.attributes.width} ${root.attributes.height}`);
    assert(root.children.some((child) => "name" in child && child.name === "title"));
    assert(!/NaN|undefined|Infinity/.test(svg.replace(/>[^<]*</g, "><")), "no attribute is NaN or undefined");
    assert(svg.includes("prefers-color-scheme:dark"));
  });
}

function parseHtml(html: string): string {
  parseSvg(`<svg>${html}</svg>`); // our tables are well-formed as XML too
  return html;
}

Deno.test("colors add nothing that plain text does not say: captions, numbers and marks are the same", () => {
  for (const name of ["digits", "confusion", "summary", "table", "histogram", "tensor of numbers"]) {
    const words = (text: string) =>
      stripAnsi(text).match(/[\p{L}\d✓✗.,%[\]]{2,}|[✓✗]/gu)!.filter((word) => !/^[.@%*#]+$/.test(word));
    assertEquals(
      words(pictures[name].text(colorScreen())).filter((word) => /[✓✗\d]/.test(word)),
      words(pictures[name].text()).filter((word) => /[✓✗\d]/.test(word)),
      name,
    );
  }
});

Deno.test("the largest and smallest floats can be drawn on any axis", () => {
  const extremes = [[5e-324, 1e-320], [-1.7e308, 1.7e308], [1e300, -Infinity, 5], [0, -0], [NaN], [1e15, 1e15 + 1]];
  for (const data of extremes) {
    for (const log of [false, true, "both"] as const) {
      const svg = curve(data, { log }).svg()!;
      assert(!/="[^"]*(NaN|Infinity)/.test(svg), `${data} ${log}`);
      parseSvg(svg);
    }
    for (
      const picture of [
        histogram(data),
        heatmap({ shape: [data.length], data }),
        tensor({ shape: [data.length], data }),
      ]
    ) {
      assert(!/="[^"]*(NaN|Infinity)/.test(picture.svg()!), String(data));
      assert(picture.text().split("\n").every((line) => stringWidth(line) <= 80));
    }
  }
});

Deno.test("a bold title is not cut off where a picture is narrower than it", () => {
  const title = "How many windows contain each pixel"; // in DejaVu Sans Bold, which is wide, 0.7 of its size per character
  for (const shape of [[5, 5], [20, 20]]) {
    const data = Float32Array.from({ length: shape[0] * shape[1] }, (_, i) => i);
    const width = Number(parseSvg(heatmap({ shape, data }, { title }).svg()!).attributes.width);
    assert(width >= 14 + 0.7 * 12 * title.length, `${width} for ${shape}`);
  }
});
