import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { $ } from "zx";
import { root } from "../harness/build/root.ts";
import type { TextChange } from "./update.ts";

/** A unified diff; empty if nothing changes. */
export async function textDiff({ file, before, after }: TextChange): Promise<string> {
  if (before === after) return "";
  const directory = mkdtempSync(join(tmpdir(), "diff-"));
  try {
    const name = relative(root, file);
    writeFileSync(join(directory, "a"), before);
    writeFileSync(join(directory, "b"), after);
    const run = $({ quiet: true, nothrow: true, cwd: directory });
    return (await run`diff -u --label ${`a/${name}`} --label ${`b/${name}`} a b`).stdout.trimEnd();
  } finally {
    rmSync(directory, { recursive: true });
  }
}
