/** How this was measured: what the words mean, which runs, and what could not be read. */
import { schemaVersion } from "#schema/events";
import { sumOf } from "../../harness/run/counts.ts";
import type { Grid } from "../cells.ts";
import { natural } from "../natural.ts";
import type { Report } from "../report.ts";
import { targetParts } from "../target-parts.ts";

export function HowMeasured({ report }: { report: Report }) {
  const { grid, results, unread } = report;
  return (
    <>
      <p>
        Each case is a program of system calls. It ran in a virtual machine with a stock kernel and one
        driver, and every parameter of every event was compared with what the program itself saw. A cell is
        one system call on one target (architecture, kernel, driver); it passes if all its cases pass. The{" "}
        <i>schema</i> columns are facts of event table {schemaVersion}, not measurements.
      </p>
      <p>{range(grid)}</p>
      <ul>
        {results.runs.map((run) => (
          <li key={run.id}>
            <time dateTime={run.started}>{run.started}</time> scapyard {run.scapyard}{" "}
            <code>{["./scapyard", ...run.command].join(" ")}</code>
          </li>
        ))}
      </ul>
      {unread.length > 0 && <h3>Lines that could not be read</h3>}
      {unread.length > 0 && (
        <ul>
          {unread.map(({ file, number, message }) => (
            <li key={`${file}:${number}`}>
              <code>
                {file}:{number}
              </code>{" "}
              {message}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Nothing is claimed below the oldest or above the newest kernel. */
function range(grid: Grid): string {
  const measured = grid.targets.filter((target) => sumOf(grid.counts(target)) > 0);
  const kernels = [...new Set(measured.map((target) => targetParts(target).kernel))].sort(natural);
  if (kernels.length === 0) return "Nothing was measured.";
  return `Kernels measured: ${kernels.join(", ")}. Nothing is said of any other.`;
}
