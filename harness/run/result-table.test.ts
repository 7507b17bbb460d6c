import { expect, test } from "bun:test";
import fc from "fast-check";
import { reproCommand, reproId } from "./repro.ts";
import { ResultTable } from "./result-table.ts";
import { type CaseResult, causes, outcomes } from "./results.ts";

const anyResult: fc.Arbitrary<CaseResult> = fc
  .record(
    {
      target: fc.constantFrom("x86_64/debian-6.12/kmod", "s390x/debian-6.1/kmod"),
      case: fc.constantFrom("openat/a", "openat/b", "close/a", "__proto__"),
      syscall: fc.constantFrom("openat", "openat", "close"),
      outcome: fc.constantFrom("pass" as const, "pass" as const, ...outcomes),
      ms: fc.double({ min: 0, max: 1e9, noNaN: true }),
      cause: fc.constantFrom(...causes),
      reason: fc.string(),
      lost: fc.nat(3),
      repro: fc.constant("another command"),
    },
    { requiredKeys: ["target", "case", "syscall", "outcome", "ms"] },
  )
  .map((line) => ({ kind: "case", repro: reproCommand(line), ...line }) as CaseResult);

const byId = (results: Iterable<CaseResult>) =>
  [...results].sort((a, b) => (reproId(a) < reproId(b) ? -1 : 1));

test("it holds what a map of the lines would hold", () => {
  fc.assert(
    fc.property(fc.array(anyResult, { maxLength: 30 }), (lines) => {
      const table = new ResultTable();
      const map = new Map<string, CaseResult>();
      for (const line of lines) {
        table.set(line);
        map.set(reproId(line), line);
      }
      expect(table.size).toBe(map.size);
      expect(byId(table.values())).toEqual(byId(map.values()));
      for (const line of map.values()) expect(table.get(line.target, line.case)).toEqual(line);
      expect(table.get("x86_64/debian-6.12/kmod", "none")).toBeUndefined();
      expect(table.get("nowhere", "openat/a")).toBeUndefined();
    }),
  );
});

test("a pass loses what only a failure needs; a failure keeps it", () => {
  const line = { target: "t", case: "openat/a" };
  const long = { program: "r0 = openat()", raw: ["00"], diff: "none", console: "log" };
  const result = (outcome: "pass" | "fail"): CaseResult => {
    return {
      kind: "case",
      ...line,
      syscall: "openat",
      outcome,
      ms: 1,
      repro: reproCommand(line),
      reason: "run twice",
      ...long,
    };
  };
  const table = new ResultTable();
  table.set(result("fail"));
  expect(table.get("t", "openat/a")).toEqual(result("fail"));
  table.set(result("pass"));
  const { program: _program, raw: _raw, diff: _diff, console: _console, ...short } = result("pass");
  expect(table.get("t", "openat/a")).toEqual(short);
});
