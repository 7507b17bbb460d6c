import { glyphs, outcomeWord } from "../glyphs.ts";
import type { CellOutcome } from "../outcomes.ts";

/** An outcome that was measured, with what it is about (`12 of 13`) beside it. */
export function Measured({ outcome, count }: { outcome: CellOutcome; count?: string }) {
  return (
    <span class={`outcome ${outcome}`}>
      <span aria-hidden="true">{glyphs[outcome]}</span> {outcomeWord(outcome)}
      {count && <small> {count}</small>}
    </span>
  );
}

/** Where nothing was measured. */
export function NotRun() {
  return <span class="none">not run</span>;
}
