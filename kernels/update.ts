/** Writes the newest packages of each kernel's series into the lock. */
import type { CatalogueKernel } from "./catalogue.ts";
import type { Mirror } from "./debian/mirror.ts";
import { type Lock, lockFile, readLock, writeLock } from "./lock.ts";
import type { OnProgress } from "./progress.ts";
import { Resolver } from "./resolve.ts";

export interface LockChange {
  readonly id: string;
  /** Undefined for a kernel that was not locked. */
  readonly from: string | undefined;
  readonly to: string;
}

/** @returns one entry per kernel, changed or not. The lock is written once, when all of them are resolved. */
export async function updateLock(
  kernels: readonly CatalogueKernel[],
  context: { mirror: () => Promise<Mirror>; cache: string; file?: string; progress?: OnProgress },
): Promise<LockChange[]> {
  const file = context.file ?? lockFile;
  const lock = readLock(file);
  const resolver = new Resolver(context.mirror, context.cache, context.progress);
  const changes: LockChange[] = [];
  const resolved: Lock["kernels"] = { ...lock.kernels };
  for (const kernel of kernels) {
    const newest = await resolver.newest(kernel);
    changes.push({ id: kernel.id, from: lock.kernels[kernel.id]?.version, to: newest.version });
    resolved[kernel.id] = newest;
  }
  writeLock({ ...lock, kernels: resolved }, file);
  return changes;
}
