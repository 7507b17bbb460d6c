/** What each target was, as measured: kernel, driver, machine. */
import { type Counts, countable, sumOf } from "../../harness/run/counts.ts";
import type { TargetResult } from "../../harness/run/results.ts";
import type { Report } from "../report.ts";
import { Scroll } from "./scroll.tsx";
import { Text } from "./text.tsx";

const heads = ["target", "kernel", "package", "driver", "attach", "machine", "32-bit calls", "ms"];

export function TargetTable({ report: { grid, results } }: { report: Report }) {
  return (
    <Scroll by="targets" long>
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
            <TargetRow
              key={target}
              target={target}
              line={results.targets.get(target)}
              compat={grid.compat(target)}
            />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

interface RowProps {
  readonly target: string;
  readonly line: TargetResult | undefined;
  readonly compat: Counts;
}

function TargetRow({ target, line, compat }: RowProps) {
  return (
    <tr id={target} data-target={target}>
      <th scope="row">{target}</th>
      <td>
        {line?.kernel?.release} <Sha256 digest={line?.kernel?.sha256} />
      </td>
      <td>{line?.kernel && packageVersion(line.kernel)}</td>
      <td>
        {line?.driverSha256 ? (
          <Sha256 digest={line.driverSha256} />
        ) : (
          ["not loaded", line?.cause].filter(Boolean).join(": ")
        )}
      </td>
      <td>{line?.attach}</td>
      <td>
        {line?.accel} <Text title="QEMU" text={line?.qemu} />
      </td>
      <td>{compatText(compat)}</td>
      <td>{timings(line?.timings)}</td>
    </tr>
  );
}

/** Twelve digits tell versions apart; the rest is in the tooltip and in results.json. */
function Sha256({ digest }: { digest: string | undefined }) {
  return digest ? <code title={`sha256 ${digest}`}>{digest.slice(0, 12)}</code> : null;
}

export function packageVersion(kernel: NonNullable<TargetResult["kernel"]>): string {
  const moved = kernel.actual !== kernel.locked ? ` (the lock says ${kernel.locked})` : "";
  return `${kernel.package} ${kernel.actual}${moved}`;
}

/** What kernel or architecture have not is no part of the count; the cells say why. */
function compatText(compat: Counts): string {
  if (sumOf(compat) === 0) return "";
  const possible = countable(compat);
  return possible === 0 ? "unsupported" : `${compat.pass ?? 0} of ${possible} pass`;
}

function timings(all: Readonly<Record<string, number>> = {}): string {
  return Object.entries(all)
    .map(([name, ms]) => `${name} ${ms.toFixed(0)}`)
    .join(", ");
}
