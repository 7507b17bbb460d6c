/** Captured events against expected ones: a pure function, so that the mutation test can call it thousands of times. */
import type { ExpectedEvent } from "./expected-event.ts";
import type { RunFacts } from "./facts.ts";
import { resolve } from "./values.ts";

/** One event as captured: the frame's fields, and each parameter's bytes. */
export interface CapturedEvent {
  readonly type: number;
  readonly tid: bigint;
  readonly params: readonly Uint8Array[];
}

export type Mismatch =
  | { readonly kind: "missing"; readonly expected: ExpectedEvent; readonly index: number }
  | { readonly kind: "extra"; readonly got: CapturedEvent; readonly index: number }
  | {
      readonly kind: "type";
      readonly expected: ExpectedEvent;
      readonly got: CapturedEvent;
      readonly index: number;
    }
  | {
      readonly kind: "count";
      readonly expected: ExpectedEvent;
      readonly got: CapturedEvent;
      readonly index: number;
    }
  | {
      readonly kind: "param";
      readonly expected: ExpectedEvent;
      readonly got: CapturedEvent;
      readonly index: number;
      readonly param: number;
      readonly want: Uint8Array;
      /** Where no bytes could be stated: what would have been right. */
      readonly plausible: string | undefined;
    };

export interface MatchOptions {
  /** Events that nothing is expected of may come between the expected ones. */
  readonly background?: boolean;
}

/**
 * Events of one thread must come in the stated order. Between threads the order is the scheduler's, so each thread's
 * events are compared by themselves; an event of a thread that no expectation names is extra.
 */
export function match(
  expected: readonly ExpectedEvent[],
  got: readonly CapturedEvent[],
  facts: RunFacts,
  { background = false }: MatchOptions = {},
): Mismatch[] {
  const wanted = groupBy(expected, (e) => (e.tid === undefined ? facts.mainTid : resolve(e.tid, facts)));
  const captured = groupBy(got, (e) => e.tid);
  const tids = new Set([...wanted.keys(), ...captured.keys()]);
  const compare = background ? findInThread : matchThread;
  return [...tids].flatMap((tid) => compare(wanted.get(tid) ?? [], captured.get(tid) ?? [], facts));
}

/** Each expected event is the next one that is exactly so. */
function findInThread(
  expected: readonly ExpectedEvent[],
  got: readonly CapturedEvent[],
  facts: RunFacts,
): Mismatch[] {
  let from = 0;
  return expected.flatMap((want, index): Mismatch[] => {
    const found = got.findIndex((have, i) => i >= from && isExactly(want, have, facts));
    if (found < 0) return [{ kind: "missing", expected: want, index }];
    from = found + 1;
    return [];
  });
}

/** Is it of the right type, with the right parameters? Its thread is not looked at. */
export function isExactly(want: ExpectedEvent, have: CapturedEvent, facts: RunFacts): boolean {
  return have.type === want.event.code && matchParams(want, have, 0, facts).length === 0;
}

function groupBy<T>(list: readonly T[], key: (item: T) => bigint): Map<bigint, T[]> {
  const groups = new Map<bigint, T[]>();
  for (const item of list) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function matchThread(
  expected: readonly ExpectedEvent[],
  got: readonly CapturedEvent[],
  facts: RunFacts,
): Mismatch[] {
  const mismatches: Mismatch[] = [];
  for (let index = 0; index < Math.max(expected.length, got.length); index++) {
    const want = expected[index];
    const have = got[index];
    if (!want) mismatches.push({ kind: "extra", got: have!, index });
    else if (!have) mismatches.push({ kind: "missing", expected: want, index });
    else if (have.type !== want.event.code)
      mismatches.push({ kind: "type", expected: want, got: have, index });
    else mismatches.push(...matchParams(want, have, index, facts));
  }
  return mismatches;
}

function matchParams(
  expected: ExpectedEvent,
  got: CapturedEvent,
  index: number,
  facts: RunFacts,
): Mismatch[] {
  if (got.params.length !== expected.params.length) return [{ kind: "count", expected, got, index }];
  return expected.params.flatMap((param, i): Mismatch[] => {
    const want = param.encode(facts);
    const good = param.loose
      ? param.loose.accepts(got.params[i]!, facts)
      : Buffer.compare(want, got.params[i]!) === 0;
    if (good) return [];
    return [{ kind: "param", expected, got, index, param: i, want, plausible: param.loose?.describe(facts) }];
  });
}
