/** Results by outcome, and what the numbers say. */
import type { CaseResult, Outcome } from "./results.ts";

export type Counts = Readonly<Partial<Record<Outcome, number>>>;

/** Outcomes that are nobody's failure: the kernel or the architecture has it not, or it was left out on purpose. */
export const harmless: ReadonlySet<Outcome> = new Set(["unsupported", "skipped"]);

export function countOutcomes(results: Iterable<Pick<CaseResult, "outcome">>): Counts {
  const counts: Partial<Record<Outcome, number>> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

export function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Those that could pass. */
export function countable({ unsupported = 0, skipped = 0, ...rest }: Counts): number {
  return sumOf(rest);
}

/** Something passed, and everything that could. */
export function isClean(counts: Counts): boolean {
  return counts.pass !== undefined && counts.pass === countable(counts);
}

export function addCounts(all: Iterable<Counts>): Counts {
  const total: Partial<Record<Outcome, number>> = {};
  for (const counts of all)
    for (const [outcome, count] of Object.entries(counts) as [Outcome, number][])
      total[outcome] = (total[outcome] ?? 0) + count;
  return total;
}
