/** Does it work on my kernel? A row for each kernel and driver, a column for each architecture. */
import { countable, harmless, sumOf } from "../../harness/run/counts.ts";
import { countWord, inOrder } from "../glyphs.ts";
import { passingSince } from "../history.ts";
import { natural, plain } from "../natural.ts";
import { compareArchs } from "../order.ts";
import type { Report } from "../report.ts";
import { targetParts } from "../target-parts.ts";
import { Measured, NotRun } from "./outcome.tsx";
import { Scroll } from "./scroll.tsx";
import { Day } from "./text.tsx";

export function KernelMatrix({ report }: { report: Report }) {
  const parts = report.grid.targets.map(targetParts);
  const archs = [...new Set(parts.map(({ arch }) => arch))].sort(compareArchs);
  const kernels = [...Map.groupBy(parts, ({ kernel }) => kernel)].sort(([a], [b]) => natural(a, b));
  return (
    <Scroll by="kernels">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">kernel and driver</th>
            {archs.map((arch, index) => (
              <th scope="col" key={arch} class={`a${index}`} data-arch={arch}>
                {arch}
              </th>
            ))}
          </tr>
        </thead>
        {kernels.map(([kernel, own]) => (
          <tbody key={kernel}>
            {[...new Set(own.map(({ driver }) => driver))].sort(plain).map((driver) => (
              <tr key={driver} data-row={`${kernel}/${driver}`}>
                <th scope="row">
                  {kernel} <small>{driver}</small>
                </th>
                {archs.map((arch, index) => (
                  <td key={arch} class={`a${index}`}>
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

function TargetCell({ target, report: { grid, results, history } }: { target: string; report: Report }) {
  const counts = grid.counts(target);
  const line = results.targets.get(target);
  const total = sumOf(counts);
  if (total === 0 && !line?.outcome) return <NotRun />;
  const since = passingSince(history.byTarget.get(target) ?? [], total);
  const bad = inOrder(counts).filter(([outcome]) => outcome !== "pass" && !harmless.has(outcome));
  const words = [line?.driverSha256 ? "loads" : line?.cause, ...bad.map(countWord)].filter(Boolean);
  return (
    <a
      href={`#${encodeURI(target)}`}
      class="cell"
      title={`${target}: ${inOrder(counts).map(countWord).join(", ")}`}
    >
      <Measured
        outcome={grid.outcome(target)}
        {...(countable(counts) > 0 ? { count: `${counts.pass ?? 0} of ${countable(counts)}` } : {})}
      />
      <small>
        {words.join(" · ")}
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
