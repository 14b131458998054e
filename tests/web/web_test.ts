// `deno task web`: the page and the terminal share place and answers.
/// <reference lib="dom" />
import { assert, assertEquals, assertMatch } from "@std/assert";
import { launch, openPage, webTest } from "./chromium.ts";
import { LessonPage } from "./lesson_page.ts";
import { startWeb } from "./web_server.ts";

const ANSWER =
  "function mseSlopes(w: number, b: number, xs: number[], ys: number[]): [number, number] {\n  return w;\n}";

webTest(
  "the page of deno task web keeps place and answers in .gradually, checks types, and reads what the terminal writes",
  async () => {
    const browser = await launch();
    try {
      await using server = await startWeb();
      await using opened = await openPage(browser, server.address);
      const { page } = opened;
      assertEquals(new URL(page.url()).search, ""); // the token is not in the address anymore
      const lesson = new LessonPage(page);
      await lesson.open("y = wx + b");
      assert(await page.evaluate(() => crossOriginIsolated));
      await lesson.goTo(7);
      const asked = page.waitForRequest(/\/types$/);
      await lesson.answer(7, ANSWER);
      assertEquals((await asked).postDataJSON(), { lesson: "04_linear_regression", exercise: "mse-slopes" });
      const progress = JSON.parse(await Deno.readTextFile(`${server.state}/progress.json`));
      assertEquals(progress.last, "04_linear_regression");
      assertEquals(progress.lessons["04_linear_regression"].exercises["mse-slopes"].tries, 1);
      const path = `${server.state}/answers/04_linear_regression/mse-slopes.ts`;
      assertMatch(await Deno.readTextFile(path), /return w;/);

      // The terminal writes another answer, and goes further.
      await Deno.writeTextFile(path, ANSWER.replace("return w", "return [w, b]"));
      progress.lessons["04_linear_regression"].guesses = { "loss-over-w": "a bowl" };
      await Deno.writeTextFile(`${server.state}/progress.json`, JSON.stringify(progress));
      await page.reload();
      await lesson.ready();
      assertMatch(await lesson.step(7).getByRole("textbox").innerText(), /return \[w, b\]/);
      await lesson.goTo(7);
      await lesson.button("Run").click();
      await lesson.step(7).locator(".verdict.wrong").waitFor();
      const after = JSON.parse(await Deno.readTextFile(`${server.state}/progress.json`));
      assertEquals(after.lessons["04_linear_regression"].guesses, { "loss-over-w": "a bowl" });
      assertEquals(after.lessons["04_linear_regression"].exercises["mse-slopes"].tries, 2);
    } finally {
      await browser.close();
    }
  },
);
