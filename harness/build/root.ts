import { join, resolve } from "node:path";

/** Absolute path of the checkout. */
export const root = resolve(import.meta.dir, "../..");

/** A path inside `build/`, where everything made or downloaded lives. */
export function buildPath(...parts: string[]): string {
  return join(root, "build", ...parts);
}
