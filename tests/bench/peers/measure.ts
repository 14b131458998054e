// How a peer in JavaScript is measured.

/** Images a second, printed as JSON: one step for warming up, then steps for three seconds. */
export async function measure(version: string, step: () => number | Promise<number>): Promise<void> {
  await step();
  const start = performance.now();
  let images = 0;
  while (performance.now() - start < 3000) images += await step();
  console.log(JSON.stringify({ value: images / (performance.now() - start) * 1000, version }));
  Deno.exit(0); // some leave workers behind, which would keep the process alive for ever
}
