/**
 * Kernels that come from files of this machine: another distribution's, or one's own. They stand in `local.yaml`, which is
 * not part of the repository; `./scapyard kernels add` writes it.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import * as v from "valibot";
import { root } from "../harness/build/root.ts";
import { loadYaml } from "../harness/yaml/index.ts";
import { KernelId, type KernelName, nameOf } from "./catalogue.ts";
import { KernelError } from "./error.ts";

const Path = v.pipe(v.string(), v.minLength(1, "a path"));

const PinnedFile = v.strictObject({
  path: Path,
  /** With it, the file must stay as it is; without, whatever is there is taken each time. */
  sha256: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "not a sha256 in hex"))),
});
export type PinnedFile = v.InferOutput<typeof PinnedFile>;

const LocalEntry = v.strictObject({
  /** As `uname -r` says it. */
  release: v.pipe(
    v.string(),
    v.regex(/^\d+\.\d+[^\s/]*$/, "a release starts with two numbers: 6.14.3-300.fc42"),
  ),
  /** What boots: vmlinuz, Image or vmlinux. */
  image: PinnedFile,
  /** Its .config. */
  config: PinnedFile,
  /** Directory of its modules, `/lib/modules/<release>`; without, all that is needed must be built in. */
  modules: v.optional(Path),
  /** What modules are built with: a kernel build tree, or a root directory with `usr/src/linux-headers-<release>`. */
  headers: v.optional(Path),
});
export type LocalEntry = v.InferOutput<typeof LocalEntry>;

export const LocalCatalogue = v.record(KernelId, LocalEntry);

export interface LocalKernel extends KernelName, LocalEntry {
  readonly local: true;
}

/** Where the local kernels stand; the variable SCAPYARD_LOCAL_KERNELS names another file. */
export const localFile = () => process.env.SCAPYARD_LOCAL_KERNELS ?? join(root, "kernels/local.yaml");

/** Paths are absolute: in the file they may be relative to it. @throws YamlError */
export function readLocal(file = localFile()): LocalKernel[] {
  return Object.entries(readEntries(file)).map(([id, entry]) => {
    const absolute = (path: string) => resolve(dirname(file), path);
    const pinned = ({ path, ...rest }: PinnedFile) => ({ ...rest, path: absolute(path) });
    return {
      ...nameOf(id),
      local: true,
      release: entry.release,
      image: pinned(entry.image),
      config: pinned(entry.config),
      ...(entry.modules && { modules: absolute(entry.modules) }),
      ...(entry.headers && { headers: absolute(entry.headers) }),
    };
  });
}

export const readEntries = (file: string): Record<string, LocalEntry> =>
  existsSync(file) && !isBlank(readFileSync(file, "utf8")) ? loadYaml(file, LocalCatalogue) : {};

const isBlank = (text: string) => text.split("\n").every((line) => /^\s*(#|$)/.test(line));

/** @throws KernelError `missing-file` for the first of the entry's files that is not there */
export function refuseMissing(kernel: LocalKernel): void {
  const { id, image, config, modules, headers } = kernel;
  for (const path of [image.path, config.path, modules, headers])
    if (path !== undefined && !existsSync(path))
      throw new KernelError("missing-file", `${id}: ${path}, which ${localFile()} names, is not there`);
}
