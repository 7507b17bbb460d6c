/** A profile: a named set of targets, `matrix/<name>.yaml`, or any file of that form. */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Target } from "../harness/run/target.ts";
import { checkDocument, inFileOrder, readDocument } from "../harness/yaml/index.ts";
import { type ListedKernel, listKernels } from "../kernels/index.ts";
import { Profile } from "./schema.ts";
import { selectTargets } from "./select.ts";

/** What set-up prepares, and `run` visits when nothing else is asked for. */
export const defaultProfile = "quick";

/** What `test` visits. */
export const testProfile = "test";

/** Every kernel. */
export const fullProfile = "full";

const notProfiles = new Set(["expected"]);

/** Names of the profiles, sorted. */
export function profileNames(dir: string = import.meta.dir): string[] {
  return readdirSync(dir)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => basename(file, ".yaml"))
    .filter((name) => !notProfiles.has(name))
    .sort();
}

/** The targets of a profile, kernel by kernel. @throws YamlError: the file is malformed, or an entry has no effect */
export function loadProfile(name: string, dir: string = import.meta.dir): Target[] {
  return loadProfileFile(join(dir, `${name}.yaml`));
}

export function loadProfileFile(file: string, kernels: readonly ListedKernel[] = listKernels()): Target[] {
  const document = readDocument(file);
  const { targets, idle } = selectTargets(checkDocument(document, Profile), kernels);
  if (idle.length > 0)
    throw inFileOrder(
      idle.map(({ path, message }) => ({ code: "value", message, place: document.valueAt(path) })),
    );
  return [...targets];
}
