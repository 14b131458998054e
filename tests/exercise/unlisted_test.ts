// Wrong answers that no exercise lists: the replies make sense to the learner who gave them.
import { assertEquals, assertMatch } from "@std/assert";
import { type Exercise, judge } from "../../lib/exercise/mod.ts";
import { matmul, Random, type Tensor, transpose } from "../../mod.ts";
import convBackward from "../../lessons/exercises/conv_backward.ts";
import countParameters from "../../lessons/exercises/count_parameters.ts";
import epochBatches from "../../lessons/exercises/epoch_batches.ts";
import fcBackward from "../../lessons/exercises/fc_backward.ts";
import mseSlopes from "../../lessons/exercises/mse_slopes.ts";
import outputSize from "../../lessons/exercises/output_size.ts";
import worstConfusion from "../../lessons/exercises/worst_confusion.ts";

type Inputs = Parameters<typeof convBackward.solution>;

/** The right answer to conv-backward. */
const right = (...inputs: Inputs) => convBackward.solution(...inputs) as { dx: Tensor; dw: Tensor };

/** The first line of the reply. */
async function replyTo<Inputs extends readonly unknown[], Answer>(
  exercise: Exercise<Inputs, Answer>,
  answer: unknown,
  seed = 1,
): Promise<string> {
  const { kind, message } = await judge(exercise, answer, new Random(seed));
  assertEquals(kind, "wrong", message);
  return message.split("\n")[0];
}

Deno.test("a part of the wrong type is named, with what it is and what it should be", async () => {
  const unsummed = (w: number, b: number, xs: number[], ys: number[]) => [
    xs.map((x, n) => 2 * (w * x + b - ys[n]) * x),
    xs.map((x, n) => 2 * (w * x + b - ys[n])),
  ];
  assertMatch(await replyTo(mseSlopes, unsummed), /^Your answer at \[0\] is a list of \d+ and should be one number$/);
  assertMatch(await replyTo(mseSlopes, () => 3), /^Your answer is the number 3 and should be a list of 2$/);
  assertMatch(await replyTo(mseSlopes, () => [1, undefined]), /^Your answer at \[1\] is nothing and should be one num/);

  const nested = (tensor: Tensor) => Array.from({ length: tensor.shape[0] }, (_, n) => [...tensor.slice(n).data]);
  assertMatch(
    await replyTo(convBackward, (...inputs: Inputs) => ({ ...right(...inputs), dw: nested(right(...inputs).dw) })),
    /^Your dw is a list of [23] lists and should be a tensor \[\d, \d\]: Tensor\.from\(dw\)$/,
  );
  assertMatch(
    await replyTo(convBackward, (...inputs: Inputs) => nested(right(...inputs).dx)),
    /^Your answer is a list of \d lists and should be an object with dx, dw$/,
  );
  const renamed = (...inputs: Inputs) => ({ gradX: right(...inputs).dx, gradW: right(...inputs).dw });
  assertEquals(await replyTo(convBackward, renamed), "Your answer lacks dx, dw and has gradX, gradW");
});

Deno.test("a product inside transpose(…) counts as a tensor", async () => {
  const answer = (...inputs: Parameters<typeof fcBackward.solution>) => {
    const [x, , g] = inputs;
    return { ...fcBackward.solution(...inputs) as object, gradW: transpose(matmul(transpose(g), x)) };
  };
  assertEquals((await judge(fcBackward, answer, new Random(1))).kind, "passed");
});

Deno.test("extra fields do no harm to an answer that is right", async () => {
  class Gradients {
    constructor(readonly dx: Tensor, readonly dw: Tensor, readonly db: number) {}
  }
  const surplus = (...inputs: Inputs) => ({ ...right(...inputs), db: inputs[2].sum() });
  const made = (...inputs: Inputs) => new Gradients(right(...inputs).dx, right(...inputs).dw, inputs[2].sum());
  for (const answer of [surplus, made]) {
    assertEquals((await judge(convBackward, answer, new Random(1))).kind, "passed");
  }
  const { mistakes: [{ answer: mistake, reply }] } = convBackward;
  const both = (...inputs: Inputs) => ({ ...mistake(...inputs) as object, db: inputs[2].sum() });
  assertEquals((await judge(convBackward, both, new Random(1))).message, reply);
});

Deno.test("a reply speaks of what the learner returned, and not of what the judge computed from it", async () => {
  const place = worstConfusion.solution as (counts: Tensor) => number[];
  const named = (counts: Tensor) => ({ truth: place(counts)[0], guess: place(counts)[1] });
  assertEquals(
    await replyTo(worstConfusion, named),
    "Your answer is an object with truth, guess and should be a list of 2",
  );
  assertEquals(
    await replyTo(worstConfusion, (counts: Tensor) => [place(counts)]),
    "Your answer at [0] is a list of 2 and should be one number",
  );
  assertMatch(await replyTo(worstConfusion, () => undefined), /^Your code returns nothing: is there a return/);
  assertEquals(
    await replyTo(epochBatches, () => 3),
    "Your answer is the number 3, which is not the type in the first line of the exercise",
  );
  assertEquals(await replyTo(outputSize, () => [1, 2]), "Your answer is a list of 2 and should be one number");
  assertMatch(await replyTo(outputSize, () => undefined), /^Your code returns nothing: is there a return/);
});

Deno.test("a reply about many cases tells how many are right, without indices into a list that the learner did not make", async () => {
  const { message } = await judge(outputSize, (size: number) => Math.round(size / 2), new Random(1));
  assertMatch(
    message,
    /^Your answer is (right in \d+ of 20 cases|always wrong where .*)\n\nFor example: outputSize\(.*\) gives \d+, and there are \d+ places$/,
  );
  assertMatch(await replyTo(outputSize, () => 7), /^Your answer is 7 in every case/);
  assertMatch(
    await replyTo(outputSize, (size: number) => size % 2 ? NaN : size),
    /^Your answer is sometimes NaN: look/,
  );
  assertEquals(
    await replyTo(outputSize, (...each: [number, number, number, number]) => 3 * outputSize.solution(...each)),
    "Your answer is the right one times 3: there is a factor missing, or one too many",
  );
});

Deno.test("a reply shows the inputs of a wrong number, including short lists", async () => {
  const alike = (...inputs: Parameters<typeof countParameters.solution>) => {
    const counts = [...countParameters.solution(...inputs) as number[]];
    return counts.map((count, i) => count + 1000 * (1 + i + (inputs[0] + i) % 3));
  };
  const list = "\\[\\d+(, \\d+)+\\]";
  assertMatch(
    await replyTo(countParameters, alike),
    new RegExp(
      "^Your answer is always too large\\. Your answer at \\[\\d\\] is \\d+ and should be \\d+, " +
        `where size is \\d+, channels is ${list}, kernelSize is \\d and features is ${list} \\(0 of \\d numbers are right\\)$`,
    ),
  );
});

Deno.test("worst-confusion: ranking shares instead of counts never passes, and the evidence is plain English", async () => {
  const rowSum = (counts: Tensor, row: number) => counts.slice(row).sum();
  const largest = (measure: (counts: Tensor, truth: number, guess: number) => number) => (counts: Tensor) => {
    const measures = Array.from(counts.data, (_, i) => {
      const [truth, guess] = [Math.floor(i / 10), i % 10];
      return truth === guess ? -1 : measure(counts, truth, guess);
    });
    const index = measures.indexOf(Math.max(...measures));
    return [Math.floor(index / 10), index % 10];
  };
  const shares = {
    "of the row": largest((counts, t, g) => counts.at(t, g) / rowSum(counts, t)),
    "of the column": largest((counts, t, g) => counts.at(t, g) / rowSum(counts.transpose(), g)),
    "of the mistakes in the row": largest((counts, t, g) => counts.at(t, g) / (rowSum(counts, t) - counts.at(t, t))),
    "of what was right": largest((counts, t, g) => counts.at(t, g) / counts.at(t, t)),
  };
  for (const [what, answer] of Object.entries(shares)) {
    for (let seed = 1; seed <= 100; seed++) {
      const { kind, message } = await judge(worstConfusion, answer, new Random(seed));
      assertEquals(kind === "passed", false, `the share ${what} passes with seed ${seed}`);
      assertMatch(
        message,
        /\nYou found \[\d, \d\], where counts has \d+; \d+ times (a [0-79]|an 8) was taken for (a [0-79]|an 8)$/,
      );
    }
  }
});

Deno.test("conv-backward: flat data without a test of the border is told from other mistakes, as learners write it", async () => {
  const flat = (x: Tensor, w: Tensor, dy: Tensor, stride: number, padding: number) => {
    const dx = x.times(0), dw = w.times(0), [, W] = x.shape, [kh, kw] = w.shape;
    for (let i = 0; i < dy.shape[0]; i++) {
      for (let j = 0; j < dy.shape[1]; j++) {
        for (let u = 0; u < kh; u++) {
          for (let v = 0; v < kw; v++) {
            const pixel = (i * stride + u - padding) * W + j * stride + v - padding;
            dx.data[pixel] += w.at(u, v) * dy.at(i, j);
            dw.data[u * kw + v] += x.data[pixel] * dy.at(i, j);
          }
        }
      }
    }
    return { dx, dw };
  };
  const { kind, message } = await judge(convBackward, flat, new Random(1));
  assertEquals(kind, "mistake");
  assertMatch(message, /^You never ask whether r and q lie inside/);
});
