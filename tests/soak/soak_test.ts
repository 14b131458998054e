// A short slice of `deno task soak`: every format, every fault.
import { assert, assertEquals, assertGreater } from "@std/assert";
import { testWith } from "../support.ts";
import { formats } from "./formats.ts";
import { fuzz } from "./fuzz.ts";

for (const name of ["IDX", "gzip", "safetensors", "progress", "percent lesson", "notebook", "command line", "PNG"]) {
  testWith({ read: true }, `${name}: damaged inputs give only documented errors`, async () => {
    const format = formats().find((each) => each.name === name)!;
    const { inputs, read } = await fuzz(format, { seconds: 0.7 }, 7);
    assertGreater(inputs, 50);
    assert(read < inputs || name === "progress");
  });
}

testWith({ read: true }, "an error that is not documented, and an input that is slow, are found", async () => {
  const [format] = formats();
  const broken = { ...format, use: () => JSON.parse("undefined"), documented: () => false };
  assertEquals(await fuzz(broken, { inputs: 3 }).catch(({ message }) => message.split(":")[0]), "IDX, seed 1, input 0");
});
