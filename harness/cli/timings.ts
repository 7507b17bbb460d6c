/** `run --timings`: where the time went. */
import { type Part, partName } from "../run/divide.ts";
import type { CaseResult, TargetResult } from "../run/results.ts";
import { table } from "./table.ts";

const seconds = (ms: number | undefined) => (ms === undefined ? "-" : (ms / 1000).toFixed(2));

/** The value below which half of the values are. */
function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export interface PartTime {
  readonly part: Part;
  /** From start to end of the guest's test process, in milliseconds. */
  readonly wall: number;
}

/**
 * One row per guest: wall time, then its stages as the target itself measured them (of a target with several guests one's
 * stages), then its cases in milliseconds. `boot` is that of the snapshot, which may be older than the run.
 */
export function timingsTable(
  times: readonly PartTime[],
  targets: ReadonlyMap<string, TargetResult>,
  cases: readonly CaseResult[],
): string {
  const measured = [
    ...new Set(times.flatMap(({ part }) => Object.keys(targets.get(part.target)?.timings ?? {}))),
  ];
  const rows = times.map(({ part, wall }) => {
    const own = targets.get(part.target)?.timings;
    const ids = new Set(part.cases.map(({ id }) => id));
    const ms = cases
      .filter((line) => line.target === part.target && ids.has(line.case) && line.outcome === "pass")
      .map((line) => line.ms)
      .sort((a, b) => a - b);
    const spread = [median(ms), ms.at(-1) ?? 0].map((value) => value.toFixed(1));
    const total = ms.reduce((sum, value) => sum + value, 0);
    return [
      partName(part),
      seconds(wall),
      ...measured.map((key) => seconds(own?.[key])),
      seconds(total),
      ...spread,
    ];
  });
  const head = ["target", "wall s", ...measured.map((key) => `${key} s`), "cases s"];
  return table([...head, "case median ms", "case max ms"], rows);
}
