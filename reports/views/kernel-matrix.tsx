/** Does it work on my kernel? A row for each kernel, a column for each architecture and driver. */
import type { CaseResult, Outcome } from "../../harness/run/results.ts";
import { drivers } from "../../harness/run/target.ts";
import { cellOutcomes, type Grid, rollUpCells, type TargetParts, targetParts } from "../cells.ts";
import { outcomeWord } from "../glyphs.ts";
import { passingSince } from "../history.ts";
import type { Measured as Results } from "../merge.ts";
import { natural } from "../natural.ts";
import { Measured, NotRun } from "./outcome.tsx";
import { Scroll } from "./scroll.tsx";
import { Day } from "./text.tsx";

export function KernelMatrix({ grid, results }: { grid: Grid; results: Results }) {
  const parts = grid.targets.map(targetParts);
  const kernels = distinct(parts, "kernel");
  const archs = distinct(parts, "arch");
  const shown = [...new Set([...drivers, ...distinct(parts, "driver")])].sort(natural);
  const columns = archs.flatMap((arch) => shown.map((driver) => ({ arch, driver })));
  return (
    <Scroll by="kernels">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              kernel
            </th>
            {archs.map((arch) => (
              <th scope="colgroup" colSpan={shown.length} key={arch}>
                {arch}
              </th>
            ))}
          </tr>
          <tr>
            {columns.map(({ arch, driver }) => (
              <th scope="col" key={`${arch}/${driver}`}>
                {driver}
              </th>
            ))}
          </tr>
        </thead>
        {[...Map.groupBy(kernels, distribution)].map(([name, rows]) => (
          <tbody key={name}>
            {rows.map((kernel) => (
              <tr key={kernel} data-kernel={kernel}>
                <th scope="row">{kernel}</th>
                {columns.map(({ arch, driver }) => (
                  <td key={`${arch}/${driver}`}>
                    <TargetCell target={`${arch}/${kernel}/${driver}`} grid={grid} results={results} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </Scroll>
  );
}

/** Rows are grouped by it: `debian` of `debian-6.12`. */
const distribution = (kernel: string) => kernel.split("-", 1)[0]!;

const distinct = (parts: readonly TargetParts[], key: keyof TargetParts) =>
  [...new Set(parts.map((part) => part[key]))].sort(natural);

/** `3 fail`, worst first. */
function nonPasses(results: readonly CaseResult[]): string[] {
  const counts = Map.groupBy(results, ({ outcome }) => outcome);
  counts.delete("pass");
  return cellOutcomes
    .filter((outcome) => outcome !== "partial" && counts.has(outcome))
    .map((outcome) => `${counts.get(outcome as Outcome)!.length} ${outcomeWord(outcome)}`);
}

function TargetCell({ target, grid, results }: { target: string; grid: Grid; results: Results }) {
  const cells = grid.byTarget.get(target) ?? [];
  const line = results.targets.get(target);
  if (cells.length === 0 && !line?.outcome) return <NotRun />;
  const all = cells.flatMap((cell) => cell.cases);
  const passed = cells.reduce((sum, cell) => sum + cell.passed, 0);
  const since = passingSince(results.history.get(target) ?? [], all.length);
  const outcome = line?.outcome ?? rollUpCells(cells);
  return (
    <a href={`#${encodeURI(target)}`} class="cell">
      <Measured outcome={outcome} {...(all.length > 0 ? { count: `${passed} of ${all.length}` } : {})} />
      <small>
        {[line?.driverSha256 ? "loads" : line?.cause, ...nonPasses(all)].filter(Boolean).join(" · ")}
        {since && (
          <>
            {" "}
            · since <Day time={since} />
          </>
        )}
      </small>
    </a>
  );
}
