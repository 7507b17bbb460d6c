/** Everything that did not pass, grouped by cause. */
import type { CaseResult, Cause, Outcome, TargetResult } from "../harness/run/results.ts";
import type { Grid } from "./cells.ts";
import { plain } from "./natural.ts";
import { cellOutcomes } from "./outcomes.ts";

export interface Problem {
  readonly outcome: Outcome;
  readonly cause: Cause | undefined;
  /** Of the first one; the others differ in numbers only. */
  readonly reason: string;
  /** In the order of targets, then of syscalls. */
  readonly results: readonly CaseResult[];
}

/** Worst outcome first; then the one that hits most. */
export function findProblems(grid: Grid): Problem[] {
  const failed = grid.targets.flatMap((target) => nonPasses(grid, target));
  const groups = [...Map.groupBy(failed, causeKey).values()];
  return groups
    .map((results) => {
      const { outcome, cause, reason } = results[0]!;
      return { outcome, cause, reason: reason ?? "no reason was given", results };
    })
    .sort((a, b) => rank(a) - rank(b) || b.results.length - a.results.length || plain(a.reason, b.reason));
}

const rank = ({ outcome }: Problem) => cellOutcomes.indexOf(outcome);

function nonPasses(grid: Grid, target: string): CaseResult[] {
  return grid.cells(target).flatMap(({ cases }) => cases.filter(({ outcome }) => outcome !== "pass"));
}

/** Two failures have the same cause if their reasons differ in numbers only (addresses, pids, results, areas). */
function causeKey({ outcome, cause, reason }: CaseResult): string {
  const words = (reason ?? "").replaceAll(/0x[0-9a-f]+|\d+/gi, "#");
  return `${outcome}\n${cause ?? ""}\n${words}`;
}

/** Targets on which nothing could run. */
export function unusableTargets(targets: ReadonlyMap<string, TargetResult>): TargetResult[] {
  return [...targets.values()]
    .filter(({ outcome }) => outcome !== undefined && outcome !== "pass")
    .sort((a, b) => plain(a.target, b.target));
}
