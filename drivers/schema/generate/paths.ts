/** Names of all generated files, below build/gen. Apart from the generators, so that asking for them loads nothing else. */
import { archs } from "../model/archs.ts";

export const generatedFiles = [
  "c/scap_schema.h",
  "c/scap_flagmaps.h",
  "c/scap_fillers.h",
  "c/scap_sampling.h",
  "c/scap_losses.h",
  "c/scap_event_table.h",
  "c/scap_event_table.c",
  "c/scap_conversion.h",
  "c/scap_conversion.c",
  ...archs.map((arch) => `c/scap_syscalls_${arch}.h` as const),
  "ts/events.ts",
  "ts/types.ts",
  "ts/flags.ts",
  "ts/syscalls.ts",
] as const;
export type GeneratedFile = (typeof generatedFiles)[number];
