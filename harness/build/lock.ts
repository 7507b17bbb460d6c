/** A lock between processes: a directory that holds the owner's pid; a dead owner's lock is taken over. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { buildPath } from "./root.ts";

export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const dir = buildPath("locks", name);
  await acquire(dir);
  try {
    return await work();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function acquire(dir: string): Promise<void> {
  mkdirSync(buildPath("locks"), { recursive: true });
  for (let orphanChecks = 0; ; ) {
    try {
      mkdirSync(dir);
      writeFileSync(`${dir}/pid`, String(process.pid));
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    // A lock without a readable, living pid for a while belongs to nobody.
    if (ownerLives(dir)) orphanChecks = 0;
    else if (++orphanChecks > 4) rmSync(dir, { recursive: true, force: true });
    await Bun.sleep(50);
  }
}

function ownerLives(dir: string): boolean {
  try {
    process.kill(Number(readFileSync(`${dir}/pid`, "utf8") || Number.NaN), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
