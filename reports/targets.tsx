/** What each target was, as measured: kernel, driver, machine, counts. */
import type { Merged } from "../harness/run/merge-results.ts";
import type { TargetResult } from "../harness/run/results.ts";
import type { Grid } from "./cells.ts";
import { OutcomeWord } from "./outcome.tsx";

const heads = ["target", "cases", "kernel", "package", "driver sha256", "attach", "machine", "note"];

export function TargetTable({ grid, merged }: { grid: Grid; merged: Merged }) {
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th scope="col" key={head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.targets.map((target) => (
            <TargetRow key={target} target={target} line={merged.targets.get(target)} merged={merged} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly target: string;
  readonly line: TargetResult | undefined;
  readonly merged: Merged;
}

function TargetRow({ target, line, merged }: RowProps) {
  const results = [...merged.cases.values()].filter((result) => result.target === target);
  const passed = results.filter(({ outcome }) => outcome === "pass").length;
  const kernel = line?.kernel;
  return (
    <tr>
      <th scope="row">{target}</th>
      <td>
        {passed} of {results.length} pass
      </td>
      <td>{kernel?.release}</td>
      <td>{kernel && <PackageVersion kernel={kernel} />}</td>
      <td>
        <code title={line?.driverSha256}>{line?.driverSha256?.slice(0, 12)}</code>
      </td>
      <td>{line?.attach}</td>
      <td>
        <Machine accel={line?.accel} command={line?.qemu} />
      </td>
      <td>
        {line?.outcome && <OutcomeWord outcome={line.outcome} />} {line?.reason}
      </td>
    </tr>
  );
}

/** The QEMU command line is long: it opens on demand. */
function Machine({ accel, command }: { accel: string | undefined; command: string | undefined }) {
  if (!command) return <>{accel}</>;
  return (
    <details>
      <summary>{accel ?? "QEMU"}</summary>
      <pre>{command}</pre>
    </details>
  );
}

function PackageVersion({ kernel }: { kernel: NonNullable<TargetResult["kernel"]> }) {
  if (!kernel) return <>unknown</>;
  const moved = kernel.actual !== kernel.locked ? ` (the lock says ${kernel.locked})` : "";
  return <>{`${kernel.package} ${kernel.actual}${moved}`}</>;
}
