/** Lays out a graph: a column for each step, and a place in it for each node and for each line that passes by. */

/** A node, or a point through which a long line passes: that one has no lines of text. */
export interface Placed {
  /** The lines of its label. */
  readonly lines: readonly string[];
  /** Its column, from 0 on the left. */
  readonly column: number;
  /** Its first line, counted from the top of the picture. */
  row: number;
}

/** A line from the right side of one to the left side of the other; `twice` if it is the second one between them. */
interface Edge {
  readonly from: Placed;
  readonly to: Placed;
  readonly twice: boolean;
}

/** Everything in its place. */
export interface Layout {
  readonly placed: readonly Placed[];
  readonly edges: readonly Edge[];
  readonly columns: number;
  /** The height in lines. */
  readonly rows: number;
}

/** A node of the graph: its label, and the indices of the nodes that it was made from, which come before it. */
export interface LabeledNode {
  readonly lines: readonly string[];
  readonly from: readonly number[];
}

/** Lays out nodes of which the last is the result. A node stands as far right as the nodes that use it allow. */
export function layOut(nodes: readonly LabeledNode[]): Layout {
  const distance = nodes.map(() => 0); // to the last node, by the longest way
  for (let i = nodes.length - 1; i >= 0; i--) {
    for (const j of nodes[i].from) distance[j] = Math.max(distance[j], distance[i] + 1);
  }
  const last = Math.max(...distance);
  const own = nodes.map(({ lines }, i): Placed => ({ lines, column: last - distance[i], row: 0 }));
  const placed = [...own], edges: Edge[] = [];
  nodes.forEach(({ from }, i) =>
    from.forEach((j, k) => {
      let before = own[j];
      for (let column = before.column + 1; column < own[i].column; column++) {
        const point: Placed = { lines: [], column, row: 0 };
        placed.push(point);
        edges.push({ from: before, to: point, twice: false });
        before = point;
      }
      edges.push({ from: before, to: own[i], twice: from.indexOf(j) < k });
    })
  );
  const columns = Array.from({ length: last + 1 }, (_, column) => placed.filter((one) => one.column === column));
  untangle(columns, edges);
  const heights = columns.map((column) => column.reduce((sum, one) => sum + heightOf(one) + 1, -1));
  const rows = Math.max(...heights);
  columns.forEach((column, i) => {
    const space = (rows - heights[i]) / column.length; // spread evenly
    let row = space / 2;
    for (const one of column) {
      one.row = Math.round(row);
      row += heightOf(one) + 1 + space;
    }
  });
  return { placed, edges, columns: columns.length, rows };
}

/** How many lines it takes. */
export function heightOf({ lines }: Placed): number {
  return Math.max(1, lines.length);
}

/** Orders each column by the mean place of the neighbors, from right to left and back, so that few lines cross. */
function untangle(columns: Placed[][], edges: readonly Edge[]): void {
  const places = new Map<Placed, number>();
  const number = (column: Placed[]) => column.forEach((one, i) => places.set(one, (i + 0.5) / column.length));
  columns.forEach(number);
  const sort = (column: Placed[], side: "from" | "to", other: "from" | "to") => {
    const means = new Map(column.map((one) => {
      const near = edges.flatMap((edge) => edge[side] === one ? [places.get(edge[other])!] : []);
      return [one, near.length ? near.reduce((a, b) => a + b) / near.length : places.get(one)!];
    }));
    column.sort((a, b) => means.get(a)! - means.get(b)!);
    number(column);
  };
  for (let pass = 0; pass < 4; pass++) {
    for (const column of columns.toReversed()) sort(column, "from", "to");
    for (const column of columns) sort(column, "to", "from");
  }
}
