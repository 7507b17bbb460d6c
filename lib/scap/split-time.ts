/**
 * Times of 64 bits as seconds and nanoseconds, without bigints: what the high word means is worked out when it changes, which
 * is every 4.3 s.
 */
let knownHigh = -1;
let baseSeconds = 0;
let baseNanoseconds = 0;

function setBase(high: number): void {
  const ns = BigInt(high) << 32n;
  knownHigh = high;
  baseSeconds = Number(ns / 1_000_000_000n);
  baseNanoseconds = Number(ns % 1_000_000_000n);
}

/** Whole seconds of `high` × 2^32 + `low` nanoseconds. */
export function secondsOf(high: number, low: number): number {
  if (high !== knownHigh) setBase(high);
  return baseSeconds + Math.floor((baseNanoseconds + low) / 1e9);
}

/** The nanoseconds behind the whole second. */
export function nanosecondsOf(high: number, low: number): number {
  if (high !== knownHigh) setBase(high);
  const ns = baseNanoseconds + low;
  return ns - Math.floor(ns / 1e9) * 1e9;
}
