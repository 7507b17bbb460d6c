/**
 * Which packages are fetched for a locked kernel: those of the lock if the archive's signed index still has them, else
 * the newest point release of the series.
 */
import { join } from "node:path";
import { type CatalogueKernel, debianArchitecture } from "./catalogue.ts";
import { fetchIndex, type SuiteIndex } from "./debian/index.ts";
import type { Mirror } from "./debian/mirror.ts";
import { KernelError } from "./error.ts";
import type { LockedFile, LockedKernel } from "./lock.ts";
import type { OnProgress } from "./progress.ts";
import { selectKernel } from "./select.ts";

export class Resolver {
  readonly #indexes = new Map<string, Promise<SuiteIndex>>();

  /** @param cache directory of the kernels' cache */
  constructor(
    private readonly mirror: () => Promise<Mirror>,
    private readonly cache: string,
    private readonly progress?: OnProgress,
  ) {}

  /** The first locked package that the signed index no longer has. @throws KernelError `sha256` if it has other bytes. */
  async missing(kernel: CatalogueKernel, locked: LockedKernel): Promise<LockedFile | undefined> {
    for (const file of locked.files) {
      const entries = (await this.#index(kernel, file.suite))?.packages ?? [];
      const entry = entries.find(({ name, version }) => name === file.package && version === file.version);
      if (!entry) return file;
      refuseOtherBytes(file, entry);
    }
    return undefined;
  }

  /** @throws KernelError `gone` if no suite of the catalogue has the series. */
  async newest(kernel: CatalogueKernel, unreachable?: ReadonlySet<string>): Promise<LockedKernel> {
    const indexes = await Promise.all(kernel.suites.map((suite) => this.#index(kernel, suite)));
    const libraries = kernel.libraries ? await this.#index(kernel, kernel.libraries) : undefined;
    const present = indexes.filter((index) => index !== undefined);
    const found = selectKernel(kernel, present, libraries, unreachable);
    if (found) return found;
    throw new KernelError(
      "gone",
      `the mirror has no ${kernel.series} kernel with headers in ${kernel.suites.join(", ")}`,
    );
  }

  /** Undefined if the mirror no longer has the suite. */
  async #index(kernel: CatalogueKernel, suite: string): Promise<SuiteIndex | undefined> {
    const architecture = debianArchitecture[kernel.arch];
    const key = `${suite}/${architecture}`;
    if (!this.#indexes.has(key)) {
      this.progress?.({ kind: "note", text: `reading the package index of ${suite}` });
      const cache = join(this.cache, "index");
      this.#indexes.set(
        key,
        this.mirror().then((mirror) => fetchIndex(mirror, suite, architecture, cache)),
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

function refuseOtherBytes(file: LockedFile, entry: { sha256: string; path: string }): void {
  if (entry.sha256 === file.sha256) return;
  throw new KernelError(
    "sha256",
    `${file.package} ${file.version} is refused: the index of ${file.suite} says sha256 ${entry.sha256}, the lock ${file.sha256}`,
  );
}
