/** Does it work on my kernel? A row for each kernel, a column for each architecture and driver. */
import { countable, sumOf } from "../../harness/run/counts.ts";
import { drivers } from "../../harness/run/target.ts";
import { countWord, inOrder } from "../glyphs.ts";
import { passingSince } from "../history.ts";
import { natural } from "../natural.ts";
import type { Report } from "../report.ts";
import { type TargetParts, targetParts } from "../target-parts.ts";
import { Measured, NotRun } from "./outcome.tsx";
import { Scroll } from "./scroll.tsx";
import { Day } from "./text.tsx";

export function KernelMatrix({ report }: { report: Report }) {
  const parts = report.grid.targets.map(targetParts);
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
                    <TargetCell target={`${arch}/${kernel}/${driver}`} report={report} />
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

function TargetCell({ target, report: { grid, results, history } }: { target: string; report: Report }) {
  const counts = grid.counts(target);
  const line = results.targets.get(target);
  const total = sumOf(counts);
  if (total === 0 && !line?.outcome) return <NotRun />;
  const since = passingSince(history.byTarget.get(target) ?? [], total);
  const others = inOrder(counts).filter(([outcome]) => outcome !== "pass");
  return (
    <a href={`#${encodeURI(target)}`} class="cell">
      <Measured
        outcome={grid.outcome(target)}
        {...(total > 0 ? { count: `${counts.pass ?? 0} of ${countable(counts)}` } : {})}
      />
      <small>
        {[line?.driverSha256 ? "loads" : line?.cause, ...others.map(countWord)].filter(Boolean).join(" · ")}
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
