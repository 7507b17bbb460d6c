/** The verified list of packages of a suite: signed Release file, then the sha256 of Packages. */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { $ } from "zx";
import { fileHash } from "../../harness/build/file-hash.ts";
import { withLock } from "../../harness/build/lock.ts";
import { KernelError } from "../error.ts";
import { download } from "./download.ts";
import type { Mirror } from "./mirror.ts";
import { type PackageEntry, parsePackages } from "./packages.ts";
import { fetchRelease, type Release, suiteUrl } from "./release.ts";

/** Packages of one suite and architecture that have to do with kernels. */
export interface SuiteIndex {
  readonly suite: string;
  readonly packages: readonly PackageEntry[];
}

/** Libraries that kernel build tools of newer suites need. */
export const toolLibraries = ["libc6", "libelf1t64", "zlib1g", "libzstd1"];

/**
 * @param architecture Debian's name of it: `amd64`
 * @param cache directory that keeps the last package list of each suite and architecture
 */
export async function fetchIndex(
  mirror: Mirror,
  suite: string,
  architecture: string,
  cache: string,
): Promise<SuiteIndex> {
  const directory = join(cache, `${suite}-${architecture}`);
  const text = await withLock(`index-${suite}-${architecture}`, async () => {
    mkdirSync(directory, { recursive: true });
    const release = await fetchRelease(mirror, suite, join(directory, "InRelease"));
    const list = await packageList(mirror, release, architecture, join(directory, "Packages.xz"));
    return (await $({ quiet: true })`xz -dc ${list}`).stdout;
  });
  const wanted = (name: string) => name.startsWith("linux-") || toolLibraries.includes(name);
  return { suite, packages: parsePackages(text, wanted) };
}

/** @returns `file`, when it is what the Release file says. */
async function packageList(
  mirror: Mirror,
  release: Release,
  architecture: string,
  file: string,
): Promise<string> {
  const directory = `main/binary-${architecture}`;
  const listed = release.files.get(`${directory}/Packages.xz`);
  if (!listed)
    throw new KernelError(
      "gone",
      `suite ${release.suite} has no package list for architecture ${architecture}`,
    );
  if (existsSync(file) && (await fileHash(file)) === listed.sha256) return file;
  rmSync(file, { force: true });
  const name = release.byHash ? `by-hash/SHA256/${listed.sha256}` : "Packages.xz";
  const url = `${suiteUrl(mirror, release.suite)}/${directory}/${name}`;
  await download({ url, file, sha256: listed.sha256 });
  return file;
}
