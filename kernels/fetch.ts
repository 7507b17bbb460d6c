/** Locked packages → unpacked kernel in the cache, whatever of that is missing. */
import { join } from "node:path";
import { withLock } from "../harness/build/lock.ts";
import type { CatalogueKernel } from "./catalogue.ts";
import type { Mirror } from "./debian/mirror.ts";
import { ensureDeb, hasDeb } from "./debs.ts";
import { KernelError } from "./error.ts";
import type { LockedFile, PackageSet } from "./lock.ts";
import type { FetchOptions } from "./progress.ts";
import { Resolver } from "./resolve.ts";
import {
  findCorrupt,
  type KernelRecord,
  kernelDirectory,
  lockHash,
  readRecord,
  replaceDirectory,
} from "./store.ts";
import { unpackKernel } from "./unpack.ts";

export interface FetchContext extends FetchOptions {
  /** Directory of debs, indexes and unpacked kernels. */
  readonly cache: string;
  readonly mirror: () => Promise<Mirror>;
}

/** The kernel's record; everything that it names is in its directory. @throws KernelError */
export function fetchKernel(
  kernel: CatalogueKernel,
  locked: PackageSet,
  context: FetchContext,
): Promise<KernelRecord> {
  return withLock(`kernel-${kernel.arch}-${kernel.name}`, async () => {
    const directory = kernelDirectory(context.cache, kernel);
    const present = await usableRecord(directory, locked, context);
    if (present) return present;
    const actual = await fetchPackages(kernel, locked, context);
    const record = { ...actual, lockHash: lockHash(locked), lockedVersion: locked.version };
    await replaceDirectory(directory, record, (temporary) =>
      unpackKernel(
        temporary,
        actual.release,
        kernel.arch,
        wantedFiles(actual).map((file) => ({
          role: file.role,
          name: file.package,
          deb: join(context.cache, "debs", `${file.sha256}.deb`),
        })),
      ),
    );
    return readRecord(directory)!;
  });
}

/** Modules in a package of their own are fetched when somebody asks for one. */
const wantedFiles = (kernel: PackageSet) => kernel.files.filter(({ role }) => role !== "modules");

async function usableRecord(
  directory: string,
  locked: PackageSet,
  context: FetchContext,
): Promise<KernelRecord | undefined> {
  const record = readRecord(directory);
  if (!record || record.lockHash !== lockHash(locked)) return undefined;
  if (context.locked && record.version !== locked.version) return undefined;
  const corrupt = await findCorrupt(directory, record);
  if (!corrupt) {
    if (record.version !== locked.version)
      context.progress?.({
        kind: "note",
        text: `${record.release} stands in for ${locked.release}, which the mirror did not have`,
      });
    return record;
  }
  context.progress?.({ kind: "note", text: `${corrupt} is corrupt: unpacking the kernel again` });
  return undefined;
}

/** Brings the packages into the cache: the locked ones, or others of the series if some of those are gone. */
async function fetchPackages(
  kernel: CatalogueKernel,
  locked: PackageSet,
  context: FetchContext,
): Promise<PackageSet> {
  if (await allCached(locked, context.cache)) return locked;
  const resolver = new Resolver(context.mirror, context.cache, context.progress);
  const unlisted = await resolver.missing(kernel, locked);
  const gone = unlisted ?? (await fetchAll(locked, context));
  if (!gone) return locked;
  const where = unlisted ? "the signed index of" : "the mirror, though in the index of";
  const missing = `${kernel.id}: ${gone.package} ${gone.version}, which the lock names, is no longer in ${where} ${gone.suite}`;
  const update = `./scapyard kernels update --write ${kernel.id}`;
  if (context.locked) throw new KernelError("gone", `${missing}; \`${update}\` locks what there is now`);
  const actual = await fetchNewest(kernel, resolver, new Set(unlisted ? [] : [gone.sha256]), context);
  const text = `${missing}; using ${actual.version} instead of ${locked.version}. To lock that: ${update}`;
  context.progress?.({ kind: "note", text });
  return actual;
}

async function fetchNewest(
  kernel: CatalogueKernel,
  resolver: Resolver,
  unreachable: Set<string>,
  context: FetchContext,
): Promise<PackageSet> {
  for (;;) {
    const candidate = await resolver.newest(kernel, unreachable);
    const gone = await fetchAll(candidate, context);
    if (!gone) return candidate;
    unreachable.add(gone.sha256);
  }
}

async function allCached(kernel: PackageSet, cache: string): Promise<boolean> {
  for (const file of wantedFiles(kernel)) if ((await hasDeb(cache, file)) !== "yes") return false;
  return true;
}

/** @returns the first package that the mirror does not have. */
async function fetchAll(
  kernel: PackageSet,
  { cache, mirror, progress }: FetchContext,
): Promise<LockedFile | undefined> {
  for (const file of wantedFiles(kernel))
    try {
      await ensureDeb(cache, file, mirror, progress);
    } catch (error) {
      if (error instanceof KernelError && error.code === "gone") return file;
      throw error;
    }
  return undefined;
}
