/** What a run has to do: cases on targets, less those that an interrupted run has done. */

import type { ListedCase } from "./list-cases.ts";
import type { ResultTable } from "./result-table.ts";
import type { CaseResult } from "./results.ts";
import type { Work } from "./schedule.ts";
import { NoMatch, select } from "./select.ts";

export interface Selection {
  readonly targetGlobs: readonly string[];
  readonly caseGlobs: readonly string[];
}

/**
 * @param targets the names of the profile's targets
 * @throws NoMatch if a glob matches nothing, or there is nothing to select from
 */
export function plan(
  { targetGlobs, caseGlobs }: Selection,
  targets: readonly string[],
  cases: readonly ListedCase[],
): Work[] {
  const ids = new Set(
    select(
      "case",
      caseGlobs,
      cases.map(({ id }) => id),
    ),
  );
  const chosen = cases.filter(({ id }) => ids.has(id));
  if (chosen.length === 0) throw new NoMatch("there are no cases to run");
  return select("target", targetGlobs, targets).map((target) => ({ target, cases: chosen }));
}

const undone = new Set(["not-run", "infra-error"]);

/** What is left of the work: cases that have no result yet, or one that says nothing about the driver. */
export function remaining(work: readonly Work[], done: ResultTable): Work[] {
  const isLeft = (target: string, id: string) => {
    const result = done.get(target, id);
    return !result || undone.has(result.outcome);
  };
  return work
    .map(({ target, cases }) => ({ target, cases: cases.filter(({ id }) => isLeft(target, id)) }))
    .filter(({ cases }) => cases.length > 0);
}

/** The results of exactly this work, in its order. */
export function resultsOf(work: readonly Work[], done: ResultTable): CaseResult[] {
  return work.flatMap(({ target, cases }) => cases.flatMap(({ id }) => done.get(target, id) ?? []));
}
