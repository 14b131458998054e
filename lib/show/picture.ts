/** A picture that can be shown anywhere: as text, SVG or HTML, of which only the form that is needed is drawn. */
import type { MimeBundle } from "../contract/contract.ts";
import { currentScreen, plainScreen, type Screen } from "./screen.ts";
import { svgImage } from "./svg_image.ts";

export type { MimeBundle };

/** The name of the method that Deno's Jupyter kernel calls: `Symbol.for("Jupyter.display")`. */
export const DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/** Anything that can be shown: Deno's Jupyter kernel and {@linkcode show} call this method. */
export interface Showable {
  /** The content, by MIME type. */
  [DISPLAY](): MimeBundle | Promise<MimeBundle>;
}

/** How a picture is drawn in each form. */
export interface Forms {
  /** Lines for a screen; with `screen.colors` "none" there are no escape codes. */
  text(screen: Screen): string | string[];
  /** One SVG document. */
  svg?(): string;
  /** An HTML fragment. */
  html?(): string;
  /** The same content frame by frame, for a front end in which a key goes from one to the next. */
  frames?: Frames;
}

/** A picture in frames, each drawn when it is looked at. */
export interface Frames {
  /** How many there are. */
  readonly count: number;
  /** Draws one of them, from 0. */
  text(index: number, screen: Screen): string | string[];
}

/**
 * A picture. `show` shows it; `text()`, `svg()` and `html()` return one form of it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const picture = new Picture({ text: (screen) => `${screen.columns} columns` });
 * assertEquals(picture.text(), "80 columns");
 * ```
 */
export class Picture implements Showable {
  readonly #forms: Forms;

  /** Takes the functions that draw it; none is called before its form is needed. */
  constructor(forms: Forms) {
    this.#forms = forms;
  }

  /** As text, without colors by default. */
  text(screen: Screen = plainScreen()): string {
    const text = this.#forms.text(screen);
    return typeof text === "string" ? text : text.join("\n");
  }

  /** As an SVG document, if it has that form. */
  svg(): string | undefined {
    return this.#forms.svg?.();
  }

  /** As an HTML fragment: a table, say, or else the SVG document as an image, which fits the width of any page. */
  html(): string | undefined {
    return this.#htmlOr(() => this.svg());
  }

  /** How many frames it has; 0 if it is a single picture. */
  get frameCount(): number {
    return this.#forms.frames?.count ?? 0;
  }

  /** One frame, from 0, as text. */
  frame(index: number, screen: Screen = plainScreen()): string {
    const text = this.#forms.frames?.text(index, screen) ?? "";
    return typeof text === "string" ? text : text.join("\n");
  }

  /**
   * The forms of this picture, with the text for one screen.
   *
   * @param forms The MIME types to draw besides `text/plain`; all by default.
   */
  bundle(screen: Screen = currentScreen(), forms?: readonly string[]): MimeBundle {
    const bundle: MimeBundle = { "text/plain": this.text({ ...screen, colors: "none" }) };
    const add = (type: string, draw: () => string | undefined) => {
      if (forms && !forms.includes(type)) return; // an SVG that nobody sees would slow down training
      const form = draw();
      if (form !== undefined) bundle[type] = form;
    };
    add("text/x-ansi", () => screen.colors === "none" ? undefined : this.text(screen));
    add("image/svg+xml", () => this.svg());
    add("text/html", () => this.#htmlOr(() => bundle["image/svg+xml"] ?? this.svg()));
    return bundle;
  }

  #htmlOr(draw: () => string | undefined): string | undefined {
    if (this.#forms.html) return this.#forms.html();
    const svg = draw();
    return svg && svgImage(svg);
  }

  /** All forms, for the screen as it is now. */
  [DISPLAY](): MimeBundle {
    return this.bundle();
  }

  /** `console.log(picture)` shows the text. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.text(plainScreen(currentScreen().columns));
  }
}
