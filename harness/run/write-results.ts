import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { ResultLine } from "./results.ts";

/**
 * Append one line to a results.jsonl. One write with O_APPEND: a reader never sees half of it followed by another
 * writer's line.
 * @throws with a plain sentence if the disk is full, else whatever the file system says.
 */
export function appendResult(file: string, line: ResultLine): void {
  mkdirSync(dirname(file), { recursive: true });
  try {
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOSPC")
      throw new Error(`the disk is full: ${file} could not take another result`, { cause: error });
    throw error;
  }
}
