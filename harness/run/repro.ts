import type { CaseResult } from "./results.ts";

/** Names one case on one target, wherever people read or type it. */
export function reproId(line: Pick<CaseResult, "target" | "case">): string {
  return `${line.target}:${line.case}`;
}

/** The command that repeats it. */
export function reproCommand(line: Pick<CaseResult, "target" | "case">): string {
  return `./scapyard repro ${reproId(line)}`;
}
