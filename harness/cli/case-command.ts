import { join } from "node:path";
import { root } from "../build/root.ts";

/** The command that runs case files. `--only-failures` keeps the log to what went wrong. */
export function caseCommand(files: readonly string[]): string[] {
  return [process.execPath, "test", "--only-failures", ...files.map((file) => join(root, file))];
}
