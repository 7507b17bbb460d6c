import { ResultTable } from "./result-table.ts";
import type { ResultLine, RunResult, TargetResult } from "./results.ts";

/** Results by what they are about. A later line about the same thing replaces an earlier one. */
export class Merged {
  readonly #runs = new Map<string, RunResult>();
  readonly #targets = new Map<string, TargetResult>();
  readonly cases = new ResultTable();

  /** Each once, though several files may begin with it. */
  get runs(): readonly RunResult[] {
    return [...this.#runs.values()];
  }

  get targets(): ReadonlyMap<string, TargetResult> {
    return this.#targets;
  }

  add(line: ResultLine): void {
    if (line.kind === "run") this.#runs.set(line.id, line);
    else if (line.kind === "target") this.#targets.set(line.target, line);
    else this.cases.set(line);
  }
}

export function mergeResults(lines: Iterable<ResultLine>): Merged {
  const merged = new Merged();
  for (const line of lines) merged.add(line);
  return merged;
}
