import type { CellOutcome } from "./cells.ts";

/** An outcome is told by glyph and word; colour only repeats it. */
export const glyphs: Readonly<Record<CellOutcome, string>> = {
  pass: "✔",
  partial: "◐",
  fail: "✘",
  flaky: "≈",
  unsupported: "∅",
  skipped: "↷",
  "infra-error": "⚠",
  "not-run": "○",
};

export function OutcomeWord({ outcome }: { outcome: CellOutcome }) {
  return (
    <span class={`outcome ${outcome}`}>
      <span aria-hidden="true">{glyphs[outcome]}</span> {outcome}
    </span>
  );
}
