// Nothing that a cell prints, by whatever way, changes anything on the screen outside its own place.
import { assertGreater } from "@std/assert";
import fc from "fast-check";
import { story, tell } from "./hostile_screen.ts";

Deno.test("random outputs by every way, split at random: the screen outside their place never changes", async () => {
  let outputs = 0;
  await fc.assert(
    fc.asyncProperty(story, async (story) => {
      outputs += await tell(story);
    }),
    { numRuns: 300 },
  );
  assertGreater(outputs, 2000);
});
