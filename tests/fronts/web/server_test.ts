// Who may ask the server of `deno task web`, and for what.
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { courseServer } from "../../../lib/fronts/web/server/course_server.ts";
import { testWith, withTempDir } from "../../support.ts";

const HOST = "127.0.0.1:8017";
const TOKEN = "0123456789abcdef";
const COOKIE = `gradually-8017=${TOKEN}`;

/** A server over a folder with a site and a learner's files, and a function that asks it as a browser would. */
function serverOver(folder: string, open = false) {
  Deno.mkdirSync(`${folder}/site/cells`, { recursive: true });
  Deno.mkdirSync(`${folder}/state/answers/04_x`, { recursive: true });
  Deno.writeTextFileSync(`${folder}/site/index.html`, "<title>course</title>");
  Deno.writeTextFileSync(`${folder}/site/cells/cells.js`, "1");
  Deno.writeTextFileSync(`${folder}/secret.txt`, "secret");
  Deno.writeTextFileSync(`${folder}/state/answers/04_x/twice.ts`, "const twice = 2;");
  const handler = courseServer({
    ...{ site: `${folder}/site`, state: `${folder}/state`, data: new Map() },
    identity: { host: HOST, aliases: ["localhost:8017"], open, token: TOKEN },
    checkTypes: () => Promise.resolve([]),
  });
  return async (path: string, init: RequestInit = {}, headers: Record<string, string> = {}) => {
    const sent = new Headers({ host: HOST, cookie: COOKIE, ...headers });
    const response = await handler(new Request(`http://${HOST}${path}`, { ...init, headers: sent }));
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
}

testWith(
  { read: true, write: true },
  "the token opens the course once, and a cookie that no script reads does afterward",
  () =>
    withTempDir(async (folder) => {
      const ask = serverOver(folder);
      const entered = await ask(`/?token=${TOKEN}`, {}, { cookie: "" });
      assertEquals([entered.status, entered.headers.get("location")], [303, "/"]);
      assertMatch(entered.headers.get("set-cookie")!, /HttpOnly; SameSite=Strict/);
      assertStringIncludes((await ask("/")).text, "course");
      for (const cookie of ["", "gradually-8017=wrong", `gradually-9000=${TOKEN}`, `${COOKIE}0`]) {
        assertEquals((await ask("/", {}, { cookie })).status, 403, cookie);
      }
      for (const token of ["", "wrong", `${TOKEN}0`, TOKEN.slice(1)]) {
        assertEquals((await ask(`/?token=${token}`)).status, 403, token);
      }
    }),
);

testWith(
  { read: true, write: true },
  "another Host or Origin is refused, whatever else it knows",
  () =>
    withTempDir(async (folder) => {
      const ask = serverOver(folder);
      for (const host of ["evil.example", "127.0.0.1:1", "127.0.0.1", `${HOST}.evil.example`, "192.168.1.5:8017"]) {
        assertEquals((await ask("/", {}, { host })).status, 403, host);
      }
      for (const origin of ["http://evil.example", "null", "http://127.0.0.1:1", `https://${HOST}`]) {
        assertEquals((await ask("/state", {}, { origin })).status, 403, origin);
      }
      assertEquals((await ask("/", {}, { host: "localhost:8017" })).status, 200);
      assertEquals((await ask("/state", {}, { origin: `http://${HOST}` })).status, 200);
      const opened = serverOver(folder, true);
      assertEquals((await opened("/", {}, { host: "192.168.1.5:8017" })).status, 200);
      assertEquals((await opened("/", {}, { host: "evil.example:8017" })).status, 403);
    }),
);

testWith(
  { read: true, write: true },
  "no path leads out of the site or the learner's files",
  () =>
    withTempDir(async (folder) => {
      const ask = serverOver(folder);
      const paths = [
        ...[
          "/..%2fsecret.txt",
          "/%2e%2e/secret.txt",
          "/site/..%2f..%2fsecret.txt",
          "/%2Fetc%2Fpasswd",
          "/cells/..%2f..%2fsecret.txt",
        ],
        ...[
          "/state/..%2fsecret.txt",
          "/state/answers%2f..%2f..%2fsecret.txt",
          "/state/check/x.ts",
          "/state/check/x.ts",
        ],
        ...["/data/..%2f..%2fsecret.txt", "/cells/cells.js%00", "/.hidden", "/state/answers/04_x/..%5C..%5Cx.ts", "/%"],
      ];
      for (const path of paths) {
        const { status, text } = await ask(path);
        assertEquals([[204, 400, 404].includes(status), text.includes("secret")], [true, false], `${path}: ${status}`);
      }
      for (
        const path of [
          "/state/..%2fsecret.txt",
          "/state/check/x.ts",
          "/index.html",
          "/state/progress.json.exe",
        ]
      ) {
        const { status } = await ask(path, { method: "PUT", body: "changed" });
        assertEquals(status >= 400, true, `${path}: ${status}`);
      }
      assertEquals(Deno.readTextFileSync(`${folder}/secret.txt`), "secret");
    }),
);

testWith(
  { read: true, write: true },
  "the learner's files are read, written, added to and removed; a body has a largest size",
  () =>
    withTempDir(async (folder) => {
      const ask = serverOver(folder);
      assertEquals(JSON.parse((await ask("/state")).text), { "answers/04_x/twice.ts": "const twice = 2;" });
      assertEquals((await ask("/state/journal/04_x.jsonl", { method: "PUT", body: "1\n" })).status, 204);
      assertEquals((await ask("/state/journal/04_x.jsonl?append", { method: "PUT", body: "2\n" })).status, 204);
      assertEquals((await ask("/state/journal/04_x.jsonl")).text, "1\n2\n");
      assertEquals((await ask("/state/answers/04_x/twice.ts", { method: "DELETE" })).status, 204);
      assertEquals((await ask("/state/answers/04_x/twice.ts")).status, 204);
      const tooLong = new Uint8Array(8_000_001);
      assertEquals((await ask("/state/progress.json", { method: "PUT", body: tooLong })).status, 413);
      const streamed = new Blob([tooLong]).stream();
      assertEquals((await ask("/state/progress.json", { method: "PUT", body: streamed })).status, 413);
      assertEquals((await ask("/state/progress.json")).status, 204);
    }),
);

testWith(
  { read: true, write: true },
  "pages may share memory; only the Worker of the cells evaluates, and it reaches no file of the learner",
  () =>
    withTempDir(async (folder) => {
      const ask = serverOver(folder);
      const page = await ask("/"), cells = await ask("/cells/cells.js");
      for (const { headers } of [page, cells]) {
        assertEquals(headers.get("cross-origin-opener-policy"), "same-origin");
        assertEquals(headers.get("cross-origin-embedder-policy"), "require-corp");
      }
      const policy = cells.headers.get("content-security-policy")!;
      assertMatch(policy, /'unsafe-eval'/);
      assertMatch(policy, /connect-src http:\/\/127\.0\.0\.1:8017\/data\/$/);
      assertEquals(page.headers.get("content-security-policy")?.includes("unsafe-eval") ?? false, false);
    }),
);
