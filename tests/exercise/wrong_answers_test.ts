// Wrong answers of other people, written down before anybody looked at how they are judged: none passes, no reply names a
// mistake that was not made, and most say where or what. `deno task verdicts` does the same over 60 seeds.
import { assert, assertEquals } from "@std/assert";
import { named } from "./wrong_answers/named.ts";
import { saysMore, survey, type Surveyed } from "./wrong_answers/survey.ts";
import { wrongAnswers } from "./wrong_answers/every.ts";

/** Every answer with one seed, once for all tests. */
const surveyed = new Map<string, Promise<Surveyed[]>>();

function surveyOnce(file: string): Promise<Surveyed[]> {
  if (!surveyed.has(file)) surveyed.set(file, survey(file, 1));
  return surveyed.get(file)!;
}

for (const [file, answers] of Object.entries(wrongAnswers)) {
  Deno.test(`${file.replaceAll("_", "-")}: ${Object.keys(answers).length} wrong answers are judged for what they are`, async () => {
    assert(Object.keys(answers).length >= 10, "at least ten wrong answers");
    const found = await surveyOnce(file);
    for (const { answer, seed, verdict, named: reply } of found) {
      const what = `"${answer}", seed ${seed}: ${verdict.message}`;
      assert(verdict.kind !== "passed", `${what} passes`);
      const allowed = named[file]?.[answer];
      if (reply !== undefined) assert(allowed !== undefined && reply.startsWith(allowed), `${what} was not made`);
    }
  });
}

Deno.test("at least 85 of 100 of them draw a reply that says where or what, listed mistakes not counted", async () => {
  let [more, all] = [0, 0];
  for (const [file, answers] of Object.entries(wrongAnswers)) {
    const unlisted = Object.keys(answers).filter((answer) => named[file]?.[answer] === undefined);
    const found = (await surveyOnce(file)).filter(({ answer }) => unlisted.includes(answer));
    all += found.length;
    more += found.filter(({ verdict }) => saysMore(verdict)).length;
  }
  assert(all > 300, `${all} unlisted answers`);
  assert(more / all >= 0.85, `${more} of ${all}`);
});

Deno.test("each pair of a wrong answer and a reply belongs to an answer that is in the lists", () => {
  for (const [file, replies] of Object.entries(named)) {
    const answers = Object.keys(wrongAnswers[file]);
    assertEquals(Object.keys(replies).filter((answer) => !answers.includes(answer)), [], file);
  }
});
