/** Writes the pages of the site as HTML: the one that starts the course, and one for each lesson that is readable without JavaScript. */

import katex from "katex";
import type { VNode } from "preact";
import type { Lesson } from "../../../course/lesson.ts";
import { stepsOf } from "../../../course/steps.ts";
import { Code } from "../page/code.tsx";
import type { CourseFile } from "../page/course_file.ts";
import { headingOf } from "../page/heading_of.ts";
import { Markdown } from "../page/markdown.tsx";
import type { Shown } from "../page/shown.ts";
import { PrintedOutput } from "./printed_output.tsx";
import { escape, toHtml } from "./to_html.ts";

/** Lets CodeMirror add its styles; it protects nothing, as no style of anybody else's can get into the page. */
const STYLE_NONCE = "gradually";

/** What a page may load: its own origin's files, and nothing inline. The Worker's script has a policy of its own. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' 'nonce-${STYLE_NONCE}'`,
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** What the cells of a lesson put out, by the index of the cell. */
export type Outputs = ReadonlyMap<number, readonly Shown[]>;

/** The page that starts the course. */
export function startPage({ lessons }: CourseFile): string {
  const list = lessons.map(({ name, number, title }) => (
    <li key={name}>
      <span class="number">{number}</span> <a href={`lessons/${name}.html`}>{title}</a>
    </li>
  ));
  const main = (
    <div id="app">
      <main class="course">
        <h1>Gradually</h1>
        <p>Build a neural network piece by piece, see every number on the way, and watch it train.</p>
        <p class="from-file">If nothing can be run: a browser runs this page from a server, and not as a file.</p>
        <noscript>
          <p>Without JavaScript, the lessons can be read, and nothing runs.</p>
        </noscript>
        <ol class="lessons">{list}</ol>
      </main>
    </div>
  );
  return page({ title: "Gradually", root: "./", main: toHtml(main), script: "page/boot.js" });
}

/** A lesson, to read and to print: text, code, and what the code put out, by the index of its cell. */
export function lessonPage(
  { name, number }: { name: string; number: string },
  lesson: Lesson,
  outputs: Outputs = new Map(),
): string {
  const steps = stepsOf(lesson.cells);
  const main = (
    <main class="lesson">
      <p>
        <a href={`../index.html#/${name}`}>Run this lesson</a> · <a href="../index.html">All lessons</a>
      </p>
      <h1>
        <span class="number">{number}</span> {lesson.title}
      </h1>
      {steps.map((step, i) => (
        <section key={i} class="step done" id={`step-${i + 1}`} aria-label={`${i + 1} ${headingOf(steps, i)}`}>
          {step.cells.map((cell) =>
            cell.kind === "code"
              ? [
                <Code key={cell.index} source={cell.source} />,
                outputs.get(cell.index)?.map((shown, i) => <PrintedOutput key={i} shown={shown} />),
              ]
              : <Markdown key={cell.index} text={cell.source} formula={mathML} level={1} />
          )}
        </section>
      ))}
    </main>
  );
  return page({ title: `${number} ${lesson.title}`, root: "../", main: toHtml(main) });
}

/** A formula that a browser sets by itself. */
function mathML(tex: string, display: boolean): VNode {
  const html = katex.renderToString(tex, { output: "mathml", displayMode: display, throwOnError: false });
  return <span class={display ? "formula display" : "formula"} dangerouslySetInnerHTML={{ __html: html }} />;
}

function page({ title, root, main, script }: { title: string; root: string; main: string; script?: string }): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="style-nonce" content="${STYLE_NONCE}">
<meta name="referrer" content="no-referrer">
<title>${escape(title)}</title>
<link rel="stylesheet" href="${root}page/page.css">
<link rel="icon" href="data:,">
${script ? `<script type="module" src="${root}${script}"></script>\n` : ""}</head>
<body>
${main}
</body>
</html>
`;
}
