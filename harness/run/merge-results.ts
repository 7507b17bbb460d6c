import type { CaseResult, ResultLine, RunResult, TargetResult } from "./results.ts";

/** Results by what they are about. A later line about the same thing replaces an earlier one. */
export interface Merged {
  readonly runs: readonly RunResult[];
  readonly targets: ReadonlyMap<string, TargetResult>;
  /** By repro id, `<target>:<case>`. */
  readonly cases: ReadonlyMap<string, CaseResult>;
}

export function reproId(line: Pick<CaseResult, "target" | "case">): string {
  return `${line.target}:${line.case}`;
}

export function mergeResults(lines: Iterable<ResultLine>): Merged {
  const runs: RunResult[] = [];
  const targets = new Map<string, TargetResult>();
  const cases = new Map<string, CaseResult>();
  for (const line of lines) {
    if (line.kind === "run") runs.push(line);
    else if (line.kind === "target") targets.set(line.target, line);
    else cases.set(reproId(line), line);
  }
  return { runs, targets, cases };
}
