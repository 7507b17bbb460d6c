/** How this was measured: what the words mean, with what, in which runs, and what could not be read. */
import { schemaVersion } from "#schema/events";
import { sumOf } from "../../harness/run/counts.ts";
import type { Grid } from "../cells.ts";
import { shownRuns } from "../history.ts";
import { natural, plain } from "../natural.ts";
import { cellOutcomes, outcomeMeaning } from "../outcomes.ts";
import type { Report } from "../report.ts";
import { targetParts } from "../target-parts.ts";
import { Measured } from "./outcome.tsx";
import { count, Time } from "./text.tsx";

export function HowMeasured({ report }: { report: Report }) {
  return (
    <>
      <p>
        Each case is a program of system calls. It ran in a virtual machine with a stock kernel and one
        driver, and every parameter of every event was compared with what the program itself saw. A cell is
        one system call on one target (architecture, kernel, driver). The <i>schema</i> columns are facts of
        event table {schemaVersion}, not measurements.
      </p>
      <dl class="words">
        {(["pass", ...cellOutcomes.filter((outcome) => outcome !== "pass")] as const).map((outcome) => (
          <div key={outcome}>
            <dt>
              <Measured outcome={outcome} />
            </dt>
            <dd>{outcomeMeaning[outcome]}</dd>
          </div>
        ))}
      </dl>
      <p>{range(report.grid)}</p>
      <h3>With</h3>
      <Versions report={report} />
      <h3>Runs</h3>
      <Runs report={report} />
      {report.unread.length > 0 && <Unread report={report} />}
    </>
  );
}

/** Nothing is claimed of any other kernel. */
function range(grid: Grid): string {
  const measured = grid.targets.filter((target) => sumOf(grid.counts(target)) > 0);
  const kernels = [...new Set(measured.map((target) => targetParts(target).kernel))].sort(natural);
  if (kernels.length === 0) return "Nothing was measured.";
  return `Kernels measured: ${kernels.join(", ")}. Nothing is said of any other, older or newer.`;
}

/** Every version of each tool that a target names, and on how many targets. */
function Versions({ report: { results } }: { report: Report }) {
  const lines = [...results.targets.values()];
  const named = lines.flatMap(({ toolchain = {}, accel, attach, btf }) => [
    ...Object.entries(toolchain),
    ...Object.entries({ machine: accel, attach, BTF: btf }).flatMap(([name, value]) =>
      value ? [[name, value] as const] : [],
    ),
  ]);
  const byName = [...Map.groupBy(named, ([name]) => name)].sort(([a], [b]) => plain(a, b));
  return (
    <dl class="words">
      {byName.map(([name, all]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {[...Map.groupBy(all, ([, version]) => version)]
              .sort(([a], [b]) => natural(a, b))
              .map(([version, { length }]) => `${version} (${count(length, "target")})`)
              .join("; ")}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Newest first. */
function Runs({ report: { results } }: { report: Report }) {
  const runs = results.runs.toReversed();
  const earlier = runs.length - shownRuns;
  return (
    <>
      <ul>
        {runs.slice(0, shownRuns).map((run) => (
          <li key={run.id}>
            <Time time={run.started} />, scapyard {run.scapyard}:{" "}
            <code>{["./scapyard", ...run.command].join(" ")}</code>
          </li>
        ))}
      </ul>
      {earlier > 0 && <p>and {earlier} earlier</p>}
    </>
  );
}

/** Somebody may have named a file that is something else altogether. */
const shownUnread = 100;

function Unread({ report: { unread } }: { report: Report }) {
  return (
    <>
      <h3 id="unread">Lines that could not be read</h3>
      <p>They are left out; the rest is shown.</p>
      <ul>
        {unread.slice(0, shownUnread).map(({ file, number, message }) => (
          <li key={`${file}:${number}`}>
            <code>
              {file}:{number}
            </code>{" "}
            {message}
          </li>
        ))}
      </ul>
      {unread.length > shownUnread && <p>and {unread.length - shownUnread} more: see results.json</p>}
    </>
  );
}
