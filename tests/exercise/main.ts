/** deno task verdicts [SEEDS [EXERCISE…]]: how all wrong answers are judged over many seeds, exercise by exercise; exits with 1 if one passes or is taken for another. */
import { named } from "./wrong_answers/named.ts";
import { saysMore, survey } from "./wrong_answers/survey.ts";
import { wrongAnswers } from "./wrong_answers/every.ts";

const seeds = Number(Deno.args[0] ?? 60);
if (!Number.isInteger(seeds) || seeds < 1) {
  console.error(`verdicts takes a number of seeds and got ${Deno.args[0]}: deno task verdicts 60`);
  Deno.exit(2);
}
const asked = Deno.args.slice(1).map((id) => id.replaceAll("-", "_"));
const unknown = asked.find((file) => !Object.hasOwn(wrongAnswers, file));
if (unknown !== undefined) {
  console.error(`verdicts takes exercises and got ${unknown}: there are ${Object.keys(wrongAnswers).join(", ")}`);
  Deno.exit(2);
}
const total = { judged: 0, passed: 0, wronglyNamed: 0, listed: 0, more: 0 };
const percent = (part: number, of: number) => `${(100 * part / of).toFixed(1)} %`;
for (const file of asked.length > 0 ? asked : Object.keys(wrongAnswers)) {
  const found = await survey(file, seeds);
  const passed = found.filter(({ verdict }) => verdict.kind === "passed");
  const wrongly = found.filter(({ answer, named: reply }) => {
    const allowed = named[file]?.[answer];
    return reply !== undefined && !(allowed && reply.startsWith(allowed));
  });
  const listed = found.filter(({ named }) => named !== undefined).length;
  const more = found.filter(({ verdict, named }) => named === undefined && saysMore(verdict)).length;
  for (const { answer, seed } of passed) console.log(`  passes: ${file}, "${answer}", seed ${seed}`);
  for (const { answer, seed, named } of wrongly) {
    console.log(`  not made: ${file}, "${answer}", seed ${seed}: ${named}`);
  }
  const unlisted = found.length - listed;
  console.log(
    `${file}: ${found.length} judged, ${listed} listed, of the others ${percent(more, unlisted)} say where or what`,
  );
  total.judged += found.length;
  total.passed += passed.length;
  total.wronglyNamed += wrongly.length;
  total.listed += listed;
  total.more += more;
}
console.log(
  `all: ${total.judged} judged, ${total.passed} pass, ${total.wronglyNamed} named wrongly, ${
    percent(total.listed, total.judged)
  } ` +
    `listed; of the others ${percent(total.more, total.judged - total.listed)} say where or what`,
);
if (total.passed + total.wronglyNamed > 0) Deno.exit(1);
