/** Several results files as one. The order in which they are named does not matter: what was measured last counts. */
import { type Merged, mergeResults } from "../harness/run/merge-results.ts";
import type { RunResult } from "../harness/run/results.ts";
import { type History, historyOf } from "./history.ts";
import { plain } from "./natural.ts";
import type { ResultsFile, Segment } from "./read.ts";

/** What a report is made of. */
export interface Measured extends Merged {
  readonly history: History;
}

/** Of two results for a case, that of the later run counts; within a run, the later line. */
export function mergeFiles(files: readonly ResultsFile[]): Measured {
  const segments = inOrder(files.flatMap((file) => file.segments));
  const merged = mergeResults(linesOf(segments));
  return { ...merged, runs: distinct(segments), history: historyOf(segments) };
}

/** By start of the run. A tie is decided by content, so that it is decided the same way in any order. */
function inOrder(segments: readonly Segment[]): Segment[] {
  return segments.toSorted(
    (a, b) =>
      plain(a.run?.started ?? "", b.run?.started ?? "") ||
      plain(a.run?.id ?? "", b.run?.id ?? "") ||
      plain(JSON.stringify(a), JSON.stringify(b)),
  );
}

function* linesOf(segments: readonly Segment[]) {
  for (const { lines } of segments) yield* lines;
}

/** A run is told once, even if a file of it is given twice. */
function distinct(segments: readonly Segment[]): RunResult[] {
  const runs = segments.flatMap(({ run }) => (run ? [run] : []));
  return [...new Map(runs.map((run) => [run.id, run])).values()];
}
