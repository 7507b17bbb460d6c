/** What makes each generated file. */
import { type Arch, archs } from "../model/archs.ts";
import type { Schema } from "../model/model.ts";
import { conversionHeader, conversionSource } from "./c-conversion.ts";
import { eventTableHeader, eventTableSource } from "./c-event-table.ts";
import { flagmapsHeader } from "./c-flagmaps.ts";
import { lossesHeader } from "./c-losses.ts";
import { schemaHeader } from "./c-schema.ts";
import { fillersHeader, samplingHeader, syscallsHeader } from "./c-syscalls.ts";
import { type GeneratedFile, generatedFiles } from "./paths.ts";
import { eventsModule, flagsModule, syscallsModule, typesModule } from "./ts.ts";

type Generator = (schema: Schema) => string;

const perArch = Object.fromEntries(
  archs.map((arch) => [`c/scap_syscalls_${arch}.h`, (schema: Schema) => syscallsHeader(schema, arch)]),
) as Record<`c/scap_syscalls_${Arch}.h`, Generator>;

const generators: Readonly<Record<GeneratedFile, Generator>> = {
  "c/scap_schema.h": schemaHeader,
  "c/scap_flagmaps.h": flagmapsHeader,
  "c/scap_fillers.h": fillersHeader,
  "c/scap_sampling.h": samplingHeader,
  "c/scap_losses.h": lossesHeader,
  "c/scap_event_table.h": eventTableHeader,
  "c/scap_event_table.c": eventTableSource,
  "c/scap_conversion.h": conversionHeader,
  "c/scap_conversion.c": conversionSource,
  ...perArch,
  "ts/events.ts": eventsModule,
  "ts/types.ts": typesModule,
  "ts/flags.ts": flagsModule,
  "ts/syscalls.ts": syscallsModule,
};

/** Path below build/gen and content of each file. */
export function generate(schema: Schema): { path: GeneratedFile; content: string }[] {
  return generatedFiles.map((path) => ({ path, content: generators[path](schema) }));
}
