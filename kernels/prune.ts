/** What the cache of kernels holds and nobody needs. */
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { $ } from "zx";
import { architectures } from "../harness/run/target.ts";
import type { KernelName } from "./catalogue.ts";
import type { Lock } from "./lock.ts";
import { kernelDirectory, lockHash, readRecord } from "./store.ts";

export interface Rubbish {
  readonly path: string;
  readonly bytes: number;
  readonly reason: string;
}

export interface Needs {
  /** Those that are to stay. */
  readonly kernels: readonly Pick<KernelName, "id" | "arch" | "name">[];
  readonly lock: Lock;
  /** Whether packages of kernels that are unpacked stay too. */
  readonly packages: boolean;
  /** Why other kernels go. */
  readonly others: string;
}

/** @param cache directory of the kernels' cache */
export async function findRubbish(cache: string, needs: Needs): Promise<Rubbish[]> {
  const rubbish = [...unneededKernels(cache, needs), ...unneededPackages(cache, needs)];
  const sized = rubbish.map(async (item) => ({ ...item, bytes: await diskSize(item.path) }));
  return Promise.all(sized);
}

export function removeRubbish(rubbish: readonly Rubbish[]): void {
  for (const { path } of rubbish) rmSync(path, { recursive: true, force: true });
}

/** Removes the packages of kernels that are unpacked. @returns the bytes that this frees */
export function dropPackages(cache: string, kernels: readonly Pick<KernelName, "arch" | "name">[]): number {
  const names = kernels.flatMap((kernel) => readRecord(kernelDirectory(cache, kernel))?.files ?? []);
  const paths = new Set(names.map(({ sha256 }) => join(cache, "debs", `${sha256}.deb`)));
  const present = [...paths].filter(existsSync);
  const bytes = present.reduce((sum, path) => sum + statSync(path).size, 0);
  for (const path of present) rmSync(path);
  return bytes;
}

type Unsized = Omit<Rubbish, "bytes">;

function unneededKernels(cache: string, { kernels, others }: Needs): Unsized[] {
  const kept = new Set(kernels.map(({ id }) => id));
  const found = architectures.flatMap((arch) => entries(join(cache, arch)).map((name) => `${arch}/${name}`));
  return found
    .filter((id) => !kept.has(id))
    .map((id) => ({
      path: join(cache, id),
      reason: id.endsWith(".new") ? "left by an interrupted fetch" : others,
    }));
}

function unneededPackages(cache: string, needs: Needs): Unsized[] {
  const { needed, unpacked } = packagesOf(cache, needs);
  const reason = (sha256: string) => {
    if (!needed.has(sha256)) return "no kernel that stays has this package";
    return !needs.packages && unpacked.has(sha256) ? "unpacked" : undefined;
  };
  return ["debs", "debs/partial"].flatMap((directory) =>
    entries(join(cache, directory))
      .map((name) => ({ name, why: name === "partial" ? undefined : reason(name.split(".")[0]!) }))
      .filter(({ why }) => why !== undefined)
      .map(({ name, why }) => ({ path: join(cache, directory, name), reason: why! })),
  );
}

/** sha256 of packages: those that kernels that stay have, and of these the ones that no kernel waits for. */
function packagesOf(cache: string, { kernels, lock }: Needs) {
  const needed = new Set<string>();
  const awaited = new Set<string>();
  for (const kernel of kernels) {
    const locked = lock.kernels[kernel.id];
    if (!locked) continue;
    const record = readRecord(kernelDirectory(cache, kernel));
    const isUnpacked = record?.lockHash === lockHash(locked);
    for (const { sha256 } of isUnpacked ? record!.files : locked.files) {
      needed.add(sha256);
      if (!isUnpacked) awaited.add(sha256);
    }
  }
  return { needed, unpacked: new Set([...needed].filter((sha256) => !awaited.has(sha256))) };
}

const entries = (directory: string) => (existsSync(directory) ? readdirSync(directory).sort() : []);

async function diskSize(path: string): Promise<number> {
  const { stdout } = await $({ quiet: true })`du --summarize --block-size=1 ${path}`;
  return Number(stdout.split("\t")[0]);
}
