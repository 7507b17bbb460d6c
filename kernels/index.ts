/** Kernels by name: fetched, verified and unpacked when they are asked for. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildPath } from "../harness/build/root.ts";
import type { Arch } from "../harness/run/target.ts";
import { type CatalogueKernel, findKernel, readCatalogue } from "./catalogue.ts";
import { configuredMirror } from "./debian/mirror.ts";
import { ensureDeb } from "./debs.ts";
import { KernelError } from "./error.ts";
import { factsOf, type KernelConfig, type KernelFacts, parseConfig } from "./facts.ts";
import { type FetchContext, fetchKernel } from "./fetch.ts";
import { fileOf, readLock } from "./lock.ts";
import { listedModules, loadOrder } from "./modules.ts";
import type { FetchOptions } from "./progress.ts";
import { type KernelRecord, kernelDirectory } from "./store.ts";
import { unpackModules } from "./unpack.ts";

export { type KernelCode, KernelError } from "./error.ts";
export {
  compatOption,
  type KernelConfig,
  type KernelFacts,
  parseRequirement,
  type Requirement,
} from "./facts.ts";
export type { FetchOptions, OnProgress, Progress } from "./progress.ts";

export interface Kernel {
  readonly arch: Arch;
  /** `debian-6.12` */
  readonly name: string;
  /** `6.12` */
  readonly series: string;
  /** As `uname -r` says it: `6.12.95+deb12-amd64`. */
  readonly release: string;
  /** The package that the image comes from. */
  readonly package: string;
  readonly lockedVersion: string;
  /** Differs from `lockedVersion` only if that one is gone from the mirror. */
  readonly actualVersion: string;
  /** sha256 of the image package. */
  readonly sha256: string;
  /** File to boot; on x86_64 the ELF vmlinux, for QEMU's PVH entry. */
  readonly image: string;
  /** The kernel's .config. */
  readonly config: KernelConfig;
  readonly facts: KernelFacts;
  /** Paths of .ko files to load for a module, in order, the module last; none if it is built in. @throws KernelError */
  module(name: string): Promise<string[]>;
  /** For building modules: `<sysroot>/usr/src/linux-headers-<release>`. */
  readonly headers: { readonly sysroot: string; readonly release: string } | null;
}

/** Where the cache is. */
export const kernelCache = buildPath("kernels");

export const listKernels = (): CatalogueKernel[] => readCatalogue();

/** One of the catalogue's kernels, ready to boot. @throws KernelError */
export async function ensureKernel(arch: Arch, name: string, options: FetchOptions = {}): Promise<Kernel> {
  const entry = findKernel(`${arch}/${name}`, readCatalogue());
  const locked = readLock().kernels[entry.id];
  if (!locked)
    throw new KernelError(
      "unknown-kernel",
      `${entry.id} is not locked; run ./scapyard kernels update ${entry.id}`,
    );
  const context = { ...options, cache: kernelCache, mirror: configuredMirror };
  return toKernel(entry, await fetchKernel(entry, locked, context), context);
}

function toKernel(entry: CatalogueKernel, record: KernelRecord, context: FetchContext): Kernel {
  const directory = kernelDirectory(context.cache, entry);
  const image = fileOf(record, "image")!;
  const hasHeaders = fileOf(record, "headers") !== undefined;
  const config = parseConfig(readFileSync(join(directory, "config"), "utf8"));
  return {
    arch: entry.arch,
    name: entry.name,
    series: entry.series,
    release: record.release,
    package: image.package,
    lockedVersion: record.lockedVersion,
    actualVersion: record.version,
    sha256: image.sha256,
    image: join(directory, "image"),
    config,
    facts: factsOf(entry.arch, config, hasHeaders),
    module: (name) => moduleFiles(directory, record, name, context),
    headers: hasHeaders ? { sysroot: join(directory, "sysroot"), release: record.release } : null,
  };
}

async function moduleFiles(
  directory: string,
  record: KernelRecord,
  name: string,
  { cache, mirror, progress }: FetchContext,
): Promise<string[]> {
  const modules = join(directory, "modules");
  if (!existsSync(join(modules, `${name}.ko`))) {
    if (listedModules(join(directory, "modules.builtin")).has(name)) return [];
    if (!listedModules(join(directory, "modules.order")).has(name))
      throw new KernelError("unpack", `kernel ${record.release} has no module ${name}`);
    const source = fileOf(record, "modules") ?? fileOf(record, "image")!;
    await unpackModules(directory, await ensureDeb(cache, source, mirror, progress), [name]);
  }
  return loadOrder(modules, name);
}
