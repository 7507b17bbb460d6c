/** Follows a file that somebody appends lines to. */
import { closeSync, existsSync, openSync, readSync } from "node:fs";

const chunkBytes = 1 << 16;

/** Returns a function that hands out the whole lines appended since it was last called. */
export function lineFollower(file: string): () => string[] {
  const decoder = new TextDecoder();
  const chunk = new Uint8Array(chunkBytes);
  let offset = 0;
  let rest = "";
  return () => {
    if (!existsSync(file)) return [];
    const fd = openSync(file, "r");
    try {
      for (let got = chunkBytes; got > 0; offset += got) {
        got = readSync(fd, chunk, 0, chunkBytes, offset);
        rest += decoder.decode(chunk.subarray(0, got), { stream: true });
      }
    } finally {
      closeSync(fd);
    }
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    return lines;
  };
}
