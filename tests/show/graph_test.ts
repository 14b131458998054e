// A graph shows each value once, inputs on the left, and a line for each use.
import { assert, assertEquals, assertThrows } from "@std/assert";
import { graph, plainScreen } from "../../lib/show/mod.ts";
import { layOut } from "../../lib/show/graph_layout.ts";
import { elements, parseSvg } from "./pictures.ts";

type Node = { name: string; from: Node[] };
const node = (name: string, ...from: Node[]): Node => ({ name, from });
const nameOf = ({ name }: Node) => name;

/** (a + b) · a, with a used twice. */
function example(): Node {
  const [a, b] = [node("a = 2\ngrad 7"), node("b = 3")];
  return node("product", node("sum", a, b), a);
}

Deno.test("a graph shows each value once, in columns from the inputs to the result", () => {
  const lines = graph(example(), nameOf).text().split("\n");
  for (const name of ["a = 2", "grad 7", "b = 3", "sum", "product"]) {
    assertEquals(lines.filter((line) => line.includes(name)).length, 1, name);
  }
  const column = (name: string) => lines.find((line) => line.includes(name))!.indexOf(name);
  assertEquals(column("a = 2"), column("b = 3"));
  assert(column("b = 3") < column("sum") && column("sum") < column("product"));
});

Deno.test("a node stands beside its first use, and a line that goes further passes a point in each column", () => {
  const { placed, edges, columns } = layOut([
    { lines: ["a"], from: [] },
    { lines: ["b"], from: [0] },
    { lines: ["late"], from: [] },
    { lines: ["c"], from: [1, 2] },
    { lines: ["d"], from: [3, 0] },
  ]);
  assertEquals(columns, 4);
  const columnOf = (name: string) => placed.find(({ lines }) => lines[0] === name)?.column;
  assertEquals(["a", "b", "late", "c", "d"].map(columnOf), [0, 1, 1, 2, 3]);
  assertEquals(placed.filter(({ lines }) => lines.length === 0).map(({ column }) => column), [1, 2]);
  assertEquals(edges.length, 7);
  for (const { from, to } of edges) assertEquals(to.column, from.column + 1);
});

Deno.test("nothing lies on top of anything else", () => {
  const nodes = [0, 1, 2, 3].map((i) => ({ lines: ["x", String(i)], from: [] as number[] }));
  const { placed, rows } = layOut([...nodes, { lines: ["sum"], from: [0, 1, 2, 3] }]);
  const taken = placed.filter(({ column }) => column === 0).map(({ row }) => row).sort((a, b) => a - b);
  taken.forEach((row, i) => assert(i === 0 || row >= taken[i - 1] + 3, `${taken}`));
  assert(taken[3] + 2 <= rows);
});

Deno.test("two uses by the same value are two lines", () => {
  const a = node("a"), square = node("a · a", a, a);
  assertEquals(elements(parseSvg(graph(square, nameOf).svg()!), "path").length, 2);
  const [once, twice] = [node("-a", a), square].map((one) => graph(one, nameOf).text());
  assert(once.split("\n")[0] !== twice.split("\n")[0].replace("a · a", "-a"), "the second line is seen");
});

Deno.test("on a narrow screen the nodes are a list, with the numbers of what they were made from", () => {
  assertEquals(graph(example(), nameOf).text(plainScreen(20)).split("\n"), [
    "0: a = 2 grad 7",
    "1: b = 3",
    "2: sum  from 0, 1",
    "3: product  from 2,…",
  ]);
});

Deno.test("what is not a graph is refused", () => {
  assertThrows(() => graph({} as Node, nameOf), TypeError, 'graph takes nodes with a list "from" and got {}');
  const ring = node("ring");
  ring.from.push(ring);
  assertThrows(() => graph(ring, nameOf), TypeError, "got one made from itself");
  const long = Array.from({ length: 60 }).reduce<Node>((last) => node("next", last), node("first"));
  assertThrows(() => graph(long, nameOf), RangeError, "graph takes up to 60 nodes");
});
