import { expect, test } from "bun:test";
import type { CaseResult, Outcome } from "../run/results.ts";
import { countByTarget, summaryTable, verdictLines } from "./summary.ts";
import { timingsTable } from "./timings.ts";

const kmod = "x86_64/debian-6.1/kmod";

function result(id: string, outcome: Outcome, more: Partial<CaseResult> = {}): CaseResult {
  return {
    kind: "case",
    target: kmod,
    case: id,
    syscall: "open",
    outcome,
    ms: 5,
    repro: `again ${id}`,
    ...more,
  };
}

test("the table counts by target, and shows only outcomes that occur", () => {
  const other = "x86_64/debian-6.1/modern_bpf";
  const results = [
    result("open/a", "pass"),
    result("open/b", "fail"),
    result("open/a", "pass", { target: other }),
    result("open/b", "pass", { target: other }),
  ];
  expect(summaryTable(countByTarget(results))).toBe(
    `target                        pass  fail
x86_64/debian-6.1/kmod           1     1
x86_64/debian-6.1/modern_bpf     2     0`,
  );
});

test("each unexpected case is told with its reason and reproducer; many are cut; interrupted ones are counted", () => {
  const failed = Array.from({ length: 27 }, (_, i) =>
    result(`open/${i}`, "fail", { reason: "first\nsecond" }),
  );
  const interrupted = result("open/x", "not-run", { cause: "interrupted" });
  const lines = verdictLines(
    { status: 1, unexpected: [...failed, interrupted], outdated: [], listed: [] },
    "run it",
  );
  expect(lines[0]).toBe(`fail  ${kmod}:open/0: first\n      again open/0`);
  expect(lines.slice(25)).toEqual([
    "… and 2 more: see the report",
    "1 not run: interrupted; this does them: run it",
  ]);
});

test("timings: wall time, what the target measured, median and slowest case", () => {
  const target = {
    kind: "target",
    target: kmod,
    arch: "x86_64",
    driver: "kmod",
    timings: { restore: 300 },
  } as const;
  const cases = [1, 9, 2].map((ms) => result(`open/${ms}`, "pass", { ms }));
  const listed = cases.map(({ case: id }) => ({ id, syscall: "open", file: "f" }));
  const part = { target: kmod, cases: listed, part: 1, parts: 1 };
  expect(timingsTable([{ part, wall: 2500 }], new Map([[kmod, target]]), cases)).toBe(
    `target                  wall s  restore s  cases s  case median ms  case max ms
x86_64/debian-6.1/kmod    2.50       0.30     0.01             2.0          9.0`,
  );
});
