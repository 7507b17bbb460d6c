/** The file that is a machine's RAM. */
import { statfsSync, truncateSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { $ } from "zx";
import { BootError } from "./error.ts";

/**
 * An empty, sparse file. That there is space for all of it is checked now: a machine whose RAM file finds no space is
 * killed by a bus error that explains nothing. @throws BootError `disk-full`
 */
export function makeRam(file: string, mebibytes: number): void {
  const free = freeSpace(dirname(file));
  if (free < mebibytes)
    throw new BootError(
      "disk-full",
      `no space left for ${mebibytes} MiB of guest RAM in ${dirname(file)}: ${free} MiB are free`,
      { console: "", qemuLine: "(not started)" },
    );
  writeFileSync(file, "");
  truncateSync(file, mebibytes * 2 ** 20);
}

/** Gives back the space of pages that the guest wrote with zeros. */
export async function trimRam(file: string): Promise<void> {
  await $({ quiet: true })`fallocate --dig-holes ${file}`;
}

/** MiB that are free on the file system of a directory. */
export function freeSpace(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return Math.floor((bavail * bsize) / 2 ** 20);
}
