/** The verified list of packages of a suite: signed Release file, then the sha256 of Packages. */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { $ } from "zx";
import { fileHash } from "../../harness/build/file-hash.ts";
import { withLock } from "../../harness/build/lock.ts";
import { KernelError } from "../error.ts";
import type { OnProgress } from "../progress.ts";
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
 * A mirror may serve files of different ages: its Release file then signs package lists that it does not have, for
 * architectures that few people ask it for. Under the suite's other name (`stable` for `trixie`) it may still have a
 * Release file and a list that belong together.
 * @param suite its codename
 * @param architecture Debian's name of it: `amd64`
 * @param cache directory that keeps the last package list of each suite and architecture
 * @param wanted which packages
 * @throws KernelError
 */
export async function fetchIndex(
  mirror: Mirror,
  suite: string,
  architecture: string,
  cache: string,
  progress?: OnProgress,
  wanted: (name: string) => boolean = isOfKernels,
): Promise<SuiteIndex> {
  const directory = join(cache, `${suite}-${architecture}`);
  const text = await withLock(`index-${suite}-${architecture}`, async () => {
    mkdirSync(directory, { recursive: true });
    const get = (name: string) => fetchList({ mirror, suite, name, architecture, directory });
    const list = await get(suite).catch(async (error) => {
      const alias = error instanceof ListMismatch ? error.release.alias : undefined;
      if (!alias || alias === suite) throw error;
      const older = await get(alias);
      const text = `the mirror does not have the ${architecture} packages of ${suite} that its Release file signs; taking those of ${alias}, ${older.release.date}`;
      progress?.({ kind: "note", text });
      return older;
    });
    return (await $({ quiet: true })`xz -dc ${list.file}`).stdout;
  });
  return { suite, packages: parsePackages(text, wanted) };
}

const isOfKernels = (name: string) => name.startsWith("linux-") || toolLibraries.includes(name);

/** The mirror does not have the list that its Release file signs. */
class ListMismatch extends KernelError {
  constructor(
    readonly release: Release,
    cause: KernelError,
  ) {
    super(cause.code, cause.message, { cause });
  }
}

interface ListRequest {
  readonly mirror: Mirror;
  readonly suite: string;
  /** Name of the suite's directory on the mirror. */
  readonly name: string;
  readonly architecture: string;
  readonly directory: string;
}

async function fetchList(request: ListRequest): Promise<{ release: Release; file: string }> {
  const { mirror, suite, name, architecture, directory } = request;
  const release = await fetchRelease(mirror, suite, name, join(directory, "InRelease"));
  const path = `main/binary-${architecture}`;
  const listed = release.files.get(`${path}/Packages.xz`);
  if (!listed)
    throw new KernelError("gone", `suite ${suite} has no package list for architecture ${architecture}`);
  const file = join(directory, "Packages.xz");
  if (existsSync(file) && (await fileHash(file)) === listed.sha256) return { release, file };
  rmSync(file, { force: true });
  const base = release.byHash ? `by-hash/SHA256/${listed.sha256}` : "Packages.xz";
  const url = `${suiteUrl(mirror, name)}/${path}/${base}`;
  try {
    await download({ url, file, sha256: listed.sha256 });
  } catch (error) {
    if (error instanceof KernelError && (error.code === "gone" || error.code === "sha256"))
      throw new ListMismatch(release, error);
    throw error;
  }
  return { release, file };
}
