/** The cache of packages, by sha256. An entry that does not hash to its name is fetched again. */
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileHash } from "../harness/build/file-hash.ts";
import { withLock } from "../harness/build/lock.ts";
import { download } from "./debian/download.ts";
import type { Mirror } from "./debian/mirror.ts";
import { KernelError } from "./error.ts";
import type { LockedFile } from "./lock.ts";
import type { OnProgress } from "./progress.ts";

export const debPath = (cache: string, { sha256 }: LockedFile) => join(cache, "debs", `${sha256}.deb`);

/** Whether the cache has the file, with the right bytes. */
export async function hasDeb(cache: string, file: LockedFile): Promise<"yes" | "no" | "corrupt"> {
  const path = debPath(cache, file);
  if (!existsSync(path)) return "no";
  return statSync(path).size === file.size && (await fileHash(path)) === file.sha256 ? "yes" : "corrupt";
}

/** @returns the path of the package. @throws KernelError */
export function ensureDeb(
  cache: string,
  file: LockedFile,
  mirror: () => Promise<Mirror>,
  progress?: OnProgress,
): Promise<string> {
  return withLock(`deb-${file.sha256}`, async () => {
    const path = debPath(cache, file);
    const state = await hasDeb(cache, file);
    if (state === "yes") return path;
    if (state === "corrupt") {
      progress?.({ kind: "note", text: `${path} is corrupt (not sha256 ${file.sha256}): fetching it again` });
      rmSync(path);
    }
    await fetchDeb(path, join(cache, "debs/partial"), file, await mirror(), progress);
    return path;
  });
}

async function fetchDeb(
  path: string,
  partials: string,
  file: LockedFile,
  mirror: Mirror,
  progress: OnProgress | undefined,
): Promise<void> {
  mkdirSync(partials, { recursive: true });
  const partial = join(partials, `${file.sha256}.deb`);
  const base = file.suite.endsWith("-security") ? mirror.security : mirror.main;
  await download({
    // A `+` in a path is a literal one, but some servers take it for a space.
    url: `${base}/${file.path.replaceAll("+", "%2B")}`,
    file: partial,
    sha256: file.sha256,
    progress: (done) => progress?.({ kind: "download", package: file.package, done, total: file.size }),
  });
  const size = statSync(partial).size;
  if (size !== file.size) {
    rmSync(partial);
    throw new KernelError("sha256", `${file.package} is refused: ${size} bytes, not ${file.size}`);
  }
  renameSync(partial, path);
}
