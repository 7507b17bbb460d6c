/** Directories for a machine's sockets. Their paths are short: a UNIX socket's path has 107 bytes. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const prefix = "scapyard-vm-";
const mine = new Set<string>();
let prepared = false;

/** Gone when it is dropped or the process exits; those of processes that were killed go when the next one starts. */
export function makeScratch(): string {
  if (!prepared) {
    sweep();
    process.once("exit", dropAll);
    prepared = true;
  }
  const directory = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  mine.add(directory);
  return directory;
}

export function dropScratch(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  mine.delete(directory);
}

function dropAll(): void {
  for (const directory of mine) dropScratch(directory);
}

function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]);
    if (pid && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
