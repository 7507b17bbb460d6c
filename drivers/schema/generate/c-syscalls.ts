/** scap_syscalls_<arch>.h, scap_fillers.h, scap_sampling.h: which number makes which event by which filler, and what dropping mode does. */

import type { Arch } from "../model/archs.ts";
import type { Schema, Syscall } from "../model/model.ts";
import { cHeader, cXMacro } from "./c.ts";
import { scName } from "./c-schema.ts";

export function syscallsHeader(schema: Schema, arch: Arch): string {
  const here = schema.syscalls
    .filter(({ nr }) => nr[arch] !== undefined)
    .toSorted((a, b) => a.nr[arch]! - b.nr[arch]!);
  const uses = here
    .filter(({ filler }) => filler !== null)
    .map((syscall) => `${syscall.nr[arch]}, ${row(schema, syscall)}`);
  const parts = [
    "/* X(number, PPM_SC, enter event or PPM_EVENT_MAX, exit event, filler): what is recorded. */",
    cXMacro("SCAP_SYSCALLS", uses),
    ...(arch === "x86_64" ? ia32Macros(schema) : []),
  ];
  return cHeader(`System calls of ${arch}.`, `SCAP_SYSCALLS_${arch.toUpperCase()}_H`, parts.join("\n"));
}

/** PPM_SC, enter event, exit event, filler. */
function row(schema: Schema, { name, enter, exit, filler }: Syscall): string {
  const event = (code: number | null) =>
    code === null ? "PPM_EVENT_MAX" : `PPME_${schema.events[code]!.symbol}`;
  return [scName(name), event(enter), event(exit), filler].join(", ");
}

/** What 32-bit programs call: by the number of the same call in a 64-bit program, or in rows behind those. */
function ia32Macros(schema: Schema): string[] {
  const only = schema.syscalls.filter(({ ia32, nr }) => ia32.length > 0 && nr.x86_64 === undefined);
  const pairs = schema.syscalls.flatMap(({ ia32, nr, name }) =>
    ia32.map((number) => [number, nr.x86_64 ?? `SCAP_IA32_ROWS + ${scName(name)}`] as const),
  );
  return [
    "\n/* X(PPM_SC, enter event or PPM_EVENT_MAX, exit event, filler): calls of 32-bit programs only. */",
    cXMacro(
      "SCAP_IA32_SYSCALLS",
      only.map((syscall) => row(schema, syscall)),
    ),
    "\n/* Their rows stand by PPM_SC behind those of 64-bit numbers. */\n#define SCAP_IA32_ROWS 512",
    "\n/* X(number in a 32-bit program, number of the same call in a 64-bit one, or its row) */",
    cXMacro(
      "SCAP_IA32",
      pairs.toSorted(([a], [b]) => a - b).map((pair) => pair.join(", ")),
    ),
  ];
}

export function fillersHeader(schema: Schema): string {
  const names = schema.syscalls.map(({ filler }) => filler);
  const distinct = [...new Set(names.filter((name) => name !== null))].sort();
  return cHeader("Every filler's name, once.", "SCAP_FILLERS_H", cXMacro("SCAP_FILLERS", distinct));
}

/** What dropping mode does not decide by the clock. A generic event says little: it always goes. */
export function samplingHeader(schema: Schema): string {
  const rows = schema.syscalls.flatMap(({ name, filler, drop }) => {
    const when = drop ?? (filler === "generic" ? "always" : null);
    return when ? [`${scName(name)}, ${when.toUpperCase()}`] : [];
  });
  const macro = [
    "/* X(PPM_SC, NEVER or ALWAYS): whether dropping mode leaves it out; of the rest it takes samples. */",
    cXMacro("SCAP_SAMPLING", rows),
  ];
  return cHeader("What dropping mode keeps.", "SCAP_SAMPLING_H", macro.join("\n"));
}
