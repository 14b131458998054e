/** codeOf: the solution of an exercise as a learner reads it. */
import type { Exercise } from "./exercise.ts";

/** The code of the function that solves the exercise, without its types: Deno has removed them. */
export function codeOf({ solution }: Exercise): string {
  const code = String(solution);
  return tidy(/^(async\s+)?(function|class|\(|\w+\s*=>)/.test(code) ? code : `function ${code}`);
}

/** Deno prints code with a line for each entry of a list, and saves spaces: this puts both back. */
function tidy(code: string): string {
  const list = /([[{])\n((?: +[^\n;]*[^\n;[{(]\n)+?) *([\]}])/g;
  return code
    .replace(list, (all, open: string, entries: string, close: string) => {
      const line = entries.trim().split(/\n\s*/).join(" ");
      const space = open === "{" ? " " : "";
      return line.length < 80 && !line.includes("//") ? `${open}${space}${line}${space}${close}` : all;
    })
    .replace(/=>(?=\S)/g, "=> ")
    .replace(/\)(?==>)/g, ") ")
    .replace(/\b(for|while|if|switch)\(/g, "$1 (")
    .replace(/^( *(?:for|while|if) \(.*\))(?=[\w{])/gm, "$1 ")
    .replace(/\)\{/g, ") {");
}
