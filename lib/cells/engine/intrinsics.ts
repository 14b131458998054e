/**
 * Notices when a cell has changed what the language and the runtime are made of, such as `Array.prototype.map`. A script may do that; whatever
 * runs after it in the same realm cannot be relied on.
 */

const { getOwnPropertyDescriptor, getOwnPropertyNames, getOwnPropertySymbols, is } = Object;

/** What the language gives. What Deno adds is left out: it completes some of that only when it is used. */
const NAMES =
  ("Object Function Array String Number Boolean Symbol BigInt Math JSON Reflect Promise Map Set WeakMap WeakSet WeakRef RegExp " +
    "Date Error TypeError RangeError SyntaxError ReferenceError AggregateError ArrayBuffer SharedArrayBuffer DataView Atomics Proxy Int8Array " +
    "Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array").split(" ");

interface Part {
  holder: object;
  key: string | symbol;
  name: string;
  descriptor: PropertyDescriptor;
}

const PARTS: readonly Part[] = NAMES.flatMap((name) => {
  const found = (globalThis as unknown as Record<string, object | undefined>)[name];
  if (!found) return []; // a page that may not share memory has no SharedArrayBuffer
  const prototype = (found as { prototype?: object }).prototype;
  return [...partsOf(found, name), ...(prototype ? partsOf(prototype, `${name}.prototype`) : [])];
});

function partsOf(holder: object, name: string): Part[] {
  return [...getOwnPropertyNames(holder), ...getOwnPropertySymbols(holder)].flatMap((key) => {
    const descriptor = getOwnPropertyDescriptor(holder, key)!;
    const fixed = !descriptor.configurable && !descriptor.writable;
    return fixed || key === "prepareStackTrace" || key === "stackTraceLimit"
      ? []
      : [{ holder, key, name: `${name}.${String(key)}`, descriptor }];
  });
}

/** What was changed, by its name; undefined while everything is as it was. Uses nothing that a cell could have changed. */
export function changedIntrinsic(): string | undefined {
  for (let i = 0; i < PARTS.length; i++) {
    const { holder, key, name, descriptor } = PARTS[i];
    const now = getOwnPropertyDescriptor(holder, key);
    if (now === undefined) return name;
    if (!is(now.value, descriptor.value) || now.get !== descriptor.get || now.set !== descriptor.set) return name;
  }
  return undefined;
}
