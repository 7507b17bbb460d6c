/** Read and check the whole schema. */
import { join, relative } from "node:path";
import { root } from "../../../harness/build/root.ts";
import { loadYaml } from "../../../harness/yaml/index.ts";
import { readConversions } from "./conversion.ts";
import { readEvents } from "./events.ts";
import { readFlagmaps, readKernel } from "./flagmaps.ts";
import { checkWidths, readFlags } from "./flags.ts";
import { readLosses } from "./losses.ts";
import type { Schema } from "./model.ts";
import { versionShape } from "./shapes.ts";
import { Problems } from "./source.ts";
import { readSyscalls } from "./syscalls.ts";
import { readTypes } from "./types.ts";

/** The schema of a directory laid out like `drivers/schema`. Throws YamlError with all problems found. */
export function readSchema(dir: string): Schema {
  const problems = new Problems();
  const versionFile = join(dir, "version.yaml");
  const { version } = loadYaml(versionFile, versionShape, relative(root, versionFile));
  const types = readTypes(dir, problems);
  const flags = readFlags(dir, problems);
  const typesByName = Object.fromEntries(types.types.map((type) => [type.name, type]));
  const events = readEvents(dir, { types, typesByName, tables: flags.tables }, problems);
  checkWidths(flags, events, problems);
  const syscalls = readSyscalls(dir, events, problems);
  const kernel = readKernel(dir, problems);
  const flagmaps = readFlagmaps(dir, kernel, flags.constants, problems);
  const eventsBySymbol = Object.fromEntries(events.map((event) => [event.symbol, event]));
  const conversions = readConversions(dir, { events: eventsBySymbol, types: typesByName }, problems);
  const losses = readLosses(dir, eventsBySymbol, problems);
  problems.throwIfAny();
  return {
    version,
    ...types,
    events,
    flagTables: flags.tables,
    constants: flags.constants,
    syscalls,
    kernel,
    flagmaps,
    conversions,
    losses,
  };
}
