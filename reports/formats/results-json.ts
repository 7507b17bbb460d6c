/** `results.json`: what the page tells, for programs. */
import { sumOf } from "../../harness/run/counts.ts";
import { type CaseResult, resultsSchemaVersion } from "../../harness/run/results.ts";
import type { Cell } from "../cells.ts";
import { passingSince } from "../history.ts";
import { plain } from "../natural.ts";
import type { Problem } from "../problems.ts";
import type { Report } from "../report.ts";
import { targetParts } from "../target-parts.ts";

/** Raised when a reader of the old form would misread the new one. */
export const reportSchemaVersion = 1;

/** In pieces: a property, or a target, at a time. */
export function* resultsJson(report: Report): Generator<string> {
  const { results, grid, problems, unread, changes } = report;
  yield `{\n "schema": ${reportSchemaVersion},\n "resultsSchema": ${resultsSchemaVersion},\n`;
  yield ` "runs": ${JSON.stringify(results.runs)},\n "targets": {`;
  for (const [index, target] of grid.targets.entries())
    yield `${index > 0 ? "," : ""}\n  ${JSON.stringify(target)}: ${JSON.stringify(targetJson(report, target))}`;
  yield '\n },\n "problems": [';
  for (const [index, problem] of problems.entries())
    yield `${index > 0 ? "," : ""}\n  ${JSON.stringify(problemJson(problem))}`;
  yield `\n ],\n "unread": ${JSON.stringify(unread)},\n "changes": ${JSON.stringify(changes)}\n}\n`;
}

function targetJson({ grid, results, history }: Report, target: string) {
  const { arch, driver } = targetParts(target);
  const { kind: _kind, target: _target, ...line } = results.targets.get(target) ?? { kind: "", target };
  const counts = grid.counts(target);
  const runs = history.byTarget.get(target) ?? [];
  return {
    arch,
    driver,
    ...line,
    outcome: grid.outcome(target),
    counts,
    passingSince: passingSince(runs, sumOf(counts)) ?? null,
    history: runs.map(({ cells: _cells, ...past }) => past),
    cells: Object.fromEntries(grid.cells(target).map(cellJson)),
  };
}

/** `"openat": "partial 2/3"`: outcome, cases that pass, cases. */
const cellJson = ({ syscall, outcome, passed, cases }: Cell) => [
  syscall,
  `${outcome} ${passed}/${cases.length}`,
];

/** `cases`: targets by case. */
function problemJson({ outcome, cause, reason, results }: Problem) {
  const ids = Map.groupBy(results, (result: CaseResult) => result.case);
  const cases = [...ids]
    .map(([id, group]) => [id, group.map(({ target }) => target)] as const)
    .sort(([a], [b]) => plain(a, b));
  return { outcome, cause: cause ?? null, reason, cases: Object.fromEntries(cases) };
}
