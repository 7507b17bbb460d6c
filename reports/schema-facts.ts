/** What the schema says of each syscall on each architecture. Facts, not measurements. */
import { PPME } from "#schema/events";
import { type SyscallInfo, syscalls } from "#schema/syscalls";

/** `planned`: the schema has an event of its own for it, which no driver records yet. */
export type SchemaFact = "own" | "generic" | "planned" | "not on arch";

/** null for a syscall that the schema does not know: only the results name it. */
export function schemaFact(syscall: string, arch: string): SchemaFact | null {
  const info = byName.get(syscall);
  if (!info) return null;
  const present =
    info.kind === "tracepoint" || (info.nr as Readonly<Record<string, number>>)[arch] !== undefined;
  if (!present) return "not on arch";
  if (info.exit === PPME.GENERIC_X) return "generic";
  return info.filler === null ? "planned" : "own";
}

const byName: ReadonlyMap<string, SyscallInfo> = new Map(syscalls.map((info) => [info.name, info]));

export const schemaSyscalls: readonly string[] = syscalls.map(({ name }) => name);
