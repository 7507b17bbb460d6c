/** The verified list of packages of a suite: signed Release file, then the sha256 of Packages. */
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { $ } from "zx";
import { fileHash } from "../../harness/build/file-hash.ts";
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
 * @param cache directory that keeps package lists by their sha256
 */
export async function fetchIndex(
  mirror: Mirror,
  suite: string,
  architecture: string,
  cache: string,
): Promise<SuiteIndex> {
  mkdirSync(cache, { recursive: true });
  const release = await fetchRelease(mirror, suite, cache);
  const file = await packagesFile(mirror, release, architecture, cache);
  const text = (await $({ quiet: true, maxBuffer: 2 ** 30 })`xz -dc ${file}`).stdout;
  const wanted = (name: string) => name.startsWith("linux-") || toolLibraries.includes(name);
  return { suite, packages: parsePackages(text, wanted) };
}

async function packagesFile(
  mirror: Mirror,
  release: Release,
  architecture: string,
  cache: string,
): Promise<string> {
  const directory = `main/binary-${architecture}`;
  const listed = release.files.get(`${directory}/Packages.xz`);
  if (!listed)
    throw new KernelError(
      "gone",
      `suite ${release.suite} has no package list for architecture ${architecture}`,
    );
  const file = join(cache, `${listed.sha256}.xz`);
  if (existsSync(file) && (await fileHash(file)) === listed.sha256) return file;
  const name = release.byHash ? `by-hash/SHA256/${listed.sha256}` : "Packages.xz";
  const partial = `${file}.${process.pid}`;
  try {
    await download({
      url: `${suiteUrl(mirror, release.suite)}/${directory}/${name}`,
      file: partial,
      sha256: listed.sha256,
    });
    renameSync(partial, file);
  } finally {
    rmSync(partial, { force: true });
  }
  return file;
}
