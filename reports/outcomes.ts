/** Outcomes of cases rolled up: of a cell, of a target, of a syscall. */
import { harmless } from "../harness/run/counts.ts";
import type { Outcome } from "../harness/run/results.ts";

/** `partial`: some pass, and some do not that could. */
export type CellOutcome = Outcome | "partial";

/** What does not pass at all is the worst that happened. */
const severity: readonly Outcome[] = [
  "fail",
  "flaky",
  "infra-error",
  "not-run",
  "unsupported",
  "skipped",
  "pass",
];

/** Worst first. */
export const cellOutcomes: readonly CellOutcome[] = ["fail", "partial", ...severity.slice(1)];

/** What a kernel cannot do takes nothing from what passes; a flake beside passes is a flake. */
export function rollUp(outcomes: readonly Outcome[]): CellOutcome {
  const counted = outcomes.filter((outcome) => !harmless.has(outcome));
  const worst = severity.find((outcome) => (counted.length > 0 ? counted : outcomes).includes(outcome));
  if (worst === undefined) return "not-run";
  const mixed = counted.includes("pass") && worst !== "pass";
  return mixed && worst !== "flaky" ? "partial" : worst;
}

/** Cells of cells: some pass and some do not is partial again. */
export function rollUpCells(cells: Iterable<CellOutcome>): CellOutcome {
  const found = new Set(cells);
  if (found.delete("partial")) return "partial";
  return rollUp([...found] as Outcome[]);
}

export const outcomeMeaning: Readonly<Record<CellOutcome, string>> = {
  pass: "everything passes that this kernel can do",
  partial: "some cases pass, and some do not that could",
  fail: "an event is missing, extra, or has another value; or the driver does not load",
  flaky: "failed, and passed when repeated",
  unsupported: "this kernel or architecture cannot do it; the cause says what it lacks",
  skipped: "left out on purpose, with the reason",
  "infra-error": "something other than the driver broke: no boot, no agent, no download",
  "not-run": "never started: the run was interrupted, or the test process died",
};
