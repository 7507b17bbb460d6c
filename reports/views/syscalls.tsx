/** Which syscalls are supported where: the schema's word in plain text, what was measured in colour. */
import type { Grid } from "../cells.ts";
import { type Support, supportArchs, supportTable } from "../support.ts";
import { Measured, NotRun } from "./outcome.tsx";
import { Scroll } from "./scroll.tsx";

export function SyscallTable({ grid }: { grid: Grid }) {
  const archs = supportArchs(grid);
  return (
    <>
      <p>
        <i>schema</i>: what the event table says, not measured. <i>measured on</i>: kernels × drivers of the
        architecture on which cases of the call ran, of all that were tried.
      </p>
      <Scroll by="syscalls" long>
        <table class="support">
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                syscall
              </th>
              {archs.map((arch, index) => (
                <th scope="colgroup" colSpan={2} key={arch} class={`a${index}`} data-arch={arch}>
                  {arch}
                </th>
              ))}
            </tr>
            <tr>
              {archs.map((arch, index) => (
                <Heads key={arch} column={`a${index}`} />
              ))}
            </tr>
          </thead>
          <tbody>
            {supportTable(grid).map(({ syscall, byArch }) => (
              <tr key={syscall} data-syscall={syscall}>
                <th scope="row">{syscall}</th>
                {byArch.map((support, index) => (
                  <SupportCells key={support.arch} support={support} column={`a${index}`} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

function Heads({ column }: { column: string }) {
  return (
    <>
      <th scope="col" class={column}>
        schema
      </th>
      <th scope="col" class={column}>
        measured on
      </th>
    </>
  );
}

const factWords = { own: "own event", generic: "generic", planned: "planned", "not on arch": "not on arch" };

function SupportCells({ support, column }: { support: Support; column: string }) {
  const { fact, outcome, measured } = support;
  return (
    <>
      <td class={`fact ${column}`}>{fact ? factWords[fact] : "unknown"}</td>
      <td class={column}>
        {outcome ? (
          <Measured outcome={outcome} {...(measured > 0 ? { count: measuredOn(support) } : {})} />
        ) : fact === "not on arch" ? null : (
          <NotRun />
        )}
      </td>
    </>
  );
}

/** Kernels × drivers. */
function measuredOn({ measured, targets, passed }: Support): string {
  return `${measured} of ${targets}${passed < measured ? `, ${passed} pass` : ""}`;
}
