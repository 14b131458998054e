/** in-order: a list in which every value stands after everything it was made from. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

interface Value {
  from: Value[];
  passBack: () => void;
}
type Answer = (last: Value) => Value[];

function inOrder(last: Value): Value[] {
  const order: Value[] = [], seen = new Set<Value>();
  function visit(made: Value): void {
    if (seen.has(made)) return;
    seen.add(made);
    for (const each of made.from) visit(each);
    order.push(made);
  }
  visit(last);
  return order;
}

/** Everything that `last` was made from, however often, each before (or after) what it was made from. */
function walk(last: Value, { once = true, first = false, deep = Infinity } = {}): Value[] {
  const order: Value[] = [], seen = new Set<Value>();
  const visit = (made: Value, depth: number): void => {
    if (once && seen.has(made)) return;
    seen.add(made);
    if (first) order.push(made);
    if (depth < deep) { for (const each of made.from) visit(each, depth + 1); }
    if (!first) order.push(made);
  };
  visit(last, 0);
  return order;
}

/** Level by level: `last`, everything it was made from, everything those were made from … */
function byLevels(last: Value): Value[] {
  const order = new Set([last]);
  for (const made of order) for (const each of made.from) order.add(each);
  return [...order];
}

export default exercise({
  // Inputs and results: entry i lists what value i was made from. The last uses every input and a result of them, so
  // that an input is near and far at once. What comes first in `from` is a matter of chance.
  inputs: (random: Random, trial = 0): [number[][]] => {
    const inputs = 2 + trial % 3, results = 4 + random.integer(4);
    const from: number[][] = Array.from({ length: inputs }, () => []);
    for (let i = 0; i < results; i++) {
      from.push([random.integer(from.length), from.length - 1]); // a chain, and another use of something before it
    }
    for (let i = 0; i < inputs; i++) from.push([i, from.length - 1]);
    from.push([...from.keys()].filter((i) => i < inputs || i === from.length - 1));
    return [from.map((indices) => random.shuffle(indices))];
  },
  // There are many right orders, so compare what is true of them.
  use: (answer: Answer, from: number[][]) => {
    const all: Value[] = from.map(() => ({ from: [], passBack: () => {} }));
    from.forEach((indices, i) => all[i].from = indices.map((j) => all[j]));
    const given: unknown = answer(all.at(-1)!);
    if (!Array.isArray(given)) return given as string;
    const list: Value[] = given, before = new Set<Value>();
    let [early, late] = [0, 0];
    for (const made of list) {
      if (made?.from?.some((each) => !before.has(each))) early++;
      if (made?.from?.some((each) => before.has(each))) late++;
      before.add(made);
    }
    return {
      "number of different values in the list": before.size,
      "number of values that come more than once": list.length - before.size,
      "number of values that come before something they were made from": early,
      'answer to "does every value come before everything it was made from?"': late === 0,
      'answer to "is `last` at the end?"': list.at(-1) === all.at(-1),
      'answer to "is everything in the list a value?"': list.every((made) => all.includes(made)),
    };
  },
  solution: inOrder,
  explanation:
    "Visit everything that a value was made from, and only then add the value: so each value stands after all of " +
    "them. `seen` keeps a value with several uses from coming twice; otherwise it would pass its slope back twice. " +
    "This is a depth-first search in postorder.",
  mistakes: [
    {
      answer: (last) => inOrder(last).reverse(),
      reply: "That order is for backward: `last` comes first. Here each value stands *after* what it was made from",
    },
    {
      answer: (last) => walk(last, { once: false }),
      reply: "A value with several uses comes several times. Remember which values you have seen",
    },
    {
      answer: (last) => walk(last, { first: true }),
      reply: "You add a value before you visit what it was made from. Which of the two must come first?",
    },
    {
      answer: (last) => walk(last, { once: false, first: true }),
      reply: "You add a value before what it was made from, and you add it once for each use",
    },
    {
      answer: (last) => byLevels(last).reverse(),
      reply:
        "You turn around an order that begins at `last`. But a value can be near `last` by one path and far by another: in your list it comes too late for the longer path",
    },
    {
      answer: (last) => walk(last, { deep: 1 }),
      reply: "You look only at what `last` itself was made from. Those values were made from others, too",
    },
    {
      answer: () => [],
      reply: "Your list is empty. When everything that a value was made from has been visited, push the value itself",
      always: true,
    },
    {
      answer: (last) => {
        const order = [last];
        while (order[0].from.length > 0) order.unshift(order[0].from[0]);
        return order;
      },
      reply: "You follow only from[0]. A value was made from everything in its `from`",
    },
    {
      answer: (last) => inOrder(last).slice(0, -1),
      reply: "Everything is in order, but `last` itself is missing",
    },
    {
      answer: (last) => inOrder(last).filter((made) => made.from.length > 0),
      reply: "The inputs are missing. They were made from nothing, but they are values of the graph",
    },
  ],
  hints: [
    "A function that calls itself: to visit a value, first visit everything in its `from`",
    "A value goes into the list when everything in its `from` is there already: push it last",
    "Keep a Set of the values that you have visited. If a value is in it, return at once",
  ],
});
