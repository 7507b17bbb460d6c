/** Is what the cache has what the lock promises? */
import { existsSync } from "node:fs";
import { fileHash } from "../harness/build/file-hash.ts";
import type { CatalogueKernel } from "./catalogue.ts";
import { hasDeb } from "./debs.ts";
import type { LocalKernel } from "./local.ts";
import type { PackageSet } from "./lock.ts";
import { findCorrupt, kernelDirectory, readRecord } from "./store.ts";

export interface Verdict {
  readonly id: string;
  readonly state: "ok" | "not-fetched" | "substitute" | "corrupt";
  readonly release?: string;
  readonly lockedVersion?: string;
  readonly actualVersion?: string;
  /** What is corrupt. */
  readonly detail?: string;
}

export async function verifyKernel(
  kernel: CatalogueKernel,
  locked: PackageSet | undefined,
  cache: string,
): Promise<Verdict> {
  const directory = kernelDirectory(cache, kernel);
  const record = readRecord(directory);
  const lockedVersion = locked && { lockedVersion: locked.version };
  if (!record) return { id: kernel.id, state: "not-fetched", ...lockedVersion };
  const versions = { ...lockedVersion, release: record.release, actualVersion: record.version };
  const file = await findCorrupt(directory, record);
  if (file) return { id: kernel.id, state: "corrupt", ...versions, detail: file };
  for (const deb of record.files)
    if ((await hasDeb(cache, deb)) === "corrupt")
      return {
        id: kernel.id,
        state: "corrupt",
        ...versions,
        detail: `${deb.package} (sha256 is not ${deb.sha256})`,
      };
  return { id: kernel.id, state: record.version === locked?.version ? "ok" : "substitute", ...versions };
}

/** Are a local kernel's files what its entry promises? */
export async function verifyLocal(kernel: LocalKernel, cache: string): Promise<Verdict> {
  const { id, release, image, config } = kernel;
  const versions = { release, lockedVersion: release, actualVersion: release };
  for (const { path, sha256 } of [image, config])
    if (!existsSync(path) || (sha256 !== undefined && (await fileHash(path)) !== sha256))
      return { id, state: "corrupt", ...versions, detail: path };
  const directory = kernelDirectory(cache, kernel);
  const record = readRecord(directory);
  if (!record) return { id, state: "not-fetched", ...versions };
  const file = await findCorrupt(directory, record);
  return file ? { id, state: "corrupt", ...versions, detail: file } : { id, state: "ok", ...versions };
}
