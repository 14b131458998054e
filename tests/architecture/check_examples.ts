// The end of `deno task docs`: reads what `deno doc --json` prints, and fails if an example is missing.
import { lackingExamples } from "./examples.ts";

const faults = lackingExamples(JSON.parse(await new Response(Deno.stdin.readable).text()));
for (const fault of faults) console.error(fault);
Deno.exit(faults.length === 0 ? 0 : 1);
