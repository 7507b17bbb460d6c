/** How outcomes are told: by shape and word; colour only repeats it. Used by the page and by its script. */
import type { Counts } from "../harness/run/counts.ts";
import type { Outcome } from "../harness/run/results.ts";
import { type CellOutcome, cellOutcomes } from "./outcomes.ts";

export const glyphs: Readonly<Record<CellOutcome, string>> = {
  pass: "✔",
  partial: "◐",
  fail: "✘",
  flaky: "≈",
  unsupported: "∅",
  skipped: "»",
  "infra-error": "▲",
  "not-run": "○",
};

/** What people read: `not run` for `not-run`. */
export function outcomeWord(outcome: CellOutcome): string {
  return outcome.replace("-", " ");
}

/** Outcomes that occur, with their numbers: passes, then the worst first. */
export function inOrder(counts: Counts): (readonly [Outcome, number])[] {
  const order: readonly CellOutcome[] = ["pass", ...cellOutcomes];
  const found = Object.entries(counts) as [Outcome, number][];
  return found.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

export const countWord = ([outcome, count]: readonly [Outcome, number]) => `${count} ${outcomeWord(outcome)}`;
