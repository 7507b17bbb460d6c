/** `run --timings`: where the time went. */
import type { CaseResult, TargetResult } from "../run/results.ts";
import { table } from "./table.ts";

const seconds = (ms: number | undefined) => (ms === undefined ? "-" : (ms / 1000).toFixed(2));

/** The value below which half of the values are. */
function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export interface TargetTime {
  readonly target: string;
  /** From start to end of the target's process, in milliseconds. */
  readonly wall: number;
}

/** One row per target: wall time, then what the target itself measured, then its cases in milliseconds. */
export function timingsTable(
  times: readonly TargetTime[],
  targets: ReadonlyMap<string, TargetResult>,
  cases: readonly CaseResult[],
): string {
  const measured = [
    ...new Set(times.flatMap(({ target }) => Object.keys(targets.get(target)?.timings ?? {}))),
  ];
  const rows = times.map(({ target, wall }) => {
    const own = targets.get(target)?.timings;
    const ms = cases
      .filter((line) => line.target === target && line.outcome === "pass")
      .map((line) => line.ms);
    ms.sort((a, b) => a - b);
    const spread = [median(ms), ms.at(-1) ?? 0].map((value) => value.toFixed(1));
    return [target, seconds(wall), ...measured.map((key) => seconds(own?.[key])), ...spread];
  });
  return table(
    ["target", "wall s", ...measured.map((key) => `${key} s`), "case median ms", "case max ms"],
    rows,
  );
}
