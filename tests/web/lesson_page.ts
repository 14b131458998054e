// What a learner does in the page of a lesson, by the names that buttons and regions have.
/// <reference lib="dom" />
import type { Locator, Page } from "playwright-core";

/** A lesson in the page. */
export class LessonPage {
  constructor(readonly page: Page) {}

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** A step, by its number from 1. */
  step(number: number): Locator {
    return this.page.getByRole("region", { name: new RegExp(`^${number} `) });
  }

  /** Opens a lesson from the list of the course, once the page runs: until then the links lead to pages that can only be read. */
  async open(title: string): Promise<void> {
    await this.page.locator("#app > header").waitFor();
    await this.page.getByRole("link", { name: title }).click();
    await this.ready();
  }

  /** Waits until the lesson can be used. */
  async ready(): Promise<void> {
    await this.button("Next").waitFor();
  }

  /** Waits until nothing runs, at a step or at the end. */
  async rest(): Promise<void> {
    await this.page.waitForTimeout(50);
    await this.page.waitForFunction(() => !document.querySelector(".running"));
  }

  /** Runs what a step says, and goes to the next one, until it is there. */
  async goTo(number: number): Promise<void> {
    await this.step(number).getByRole("button", { name: /^(Run to|Go) here$/ }).click();
    await this.page.locator(`#step-${number}[aria-current=step]`).waitFor();
    await this.rest();
  }

  /** Goes through the whole lesson without pauses. */
  async toTheEnd(timeout = 120_000): Promise<void> {
    await this.page.keyboard.press("c");
    await this.page.getByRole("region", { name: "The end" }).waitFor({ timeout });
  }

  /** Writes the answer to the exercise of a step, and has it checked. */
  async answer(number: number, code: string): Promise<void> {
    const step = this.step(number);
    await step.getByRole("textbox").click();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(code);
    await step.getByRole("button", { name: "Check", exact: true }).click();
    await this.page.locator(`#step-${number}[aria-current=step]`).waitFor();
    await this.rest();
  }

  /** Runs code with the lesson's variables, and gives what it prints. */
  async play(code: string): Promise<string> {
    await this.button("Play").click();
    const panel = this.page.getByRole("region", { name: "Play" });
    await panel.getByRole("textbox").click();
    await this.page.keyboard.insertText(code);
    const before = await this.page.locator(".output").count();
    await this.button("Run my code").click();
    await this.page.waitForFunction((count) => document.querySelectorAll(".output").length > count, before);
    await this.button("Back to the lesson").click();
    await this.button("Keep").click();
    return (await this.page.locator(".output").allInnerTexts()).join("\n");
  }
}
