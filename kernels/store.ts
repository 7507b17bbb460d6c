/** `build/kernels/<arch>/<name>/`: an unpacked kernel and the record of where it came from. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as v from "valibot";
import { fileHash } from "../harness/build/file-hash.ts";
import type { KernelName } from "./catalogue.ts";
import { type PackageSet, roles } from "./lock.ts";

/** Part of the record: a change of how kernels are unpacked must not find old results. */
const layout = 1;

const Record = v.object({
  layout: v.literal(layout),
  /** Hash of the lock's entry that this kernel was fetched for. */
  lockHash: v.string(),
  lockedVersion: v.string(),
  release: v.string(),
  version: v.string(),
  files: v.array(
    v.object({
      role: v.picklist(roles),
      package: v.string(),
      version: v.string(),
      suite: v.string(),
      path: v.string(),
      sha256: v.string(),
      size: v.number(),
    }),
  ),
  /** sha256 of the unpacked files that machines boot, by path below the directory. */
  unpacked: v.record(v.string(), v.string()),
});
export type KernelRecord = v.InferOutput<typeof Record>;

export const lockHash = ({ release, version, files }: PackageSet) =>
  new Bun.CryptoHasher("sha256").update(JSON.stringify({ release, version, files })).digest("hex");

export const kernelDirectory = (cache: string, kernel: Pick<KernelName, "arch" | "name">) =>
  join(cache, kernel.arch, kernel.name);

/** The record of an unpacked kernel; undefined if there is none, or none of this layout. */
export function readRecord(directory: string): KernelRecord | undefined {
  const file = join(directory, "kernel.json");
  if (!existsSync(file)) return undefined;
  try {
    return v.parse(Record, JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

/** The first unpacked file that is missing or not what it was when it was unpacked. */
export async function findCorrupt(directory: string, record: KernelRecord): Promise<string | undefined> {
  for (const [path, sha256] of Object.entries(record.unpacked)) {
    const file = join(directory, path);
    if (!existsSync(file) || (await fileHash(file)) !== sha256) return file;
  }
  return undefined;
}

/** Makes a kernel's directory in one step: others see the old one or the new one. The caller holds the kernel's lock. */
export async function replaceDirectory(
  directory: string,
  record: Omit<KernelRecord, "layout" | "unpacked">,
  fill: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = `${directory}.new`;
  // A process that was killed may have left one.
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(dirname(directory), { recursive: true });
  try {
    await fill(temporary);
    const unpacked: Record<string, string> = {};
    const modules = readdirSync(join(temporary, "modules")).map((name) => `modules/${name}`);
    for (const path of ["image", "config", ...modules])
      unpacked[path] = await fileHash(join(temporary, path));
    writeFileSync(join(temporary, "kernel.json"), JSON.stringify({ ...record, layout, unpacked }, null, 1));
    rmSync(directory, { recursive: true, force: true });
    renameSync(temporary, directory);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
