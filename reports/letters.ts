/** Outcomes of many cells as a string, a letter for each: small in memory, and in the page. */
import type { CaseResult, Outcome } from "../harness/run/results.ts";
import { type CellOutcome, rollUp } from "./outcomes.ts";

/** One letter for each outcome of a case or a cell; `.` is no result. */
export const outcomeLetters: Readonly<Record<CellOutcome, string>> = {
  pass: "p",
  fail: "f",
  flaky: "k",
  unsupported: "u",
  skipped: "s",
  "infra-error": "i",
  "not-run": "n",
  partial: "h",
};

export const outcomesByLetter: Readonly<Record<string, CellOutcome>> = Object.fromEntries(
  Object.entries(outcomeLetters).map(([outcome, letter]) => [letter, outcome as CellOutcome]),
);

/**
 * The cells of one target.
 * @param places where the letter of each syscall stands; a syscall that is not there yet gets the next place
 */
export function cellLetters(
  results: Iterable<Pick<CaseResult, "syscall" | "outcome">>,
  places: Map<string, number>,
): string {
  const found: Set<Outcome>[] = [];
  for (const { syscall, outcome } of results) {
    const place = places.getOrInsertComputed(syscall, () => places.size);
    found[place] = (found[place] ?? new Set()).add(outcome);
  }
  return Array.from(found, (outcomes) => (outcomes ? outcomeLetters[rollUp([...outcomes])] : ".")).join("");
}
