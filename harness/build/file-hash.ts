/** sha256 of files. Kernels are big, and several rooms want to know theirs: each is read once a process. */
import { statSync } from "node:fs";

const known = new Map<string, string>();

/** In hex. A file with another inode, size or time of change is read again. @throws if there is no such file */
export async function fileHash(path: string): Promise<string> {
  const { dev, ino, size, mtimeMs, ctimeMs } = statSync(path);
  const key = [dev, ino, size, mtimeMs, ctimeMs].join(" ");
  let hash = known.get(key);
  if (hash === undefined) {
    const hasher = new Bun.CryptoHasher("sha256");
    for await (const chunk of Bun.file(path).stream()) hasher.update(chunk);
    hash = hasher.digest("hex");
    known.set(key, hash);
  }
  return hash;
}
