// The drawing pad, as somebody with a mouse uses it.
/// <reference lib="dom" />
import type { Locator, Page } from "playwright-core";
import type { PadPoint } from "../../lib/fronts/web/draw/drawing.ts";

/** The pad in a page. */
export class PadPage {
  readonly page: Page;
  readonly region: Locator;
  readonly canvas: Locator;
  readonly says: Locator;

  constructor(page: Page) {
    this.page = page;
    this.region = page.getByRole("region", { name: "Draw a digit" });
    this.canvas = this.region.getByLabel("Pad", { exact: true });
    this.says = this.region.getByRole("status");
  }

  /** A place on the screen for one of the pad, as the page stands now. */
  async places(): Promise<(point: PadPoint) => [number, number]> {
    await this.canvas.waitFor();
    await this.canvas.evaluate((canvas) => canvas.scrollIntoView({ block: "center" }));
    const { x, y, width, height } = (await this.canvas.boundingBox())!;
    return ([across, down]) => [x + across * width, y + down * height];
  }

  /** Draws with the mouse, as fast as the browser takes its moves. */
  async draw(strokes: readonly (readonly PadPoint[])[]): Promise<void> {
    const { mouse } = this.page;
    const place = await this.places();
    for (const stroke of strokes) {
      await mouse.move(...place(stroke[0]));
      await mouse.down();
      await Promise.all(stroke.slice(1).map((point) => mouse.move(...place(point))));
      await mouse.up();
    }
  }

  /** Which digit is read, once everything that was drawn is; undefined if none is. */
  async reads(): Promise<number | undefined> {
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    const said = /It reads (\d)/.exec(await this.says.textContent() ?? "");
    return said ? Number(said[1]) : undefined;
  }

  /** Takes everything away. */
  async clear(): Promise<void> {
    await this.region.getByRole("button", { name: "Clear" }).click();
  }

  /** Begins to measure: the time from each move of the pen until the page shows other probabilities. */
  async watch(): Promise<void> {
    await this.canvas.waitFor();
    await this.page.evaluate(() => {
      const times: number[] = [];
      let moved: number | undefined;
      addEventListener("pointermove", ({ timeStamp }) => moved ??= timeStamp, { capture: true });
      const bars = document.querySelector("[aria-label=Probabilities]")!;
      new MutationObserver(() => {
        if (moved !== undefined) times.push(performance.now() - moved);
        moved = undefined;
      }).observe(bars, { subtree: true, attributes: true, childList: true, characterData: true });
      Object.assign(globalThis, { penTimes: times });
    });
  }

  /** The times that were measured, in milliseconds. */
  times(): Promise<number[]> {
    return this.page.evaluate(() => (globalThis as unknown as { penTimes: number[] }).penTimes);
  }
}
