/** From package indexes to the packages of one kernel: the newest of its series that has all of them. */
import type { Arch } from "../harness/run/target.ts";
import type { CatalogueKernel } from "./catalogue.ts";
import { debianArchitecture } from "./catalogue.ts";
import { type SuiteIndex, toolLibraries } from "./debian/index.ts";
import type { PackageEntry } from "./debian/packages.ts";
import { compareVersions } from "./debian/version.ts";
import type { LockedFile, PackageSet, Role } from "./lock.ts";

/** What a suite has for one kernel. */
export interface SuiteOffer {
  /** Packages of the kernel's architecture. */
  readonly target: SuiteIndex;
  /** Packages of this box's architecture, for the programs that build modules. */
  readonly build: SuiteIndex;
}

/**
 * @param offers of the kernel's suites, best first: a suite that has the series beats newer ones further down
 * @param libraries index of the suite that build tools take their libraries from
 * @param unreachable sha256 of packages that an index lists but the mirror does not have
 * @returns undefined if no suite has a kernel of the series, with headers of the same version where it is to have them
 */
export function selectKernel(
  kernel: CatalogueKernel,
  offers: readonly SuiteOffer[],
  libraries?: SuiteIndex,
  unreachable: ReadonlySet<string> = new Set(),
): PackageSet | undefined {
  for (const offer of offers) {
    const candidates = images(kernel, offer.target).sort((a, b) =>
      compareVersions(b.image.version, a.image.version),
    );
    for (const candidate of candidates) {
      const files = completeKernel(kernel, candidate, offer, libraries);
      if (files?.every(({ sha256 }) => !unreachable.has(sha256)))
        return { release: candidate.release, version: candidate.image.version, files };
    }
  }
  return undefined;
}

interface Wanted {
  readonly arch: Arch;
  readonly flavour: string;
  /** Undefined for any. */
  readonly series: string | undefined;
}

interface Candidate {
  readonly release: string;
  readonly image: PackageEntry;
}

/** The series of which an index has kernels of a flavour, oldest first. */
export function seriesIn(index: SuiteIndex, arch: Arch, flavour: string): string[] {
  const versions = images({ series: undefined, flavour, arch }, index).map(({ image }) => image.version);
  const series = versions
    .map((version) => /^\d+\.\d+(?=\.)/.exec(version)?.[0])
    .filter((s) => s !== undefined);
  return [...new Set(series)].sort(compareVersions);
}

/** From 6.19 on `linux-image-REL` is empty and `linux-binary-REL` has the kernel. */
function images({ series, flavour, arch }: Wanted, { packages }: SuiteIndex): Candidate[] {
  const form = new RegExp(`^linux-(image|binary)-(\\d[^-]*(?:-\\d[^-]*)?-${flavour})$`);
  const found = new Map<string, Candidate>();
  for (const entry of packages) {
    const [, kind, release] = form.exec(entry.name) ?? [];
    if (!release || (series && !entry.version.startsWith(`${series}.`))) continue;
    if (!entry.path.endsWith(`_${debianArchitecture[arch]}.deb`)) continue;
    if (kind === "binary" || !found.has(release)) found.set(release, { release, image: entry });
  }
  return [...found.values()];
}

/** All packages of one version, or nothing. */
function completeKernel(
  kernel: CatalogueKernel,
  candidate: Candidate,
  offer: SuiteOffer,
  libraries: SuiteIndex | undefined,
): LockedFile[] | undefined {
  const boot = bootPackages(candidate, offer.target);
  if (kernel.headers === false) return boot;
  const headers = headerPackages(candidate, offer, libraries);
  return boot && headers && [...boot, ...headers];
}

function bootPackages({ release, image }: Candidate, index: SuiteIndex): LockedFile[] | undefined {
  if (!image.name.startsWith("linux-binary-")) return [locked("image", image, index.suite)];
  const modules = ofVersion(index, image.version, `linux-modules-${release}`);
  const config = ofVersion(index, image.version, `linux-base-${release}`);
  return (
    modules &&
    config && [
      locked("image", image, index.suite),
      locked("modules", modules, index.suite),
      locked("config", config, index.suite),
    ]
  );
}

function headerPackages(
  { release, image: { version } }: Candidate,
  { target, build }: SuiteOffer,
  libraries: SuiteIndex | undefined,
): LockedFile[] | undefined {
  const headers = ofVersion(target, version, `linux-headers-${release}`);
  const needed = (form: RegExp) => headers?.depends.find((name) => form.test(name));
  const common = ofVersion(target, version, needed(/^linux-headers-.*-common$/));
  const kbuild = ofVersion(build, version, needed(/^linux-kbuild-/));
  if (!headers || !kbuild || !common) return undefined;
  const newer = newerLibraries(kbuild, libraries);
  return (
    newer && [
      locked("headers", headers, target.suite),
      locked("headers-common", common, target.suite),
      locked("kbuild", kbuild, build.suite),
      ...newer,
    ]
  );
}

const ofVersion = ({ packages }: SuiteIndex, version: string, name: string | undefined) =>
  packages.find((entry) => entry.name === name && entry.version === version);

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
