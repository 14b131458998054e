/** The first script of the page: puts what the course needs of Deno in place, and loads everything else after it. */

import "../stand_in/deno.ts";

await import("./main.tsx");
