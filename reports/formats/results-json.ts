/** `results.json`: what the page tells, for programs. */
import { type CaseResult, resultsSchemaVersion } from "../../harness/run/results.ts";
import { type Cell, rollUpCells, targetParts } from "../cells.ts";
import { passingSince } from "../history.ts";
import { plain } from "../natural.ts";
import type { Problem } from "../problems.ts";
import type { Report } from "../report.ts";

/** Raised when a reader of the old form would misread the new one. */
export const reportSchemaVersion = 1;

export function resultsJson(report: Report): string {
  const { results, grid, problems, unread, changes } = report;
  const whole = {
    schema: reportSchemaVersion,
    resultsSchema: resultsSchemaVersion,
    runs: results.runs,
    targets: Object.fromEntries(grid.targets.map((target) => [target, targetJson(report, target)])),
    problems: problems.map(problemJson),
    unread,
    changes,
  };
  return `${JSON.stringify(whole, null, 1)}\n`;
}

function targetJson({ grid, results }: Report, target: string) {
  const cells = grid.byTarget.get(target) ?? [];
  const { arch, driver } = targetParts(target);
  const { kind: _kind, target: _target, ...line } = results.targets.get(target) ?? { kind: "", target };
  const cases = cells.reduce((sum, cell) => sum + cell.cases.length, 0);
  const history = results.history.get(target) ?? [];
  return {
    arch,
    driver,
    ...line,
    outcome: results.targets.get(target)?.outcome ?? rollUpCells(cells),
    passingSince: passingSince(history, cases) ?? null,
    history: history.map(({ cells: _cells, ...past }) => past),
    cells: Object.fromEntries(cells.map(cellJson)),
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
