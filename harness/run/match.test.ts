import { expect, test } from "bun:test";
import { enterEvent, event } from "./expected-event.ts";
import type { RunFacts } from "./facts.ts";
import { type CapturedEvent, match } from "./match.ts";
import { mutations } from "./mutate.ts";
import { between, bytes, i64, u32 } from "./values.ts";

const facts = { mainTid: 7n, value: () => 0n } as unknown as RunFacts;

const expected = [
  event("write", { res: i64(3), data: bytes("abc"), fd: i64(1), size: u32(3) }),
  event("close", { res: i64(0), fd: i64(1) }),
];

function captured(): CapturedEvent[] {
  return expected.map(({ event, params }) => ({
    type: event.code,
    tid: 7n,
    params: params.map((param) => param.encode(facts)),
  }));
}

test("what was expected matches", () => {
  expect(match(expected, captured(), facts)).toEqual([]);
});

test("every mutation of a captured event is seen", () => {
  const survivors = [...mutations(captured())].filter(
    ({ events }) => match(expected, events, facts).length === 0,
  );
  expect(survivors).toEqual([]);
});

test("events of two threads may interleave, but each thread keeps its order", () => {
  const two = [...expected, ...expected.map((e) => ({ ...e, tid: 8 }))];
  const [write, close] = captured();
  const other = captured().map((e) => ({ ...e, tid: 8n }));
  expect(match(two, [write!, other[0]!, close!, other[1]!], facts)).toEqual([]);
  expect(match(two, [write!, other[1]!, close!, other[0]!], facts).map((m) => m.kind)).toEqual([
    "type",
    "type",
  ]);
});

test("a bounded parameter lets only mutations within its bounds live", () => {
  const loose = [event("close", { res: i64(0), fd: between(8, 0, 200, "a reason") })];
  const got = [captured()[1]!];
  const survivors = [...mutations(got)].filter(({ events }) => match(loose, events, facts).length === 0);
  expect(survivors.map(({ param, what }) => [param, what])).toEqual([[1, "parameter byte 0 changed"]]);
});

test("an expectation must say something about every parameter, and know its names", () => {
  expect(() => event("close", { res: i64(0) })).toThrow('nothing is said about parameter "fd"');
  expect(() => event("close", { res: i64(0), fd: i64(0), size: u32(1) })).toThrow("no parameter size");
  expect(() => event("clos", {})).toThrow('no syscall or tracepoint named "clos"');
  expect(() => enterEvent("close", {})).toThrow("no enter event");
});
