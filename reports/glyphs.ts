import type { CellOutcome } from "./cells.ts";

/** An outcome is told by shape and word; colour only repeats it. Used by the page and by its script. */
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
