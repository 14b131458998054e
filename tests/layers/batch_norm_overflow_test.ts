// Batch norm where the variance of a batch is beyond the largest float32, though all its numbers are finite.
import { assertEquals } from "@std/assert";
import { BatchNorm, Tensor } from "../../mod.ts";

Deno.test("a variance that overflows leaves the running statistics of its channel as they were", () => {
  const norm = new BatchNorm({ features: 2, momentum: 0.5 });
  norm.forward(Tensor.from([[1, -1e30], [3, 1e30]]));
  assertEquals([norm.runningMean.toArray(), norm.runningVar.toArray()], [[1, 0], [1.5, 1]]);
});
