// What the code of a lesson may really do: the command has more permissions than the lesson.
import { assertEquals } from "@std/assert";
import { testWith, withTempDir } from "../support.ts";
import { runLesson } from "./command.ts";

/** A lesson that asks for these permissions, and prints which of the permissions in its list it has. */
const lesson = (permissions: string): string =>
  `// ---
// jupyter:
//   gradually:
//     title: A sandbox
//     minutes: 1${permissions}
// ---
// %%
const cache = new URL("../data/cache", ${JSON.stringify(new URL("../", import.meta.url).href)});
const wanted = [
  { name: "net", host: "storage.googleapis.com" },
  { name: "net", host: "ossci-datasets.s3.amazonaws.com" },
  { name: "net", host: "example.com" },
  { name: "write", path: cache },
  { name: "write", path: new URL("./", import.meta.url) },
  { name: "run", command: "deno" },
  { name: "env", variable: "MNIST_DIR" },
  { name: "env", variable: "HOME" },
  { name: "read", path: import.meta.url.replace("file://", "") },
  { name: "read", path: "/etc" },
];
const states: string[] = [];
for (const one of wanted) states.push((await Deno.permissions.query(one as Deno.PermissionDescriptor)).state);
console.log("granted:", states.map((state) => state === "granted" ? 1 : 0).join(""));
`;

testWith(
  { read: true, write: true, run: true },
  "a lesson gets the network, the cache and MNIST_DIR only if its header asks for mnist",
  () =>
    withTempDir(async (directory) => {
      Deno.mkdirSync(`${directory}/lessons`);
      Deno.writeTextFileSync(`${directory}/lessons/01_none.ts`, lesson(""));
      Deno.writeTextFileSync(`${directory}/lessons/02_mnist.ts`, lesson("\n//     permissions: [mnist]"));
      const granted = async (number: string): Promise<string | undefined> => {
        const { stdout } = await runLesson(directory, [number, "--run"], `${directory}/lessons`);
        return /granted: (\d+)/.exec(stdout)?.[1];
      };
      assertEquals(await granted("1"), "0000000010");
      assertEquals(await granted("2"), "1101001010");
    }),
);
