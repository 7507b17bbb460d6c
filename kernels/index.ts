/** Kernels by name: fetched, verified and unpacked when they are asked for. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildPath } from "../harness/build/root.ts";
import type { Arch } from "../harness/run/target.ts";
import { type CatalogueKernel, findKernel, type KernelName, readCatalogue } from "./catalogue.ts";
import { configuredMirror } from "./debian/mirror.ts";
import { ensureDeb } from "./debs.ts";
import { KernelError } from "./error.ts";
import { factsOf, type KernelConfig, type KernelFacts, parseConfig } from "./facts.ts";
import { type FetchContext, fetchKernel } from "./fetch.ts";
import { type Kernel, toKernel } from "./kernel.ts";
import { type LocalKernel, readLocal, refuseMissing } from "./local.ts";
import { fileOf, type LockedKernel, readLock } from "./lock.ts";
import { takeModules } from "./modules.ts";
import { prepareLocal } from "./prepare-local.ts";
import type { FetchOptions } from "./progress.ts";
import { kernelDirectory } from "./store.ts";
import { unpackModules } from "./unpack.ts";

export { type KernelCode, KernelError } from "./error.ts";
export {
  compatOption,
  type KernelConfig,
  type KernelFacts,
  parseRequirement,
  type Requirement,
} from "./facts.ts";
export type { Kernel } from "./kernel.ts";
export type { FetchOptions, OnProgress, Progress } from "./progress.ts";

/** Where the cache is. */
export const kernelCache = buildPath("kernels");

/** From the archive, or from local files. */
export type KernelEntry = CatalogueKernel | LocalKernel;

export const isLocal = (entry: KernelEntry): entry is LocalKernel => "local" in entry;

/** All kernels that can be asked for; the local ones last. @throws KernelError if a name is taken twice */
export function kernelEntries(): KernelEntry[] {
  const archive = readCatalogue();
  const local = readLocal();
  const twice = local.find(({ id }) => archive.some((kernel) => kernel.id === id));
  if (twice)
    throw new KernelError("unknown-kernel", `${twice.id} is both in the catalogue and a local kernel`);
  return [...archive, ...local];
}

/** A kernel, as far as it is known without fetching it. */
export interface ListedKernel extends KernelName {
  readonly facts: KernelFacts;
  /** Undefined for a kernel of the archive that was not fetched yet. */
  config(): KernelConfig | undefined;
}

/** All kernels that can be asked for. @throws KernelError `unknown-kernel` if one is not locked */
export function listKernels(): ListedKernel[] {
  const lock = readLock();
  return kernelEntries().map((entry) => {
    const { id, arch, name, series } = entry;
    const facts = isLocal(entry) ? localFacts(entry) : lockedFacts(findLocked(id, lock.kernels));
    return { id, arch, name, series, facts, config: () => knownConfig(entry) };
  });
}

function localFacts(kernel: LocalKernel): KernelFacts {
  refuseMissing(kernel);
  return factsOf(kernel.arch, readConfig(kernel.config.path), kernel.headers !== undefined);
}

const lockedFacts = (locked: LockedKernel): KernelFacts => ({
  ...locked.facts,
  headers: fileOf(locked, "headers") !== undefined,
});

function knownConfig(entry: KernelEntry): KernelConfig | undefined {
  const file = isLocal(entry) ? entry.config.path : join(kernelDirectory(kernelCache, entry), "config");
  return existsSync(file) ? readConfig(file) : undefined;
}

const readConfig = (file: string) => parseConfig(readFileSync(file, "utf8"));

function findLocked(id: string, locked: Readonly<Record<string, LockedKernel>>): LockedKernel {
  const found = locked[id];
  if (found) return found;
  throw new KernelError(
    "unknown-kernel",
    `${id} is not locked; run ./scapyard kernels update --write '${id}'`,
  );
}

/** A kernel, ready to boot. @throws KernelError */
export async function ensureKernel(arch: Arch, name: string, options: FetchOptions = {}): Promise<Kernel> {
  const entry = findKernel(`${arch}/${name}`, kernelEntries());
  if (isLocal(entry)) return localKernel(entry);
  const locked = findLocked(entry.id, readLock().kernels);
  return archiveKernel(entry, locked, { ...options, cache: kernelCache, mirror: configuredMirror });
}

async function archiveKernel(
  entry: CatalogueKernel,
  locked: LockedKernel,
  context: FetchContext,
): Promise<Kernel> {
  const record = await fetchKernel(entry, locked, context);
  const directory = kernelDirectory(context.cache, entry);
  const image = fileOf(record, "image")!;
  const modules = fileOf(record, "modules") ?? image;
  const { cache, mirror, progress } = context;
  return toKernel(entry, directory, record, {
    package: image.package,
    sha256: image.sha256,
    hasHeaders: fileOf(record, "headers") !== undefined,
    takeModules: async (names) =>
      unpackModules(directory, await ensureDeb(cache, modules, mirror, progress), names),
  });
}

async function localKernel(entry: LocalKernel): Promise<Kernel> {
  const { record, sha256 } = await prepareLocal(entry, kernelCache);
  const directory = kernelDirectory(kernelCache, entry);
  return toKernel(entry, directory, record, {
    package: "local",
    sha256,
    hasHeaders: entry.headers !== undefined,
    takeModules: (names) => takeModules(entry.modules!, names, join(directory, "modules")),
  });
}
