/** Locked packages → unpacked kernel in the cache, whatever of that is missing. */
import { join } from "node:path";
import { withLock } from "../harness/build/lock.ts";
import type { CatalogueKernel } from "./catalogue.ts";
import type { Mirror } from "./debian/mirror.ts";
import { ensureDeb, hasDeb } from "./debs.ts";
import { KernelError } from "./error.ts";
import type { LockedKernel } from "./lock.ts";
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
  locked: LockedKernel,
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
const wantedFiles = (kernel: LockedKernel) => kernel.files.filter(({ role }) => role !== "modules");

async function usableRecord(
  directory: string,
  locked: LockedKernel,
  context: FetchContext,
): Promise<KernelRecord | undefined> {
  const record = readRecord(directory);
  if (!record || record.lockHash !== lockHash(locked)) return undefined;
  if (context.locked && record.version !== locked.version) return undefined;
  const corrupt = await findCorrupt(directory, record);
  if (!corrupt) return record;
  context.progress?.({ kind: "note", text: `${corrupt} is corrupt: unpacking the kernel again` });
  return undefined;
}

/** Brings the packages into the cache: the locked ones, or a newer point release if those are gone. */
async function fetchPackages(
  kernel: CatalogueKernel,
  locked: LockedKernel,
  context: FetchContext,
): Promise<LockedKernel> {
  if (await allCached(locked, context.cache)) return locked;
  const resolver = new Resolver(context.mirror, context.cache, context.progress);
  let missing = "its packages are no longer in the signed index";
  if (await resolver.isListed(kernel, locked)) {
    try {
      await fetchAll(locked, context);
      return locked;
    } catch (error) {
      if (!(error instanceof KernelError && error.code === "gone")) throw error;
      missing = error.message;
    }
  }
  return substitute(kernel, locked, missing, resolver, context);
}

async function substitute(
  kernel: CatalogueKernel,
  locked: LockedKernel,
  missing: string,
  resolver: Resolver,
  context: FetchContext,
): Promise<LockedKernel> {
  const gone = `${kernel.id}: locked version ${locked.version} is gone (${missing})`;
  const update = `./scapyard kernels update ${kernel.id}`;
  if (context.locked) throw new KernelError("gone", `${gone}; \`${update}\` locks the newest of the series`);
  const actual = await resolver.newest(kernel);
  if (actual.version === locked.version)
    throw new KernelError("gone", `${gone}, and the mirror has no other`);
  const text = `${gone}; using ${actual.version} instead. To lock that: ${update}`;
  context.progress?.({ kind: "note", text });
  await fetchAll(actual, context);
  return actual;
}

async function allCached(kernel: LockedKernel, cache: string): Promise<boolean> {
  for (const file of wantedFiles(kernel)) if ((await hasDeb(cache, file)) !== "yes") return false;
  return true;
}

async function fetchAll(kernel: LockedKernel, { cache, mirror, progress }: FetchContext): Promise<void> {
  for (const file of wantedFiles(kernel)) await ensureDeb(cache, file, mirror, progress);
}
