import { expect, test } from "bun:test";
import fc from "fast-check";
import { outcomes, type ResultLine } from "../harness/run/results.ts";
import { passingSince } from "./history.ts";
import { makeReport } from "./report.ts";
import { measured, report, result, run, target, targetLine } from "./testing/results.ts";
import { renderPage as render } from "./views/page.tsx";

const shard = fc
  .record({
    day: fc.integer({ min: 1, max: 3 }),
    results: fc.array(
      fc.record({
        id: fc.constantFrom("openat/a", "openat/b", "close/a"),
        driver: fc.constantFrom("kmod", "modern_bpf"),
        outcome: fc.constantFrom(...outcomes),
        reason: fc.constantFrom("reason 1", "reason 22", "another"),
      }),
      { maxLength: 6 },
    ),
    headless: fc.boolean(),
  })
  .map(({ day, results, headless }): ResultLine[] => [
    ...(headless ? [] : [run(day)]),
    targetLine(),
    ...results.map(({ id, driver, outcome, reason }) =>
      result(id, outcome, { target: `x86_64/debian-6.12/${driver}`, reason }),
    ),
  ]);

test("shards merged in any order give the same page", () => {
  fc.assert(
    fc.property(
      fc
        .array(shard, { maxLength: 4 })
        .chain((files) =>
          fc.tuple(fc.constant(files), fc.shuffledSubarray(files, { minLength: files.length })),
        ),
      ([files, shuffled]) => {
        const page = (all: typeof files) => render(makeReport(measured(...all)), "");
        expect(page(shuffled)).toBe(page(files));
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

test("what was measured last counts, wherever its file stands", () => {
  const old = [run(1), result("openat/a", "fail")];
  const young = [run(2), result("openat/a", "pass")];
  for (const { grid } of [report(old, young), report(young, old)])
    expect(grid.cell(target, "openat")?.outcome).toBe("pass");
});

test("within a run the later line counts", () => {
  const { grid } = report([run(1), result("openat/a", "fail"), result("openat/a", "pass")]);
  expect(grid.cell(target, "openat")?.outcome).toBe("pass");
});

test("the history has one entry per run, and its shards are one", () => {
  const { results, history } = report(
    [run(2), result("openat/a", "pass")],
    [run(1), result("openat/a", "fail")],
    [run(2), result("openat/b", "pass")],
  );
  const { started: first } = run(1);
  const { started: second } = run(2);
  expect(history.syscalls).toEqual(["openat"]);
  expect(history.byTarget.get(target)).toEqual([
    {
      run: "run-1",
      started: first,
      counts: { fail: 1 },
      timings: {},
      stats: { eventsLost: 0 },
      cells: "f",
    },
    {
      run: "run-2",
      started: second,
      counts: { pass: 2 },
      timings: {},
      stats: { eventsLost: 0 },
      cells: "p",
    },
  ]);
  expect(passingSince(history.byTarget.get(target)!, 2)).toBe(second);
  expect(results.runs).toHaveLength(2);
});

test("a clean run of some cases does not make the target pass since then", () => {
  const all = [run(1), ...["a", "b", "c"].map((name) => result(`openat/${name}`, "pass"))];
  const some = [run(2), result("openat/a", "pass")];
  const bad = [run(3), result("openat/b", "fail")];
  const since = (...files: (typeof all)[]) => passingSince(report(...files).history.byTarget.get(target)!, 3);
  expect(since(some, all)).toBe(run(1).started);
  expect(since(some)).toBeUndefined();
  expect(since(all, some, bad)).toBeUndefined();
});
