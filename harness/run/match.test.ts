import { describe, expect, test } from "bun:test";
import { enterEvent, event } from "./expected-event.ts";
import type { RunFacts } from "./facts.ts";
import { type CapturedEvent, match } from "./match.ts";
import { mutations } from "./mutate.ts";
import { survivors } from "./run-case.ts";
import { showMismatch } from "./show.ts";
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
  const beyond = [event("close", { res: i64(0), fd: between(8, 100, 200, "a reason") })];
  expect(match(beyond, got, facts).map(showMismatch)).toEqual([
    "event 0: close.fd\n  expected 100 to 200\n  got      1 (0100000000000000)",
  ]);
});

test("an expectation must say something about every parameter, and know its names", () => {
  expect(() => event("close", { res: i64(0) })).toThrow('nothing is said about parameter "fd"');
  expect(() => event("close", { res: i64(0), fd: i64(0), size: u32(1) })).toThrow("no parameter size");
  expect(() => event("clos", {})).toThrow('no syscall or tracepoint named "clos"');
  expect(() => enterEvent("close", {})).toThrow("no enter event");
});

describe("with other events in the background", () => {
  const how = { background: true };
  const other: CapturedEvent = { ...captured()[1]!, params: [i64(0).encode(facts), i64(9).encode(facts)] };
  const [write, close] = captured();

  test("expected events are found among them, in order", () => {
    expect(match(expected, [other, write!, other, close!, other], facts, how)).toEqual([]);
    expect(match(expected, [close!, other, write!], facts, how).map((m) => m.kind)).toEqual(["missing"]);
  });

  test("a wrong parameter makes an event a missing one", () => {
    const wrong = { ...close!, params: [i64(-9).encode(facts), i64(1).encode(facts)] };
    expect(match(expected, [write!, wrong], facts, how)).toMatchObject([
      { kind: "missing", expected: expected[1] },
    ]);
  });

  test("mutations of expected events are seen, unless the background has another one like it", () => {
    expect(survivors(expected, [other, write!, close!], facts, how)).toEqual([]);
    expect(survivors(expected, [write!, close!, close!], facts, how)).toContain("event 1: event dropped");
  });
});
