/** Plausible wrong answers to the exercises of the last lessons: the way back, and in which order. */
import type { WrongAnswers } from "./wrong_answers.ts";

interface Value {
  from: Value[];
  passBack: () => void;
}

const visited = (last: Value, { once = true, first = false, later = false } = {}): Value[] => {
  const order: Value[] = [], seen = new Set<Value>();
  const visit = (made: Value): void => {
    if (once && seen.has(made)) return;
    if (!later) seen.add(made);
    if (first) order.push(made);
    made.from.forEach(visit);
    if (later) seen.add(made);
    if (!first) order.push(made);
  };
  visit(last);
  return order;
};

export const inOrder: WrongAnswers<(last: Value) => Value[]> = {
  "reversed": (last) => visited(last).reverse(),
  "before its parts": (last) => visited(last, { first: true }),
  "as often as it is used": (last) => visited(last, { once: false }),
  "before its parts, reversed": (last) => visited(last, { first: true }).reverse(),
  "only its parts": (last) => last.from,
  "its parts and itself": (last) => [...last.from, last],
  "itself alone": (last) => [last],
  "without itself": (last) => visited(last).slice(0, -1),
  "an empty list": () => [],
  "level by level": (last) => {
    const order = [last];
    for (const made of order) for (const each of made.from) if (!order.includes(each)) order.push(each);
    return order;
  },
  "level by level, reversed": (last) => {
    const order = [last];
    for (const made of order) for (const each of made.from) if (!order.includes(each)) order.push(each);
    return order.reverse();
  },
  "only what was computed": (last) => visited(last).filter(({ from }) => from.length > 0),
  "only the inputs": (last) => visited(last).filter(({ from }) => from.length === 0),
  "only the first part of each": (last) => {
    const order: Value[] = [];
    for (let made: Value | undefined = last; made; made = made.from[0]) order.unshift(made);
    return order;
  },
  "twice in a row": (last) => [...visited(last), ...visited(last)],
  "a set": (last) => new Set(visited(last)),
};

const picking =
  (write: (back: number[], i: number, g: number, k: number) => void) =>
  (indices: number[], grad: number[], size: number): number[] => {
    const back: number[] = Array(size).fill(0);
    indices.forEach((i, k) => i >= 0 && write(back, i, grad[k], k));
    return back;
  };

export const pickBack: WrongAnswers<(indices: number[], grad: number[], size: number) => number[]> = {
  "counts": picking((back, i) => back[i]++),
  "the index is added": picking((back, i, g) => back[i] += g * i),
  "subtracts": picking((back, i, g) => back[i] -= g),
  "multiplies": (indices, grad, size) => {
    const back: number[] = Array(size).fill(1);
    indices.forEach((i, k) => i >= 0 && (back[i] *= grad[k]));
    return back;
  },
  "the largest": picking((back, i, g) => back[i] = Math.max(back[i], g)),
  "the first": picking((back, i, g) => back[i] = back[i] || g),
  "without the last pick": (indices, grad, size) =>
    picking((back, i, g) => back[i] += g)(indices.slice(0, -1), grad, size),
  "without the first pick": (indices, grad, size) =>
    picking((back, i, g, k) => k > 1 && (back[i] += g))(indices, grad, size),
  "index 0 is padding": picking((back, i, g) => i > 0 && (back[i] += g)),
  "padding at the end": (indices, grad, size) => {
    const back: number[] = Array(size).fill(0);
    indices.forEach((i, k) => back.at(i) !== undefined && (back[(i + size) % size] += grad[k]));
    return back;
  },
  "one too far": picking((back, i, g) => back[(i + 1) % back.length] += g),
  "padding adds a place": (indices, grad, size) => {
    const back: number[] = Array(size).fill(0);
    indices.forEach((i, k) => back[Math.max(0, i)] += grad[k]);
    return back;
  },
  "grad at k": (_indices, grad, size) => grad.slice(0, size),
  "as long as the picks": (indices, grad) => picking((back, i, g) => back[i] += g)(indices, grad, indices.length),
  "absolute values": picking((back, i, g) => back[i] += Math.abs(g)),
  "the mean over all": (indices, grad, size) =>
    picking((back, i, g) => back[i] += g / indices.length)(indices, grad, size),
};

type Slot = { data: number; grad: number };
const adding =
  (toA: (a: Slot, b: Slot, out: Slot) => number, toB: (a: Slot, b: Slot, out: Slot) => number) =>
  (a: Slot, b: Slot, out: Slot): void => {
    const [one, two] = [toA(a, b, out), toB(a, b, out)];
    a.grad += one;
    b.grad += two;
  };

export const timesBack: WrongAnswers<(a: Slot, b: Slot, out: Slot) => void> = {
  "as a sum": adding((_a, _b, out) => out.grad, (_a, _b, out) => out.grad),
  "its own data": adding((a, _b, out) => a.data * out.grad, (_a, b, out) => b.data * out.grad),
  "no out.grad": adding((_a, b) => b.data, (a) => a.data),
  "out.data": adding((_a, b, out) => b.data * out.data, (a, _b, out) => a.data * out.data),
  "out.data for both": adding((_a, _b, out) => out.data * out.grad, (_a, _b, out) => out.data * out.grad),
  "the grads": adding((_a, b, out) => b.grad * out.grad, (a, _b, out) => a.grad * out.grad),
  "adds out.grad": adding((_a, b, out) => b.data + out.grad, (a, _b, out) => a.data + out.grad),
  "b's data for both": adding((_a, b, out) => b.data * out.grad, (_a, b, out) => b.data * out.grad),
  "a's data for both": adding((a, _b, out) => a.data * out.grad, (a, _b, out) => a.data * out.grad),
  "only a": adding((_a, b, out) => b.data * out.grad, () => 0),
  "only b": adding(() => 0, (a, _b, out) => a.data * out.grad),
  "divides": adding((_a, b, out) => out.grad / b.data, (a, _b, out) => out.grad / a.data),
  "twice": adding((_a, b, out) => 2 * b.data * out.grad, (a, _b, out) => 2 * a.data * out.grad),
  "changes the data": (a, b, out) => {
    a.data += b.data * out.grad;
    b.data += a.data * out.grad;
  },
  "changes out": (a, b, out) => {
    out.grad += a.data * b.grad + b.data * a.grad;
  },
  "= for +=": (a, b, out) => {
    a.grad = b.data * out.grad;
    b.grad = a.data * out.grad;
  },
  "clears out": (a, b, out) => {
    a.grad += b.data * out.grad;
    b.grad += a.data * out.grad;
    out.grad = 0;
  },
  "subtracts": (a, b, out) => {
    a.grad -= b.data * out.grad;
    b.grad -= a.data * out.grad;
  },
};
