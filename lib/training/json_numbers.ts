/** keepNumbers and reviveNumbers: JSON has no NaN, no infinity and no −0, and a loss may be any of them. */

/** The replacer of JSON.stringify. */
export function keepNumbers(_key: string, value: unknown): unknown {
  if (Object.is(value, -0)) return { "$number": "-0" };
  return typeof value === "number" && !Number.isFinite(value) ? { "$number": String(value) } : value;
}

/** The reviver of JSON.parse. */
export function reviveNumbers(_key: string, value: unknown): unknown {
  const text = (value as { $number?: unknown } | null)?.$number;
  return typeof text === "string" ? Number(text) : value;
}
