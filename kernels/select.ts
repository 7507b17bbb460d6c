/** From package indexes to the packages of one kernel: the newest of its series that has all of them. */
import type { CatalogueKernel } from "./catalogue.ts";
import { debianArchitecture } from "./catalogue.ts";
import { type SuiteIndex, toolLibraries } from "./debian/index.ts";
import type { PackageEntry } from "./debian/packages.ts";
import { compareVersions } from "./debian/version.ts";
import type { LockedFile, LockedKernel, Role } from "./lock.ts";

/**
 * @param indexes of the kernel's suites, best first: a suite that has the series beats newer ones further down
 * @param libraries index of the suite that build tools take their libraries from
 * @param unreachable sha256 of packages that an index lists but the mirror does not have
 * @returns undefined if no suite has a kernel of the series with headers of the same version
 */
export function selectKernel(
  kernel: CatalogueKernel,
  indexes: readonly SuiteIndex[],
  libraries?: SuiteIndex,
  unreachable: ReadonlySet<string> = new Set(),
): LockedKernel | undefined {
  for (const index of indexes) {
    const candidates = images(kernel, index).sort((a, b) =>
      compareVersions(b.image.version, a.image.version),
    );
    for (const candidate of candidates) {
      const files = completeKernel(candidate, index, libraries);
      if (files?.every(({ sha256 }) => !unreachable.has(sha256)))
        return { release: candidate.release, version: candidate.image.version, files };
    }
  }
  return undefined;
}

interface Candidate {
  readonly release: string;
  readonly image: PackageEntry;
}

/** From 6.19 on `linux-image-REL` is empty and `linux-binary-REL` has the kernel. */
function images({ series, flavour, arch }: CatalogueKernel, { packages }: SuiteIndex): Candidate[] {
  const form = new RegExp(`^linux-(image|binary)-(\\d[^-]*(?:-\\d[^-]*)?-${flavour})$`);
  const found = new Map<string, Candidate>();
  for (const entry of packages) {
    const [, kind, release] = form.exec(entry.name) ?? [];
    if (!release || !entry.version.startsWith(`${series}.`)) continue;
    if (!entry.path.endsWith(`_${debianArchitecture[arch]}.deb`)) continue;
    if (kind === "binary" || !found.has(release)) found.set(release, { release, image: entry });
  }
  return [...found.values()];
}

/** Image and headers of one version, or nothing. */
function completeKernel(
  { release, image }: Candidate,
  { suite, packages }: SuiteIndex,
  libraries: SuiteIndex | undefined,
): LockedFile[] | undefined {
  const named = (name: string | undefined) =>
    packages.find((entry) => entry.name === name && entry.version === image.version);
  const headers = named(`linux-headers-${release}`);
  const kbuild = named(headers?.depends.find((name) => name.startsWith("linux-kbuild-")));
  const common = named(headers?.depends.find((name) => /^linux-headers-.*-common$/.test(name)));
  if (!headers || !kbuild || !common) return undefined;
  const files = [
    locked("image", image, suite),
    locked("headers", headers, suite),
    locked("headers-common", common, suite),
    locked("kbuild", kbuild, suite),
  ];
  if (image.name.startsWith("linux-binary-")) {
    const modules = named(`linux-modules-${release}`);
    const config = named(`linux-base-${release}`);
    if (!modules || !config) return undefined;
    files.push(locked("modules", modules, suite), locked("config", config, suite));
  }
  const needed = newerLibraries(kbuild, libraries);
  return needed && [...files, ...needed];
}

/** The `t64` in the name marks a build for Debian 13 or later, whose C library Debian 12 does not have. */
function newerLibraries(kbuild: PackageEntry, libraries: SuiteIndex | undefined): LockedFile[] | undefined {
  if (!kbuild.depends.includes("libelf1t64")) return [];
  const found = toolLibraries.map((name) => newest(libraries?.packages ?? [], name));
  return found.every((entry) => entry !== undefined)
    ? found.map((entry) => locked("library", entry, libraries!.suite))
    : undefined;
}

function newest(packages: readonly PackageEntry[], name: string): PackageEntry | undefined {
  return packages
    .filter((entry) => entry.name === name)
    .sort((a, b) => compareVersions(b.version, a.version))[0];
}

const locked = (role: Role, entry: PackageEntry, suite: string): LockedFile => ({
  role,
  package: entry.name,
  version: entry.version,
  suite,
  path: entry.path,
  sha256: entry.sha256,
  size: entry.size,
});
