/**
 * Which packages are fetched for a locked kernel: those of the lock if the archive's signed index still has them, else
 * the newest point release of the series.
 */
import { join } from "node:path";
import { buildArchitecture, type CatalogueKernel, debianArchitecture } from "./catalogue.ts";
import { fetchIndex, type SuiteIndex } from "./debian/index.ts";
import type { Mirror } from "./debian/mirror.ts";
import { compareVersions } from "./debian/version.ts";
import { KernelError } from "./error.ts";
import { buildRoles, type LockedFile, type PackageSet } from "./lock.ts";
import type { OnProgress } from "./progress.ts";
import { type SuiteOffer, selectKernel, seriesIn } from "./select.ts";

export class Resolver {
  readonly #indexes = new Map<string, Promise<SuiteIndex>>();

  /** @param cache directory of the kernels' cache */
  constructor(
    private readonly mirror: () => Promise<Mirror>,
    private readonly cache: string,
    private readonly progress?: OnProgress,
  ) {}

  /** The first locked package that the signed index no longer has. @throws KernelError `sha256` if it has other bytes. */
  async missing(kernel: CatalogueKernel, locked: PackageSet): Promise<LockedFile | undefined> {
    for (const file of locked.files) {
      const entries = (await this.#index(file.suite, architectureOf(file, kernel)))?.packages ?? [];
      const entry = entries.find(({ name, version }) => name === file.package && version === file.version);
      if (!entry) return file;
      refuseOtherBytes(file, entry);
    }
    return undefined;
  }

  /** @throws KernelError `gone` if no suite of the catalogue has the series. */
  async newest(kernel: CatalogueKernel, unreachable?: ReadonlySet<string>): Promise<PackageSet> {
    const offers = await Promise.all(kernel.suites.map((suite) => this.#offer(kernel, suite)));
    const libraries = kernel.libraries ? await this.#index(kernel.libraries, buildArchitecture) : undefined;
    const present = offers.filter((offer) => offer !== undefined);
    const found = selectKernel(kernel, present, libraries, unreachable);
    if (found) return found;
    throw new KernelError(
      "gone",
      `the mirror has no ${kernel.series} kernel of flavour ${kernel.flavour}${kernel.headers === false ? "" : " with headers"} in ${kernel.suites.join(", ")}`,
    );
  }

  /** Kernels of series that the catalogue does not have, and that are newer than all that it has of their flavour. */
  async unknownSeries(catalogue: readonly CatalogueKernel[]): Promise<Found[]> {
    const flavours = Map.groupBy(catalogue, ({ arch, flavour }) => `${arch} ${flavour}`);
    const found = [...flavours.values()].map((kernels) => this.#newerThan(kernels));
    return (await Promise.all(found)).flat();
  }

  /** @param known kernels of one flavour */
  async #newerThan(known: readonly CatalogueKernel[]): Promise<Found[]> {
    const newest = known.toSorted((a, b) => compareVersions(a.series, b.series)).at(-1)!;
    const found = new Map<string, Found>();
    for (const suite of new Set(known.flatMap(({ suites }) => suites))) {
      const index = await this.#index(suite, debianArchitecture[newest.arch]);
      const series = index ? seriesIn(index, newest.arch, newest.flavour) : [];
      for (const newer of series.filter((one) => compareVersions(one, newest.series) > 0)) {
        const kernel = await this.#inSuite({ ...newest, ...renamed(newest, newer), suites: [suite] });
        if (kernel && !found.has(newer)) found.set(newer, { ...kernel, after: newest });
      }
    }
    return [...found.values()];
  }

  /** With headers if there are some; undefined if there is not even a whole kernel. */
  async #inSuite(kernel: CatalogueKernel): Promise<Omit<Found, "after"> | undefined> {
    const { headers: _, libraries, ...bare } = kernel;
    for (const entry of [
      { ...bare, ...(libraries && { libraries }) },
      { ...bare, headers: false as const },
    ]) {
      const packages = await this.newest(entry).catch(ignoreGone);
      if (packages) return { entry, packages };
    }
    return undefined;
  }

  async #offer(kernel: CatalogueKernel, suite: string): Promise<SuiteOffer | undefined> {
    const target = await this.#index(suite, debianArchitecture[kernel.arch]);
    const build = await this.#index(suite, buildArchitecture);
    return target && build && { target, build };
  }

  /** Undefined if the mirror no longer has the suite. */
  async #index(suite: string, architecture: string): Promise<SuiteIndex | undefined> {
    const key = `${suite}/${architecture}`;
    if (!this.#indexes.has(key)) {
      this.progress?.({ kind: "note", text: `reading the package index of ${suite} for ${architecture}` });
      const cache = join(this.cache, "index");
      this.#indexes.set(
        key,
        this.mirror().then((mirror) => fetchIndex(mirror, suite, architecture, cache, this.progress)),
      );
    }
    try {
      return await this.#indexes.get(key);
    } catch (error) {
      if (error instanceof KernelError && error.code === "gone") return undefined;
      throw error;
    }
  }
}

/** A kernel that could be added to the catalogue. */
export interface Found {
  readonly entry: CatalogueKernel;
  readonly packages: PackageSet;
  /** The catalogue's newest of the same flavour. */
  readonly after: CatalogueKernel;
}

function renamed({ arch, name, series }: CatalogueKernel, newer: string) {
  const renamed = name.replace(series, newer);
  return { series: newer, name: renamed, id: `${arch}/${renamed}` };
}

function ignoreGone(error: unknown): undefined {
  if (!(error instanceof KernelError) || error.code !== "gone") throw error;
}

/** Whose package index lists a locked package. */
function architectureOf(file: LockedFile, kernel: CatalogueKernel): string {
  return buildRoles.includes(file.role) ? buildArchitecture : debianArchitecture[kernel.arch];
}

function refuseOtherBytes(file: LockedFile, entry: { sha256: string; path: string }): void {
  if (entry.sha256 === file.sha256) return;
  throw new KernelError(
    "sha256",
    `${file.package} ${file.version} is refused: the index of ${file.suite} says sha256 ${entry.sha256}, the lock ${file.sha256}`,
  );
}
