/** A part of a run, for a machine of its own. */
import type { Work } from "./schedule.ts";

/** `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Reads `3/8`. @throws if it is not of that form */
export function parseShard(text: string): Shard {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (!index || !count || index > count)
    throw new Error(`a shard is <number>/<how many>, such as 3/8, not "${text}"`);
  return { index, count };
}

/**
 * The shards of a work are equally large to within one case, have nothing in common and nothing left out. Every machine
 * comes to the same division without asking another, and no shard has more than two parts of targets beside whole ones:
 * a boot is worth many cases.
 */
export function shardOf(work: readonly Work[], { index, count }: Shard): Work[] {
  const total = work.reduce((sum, { cases }) => sum + cases.length, 0);
  const from = Math.floor(((index - 1) * total) / count);
  const to = Math.floor((index * total) / count);
  let before = 0;
  const parts = work.map(({ target, cases }) => {
    const part = { target, cases: cases.slice(Math.max(0, from - before), Math.max(0, to - before)) };
    before += cases.length;
    return part;
  });
  return parts.filter(({ cases }) => cases.length > 0);
}
