import { expect, test } from "bun:test";
import { tallyMatrix } from "./test-matrix.ts";

const summary = {
  status: 1,
  targets: { "x86_64/k/kmod": { pass: 3, fail: 1 }, "x86_64/k/modern_bpf": { pass: 2, unsupported: 1 } },
  unexpected: [{ repro: "./scapyard repro a", reason: "one difference" }],
  outdated: [{ result: { repro: "./scapyard repro b" }, entry: { reason: "was broken" } }],
  listed: [{ result: { target: "t", case: "c/d" }, entry: { reason: "cannot be" } }],
};

test("passes, failures and listed non-passes are counted, with their reasons", () => {
  expect(tallyMatrix(JSON.stringify(summary), 1)).toEqual({
    passed: 5,
    failed: 2,
    skipped: 1,
    notes: [
      "skipped: 1 on t: cannot be",
      "failed: ./scapyard repro a: one difference",
      "failed: ./scapyard repro b: passes, but matrix/expected.yaml lists it",
    ],
  });
});

test("a run that fails without a failed case is a failure", () => {
  const quiet = { ...summary, status: 130, unexpected: [], outdated: [] };
  expect(tallyMatrix(JSON.stringify(quiet), 130).failed).toBe(1);
  expect(tallyMatrix("Segmentation fault", 139).failed).toBe(1);
});
