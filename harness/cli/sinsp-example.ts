import { existsSync, statSync, utimesSync } from "node:fs";
import { ensureSchema } from "../../drivers/schema/build.ts";
import { main } from "../../lib/examples/sinsp-example/main.ts";
import { arch } from "../../lib/scap/ffi.ts";
import { buildPath, root } from "../build/root.ts";
import type { Delegate } from "./command.ts";

export const sinspExampleCommand: Delegate = {
  summary: "print events with their processes, files and connections (the example of sinsp)",
  delegate: (argv) => main(argv, prepare),
};

/** The libraries that it opens, and what they are made from. */
const libraries = [
  { name: "libscap.so", sources: ["lib/libscap/{src,include}/*.{c,h}", "build/gen/**/*.{c,h}"] },
  { name: "libscapyard-re2.so", sources: ["lib/sinsp/regex/re2.cc"] },
];

/**
 * Like `ensure()`, but a start must stay cheap: hashing all sources, and loading what describes the steps, takes longer than
 * printing a small capture. Only if a source is newer than what was made from it are the steps asked.
 */
async function prepare(): Promise<void> {
  await ensureSchema();
  const stale = libraries.filter(({ name, sources }) => isOlder(buildPath(arch, name), sources));
  if (stale.length === 0) return;
  const { ensure } = await import("../build/step.ts");
  const { libscapShared } = await import("../../lib/libscap/build.ts");
  const { re2Shared } = await import("../../lib/sinsp/regex/build.ts");
  for (const step of [libscapShared(arch), re2Shared(arch)])
    await ensure(step, (line) => console.error(line));
  const now = new Date();
  for (const { name } of stale) utimesSync(buildPath(arch, name), now, now);
}

function isOlder(file: string, globs: readonly string[]): boolean {
  if (!existsSync(file)) return true;
  const made = statSync(file).mtimeMs;
  for (const glob of globs)
    for (const source of new Bun.Glob(glob).scanSync({ cwd: root }))
      if (statSync(`${root}/${source}`).mtimeMs > made) return true;
  return false;
}
