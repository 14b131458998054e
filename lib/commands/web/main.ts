/** The command `deno task web`: opens the course in the browser, with the place and the answers of the terminal. */

import { fileURLToPath } from "node:url";
import { courseServer } from "../../fronts/web/server/course_server.ts";
import { courseTypes } from "../../fronts/web/server/course_types.ts";
import { freshSite } from "../../fronts/web/server/fresh_site.ts";
import { mnistFiles } from "../../fronts/web/server/mnist_files.ts";
import { openBrowser } from "../../fronts/web/server/open_browser.ts";
import { complain, print } from "../output.ts";
import { type KnownOptions, readWords } from "../read_words.ts";
import { UsageError } from "../usage_error.ts";

const LESSONS = fileURLToPath(new URL("../../../lessons", import.meta.url));
const STATE = ".gradually";
const PORT = 8017;
const LOOPBACK = "127.0.0.1";

const HELP = `Usage: deno task web [--port N] [--no-open] [--host ADDRESS]

Opens the course in the browser. The lessons run in the page; your place and your answers are kept in .gradually, where
the terminal goes on with them. Ctrl-C ends it.

  --port N         the port (default: ${PORT}); 0 for any that is free
  --no-open        print the address, and open nothing
  --host ADDRESS   0.0.0.0 lets other machines in, if they know the address with its token (default: ${LOOPBACK})
  --help           show this text
`;
const KNOWN: KnownOptions = { flags: ["help", "no-open"], values: { port: "N", host: "ADDRESS" } };

/** Runs the command and returns its exit code: 1 the port is taken or the site cannot be built, 2 wrong usage. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const { on, values, rest } = readWords(args, KNOWN);
    if (on.has("help")) {
      print(HELP.trimEnd());
      return 0;
    }
    if (rest.length > 0) throw new UsageError(`web takes only options and got "${rest[0]}": see --help`);
    await serve(portOf(values.get("port")), values.get("host") ?? LOOPBACK, !on.has("no-open"));
    return 0;
  } catch (error) {
    if (!(error instanceof Error) || error instanceof TypeError) throw error;
    complain(error.message);
    return error instanceof UsageError ? 2 : 1;
  }
}

function portOf(given: string | undefined): number {
  const port = Number(given ?? PORT);
  if (Number.isInteger(port) && port >= 0 && port < 65536) return port;
  throw new UsageError(`--port takes a number from 0 to 65535 and got "${given}"`);
}

async function serve(port: number, hostname: string, opens: boolean): Promise<void> {
  const site = await freshSite(LESSONS, `${STATE}/site`);
  const token = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  const server = listen({ hostname, port, onListen: () => {} }, (request) => handler(request));
  const shown = hostname === LOOPBACK ? LOOPBACK : hostname === "0.0.0.0" ? LOOPBACK : hostname;
  const host = `${shown}:${server.addr.port}`;
  const handler = courseServer({
    ...{ site, state: STATE, data: mnistFiles(), checkTypes: courseTypes(LESSONS, STATE) },
    identity: { host, aliases: [`localhost:${server.addr.port}`], open: hostname !== LOOPBACK, token },
  });
  const address = `http://${host}/?token=${token}`;
  print(`The course is at ${address}`);
  print("Ctrl-C ends it; your place is saved");
  if (opens && !await openBrowser(address)) print("No browser could be opened: open the address yourself");
  await server.finished;
}

function listen(options: Deno.ServeTcpOptions, handler: Deno.ServeHandler): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve(options, handler);
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) {
      throw new Error(`port ${options.port} is taken: end the other program, or name another port with --port`);
    }
    if (error instanceof Deno.errors.NotCapable) {
      throw new UsageError(`--host takes ${LOOPBACK} or 0.0.0.0 and got "${options.hostname}"`);
    }
    throw error;
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
