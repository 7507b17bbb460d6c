/** What the archive has that the lock does not: newer packages of each kernel's series, and newer series. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CatalogueKernel, readCatalogue } from "./catalogue.ts";
import { addToCatalogue } from "./catalogue-text.ts";
import type { Mirror } from "./debian/mirror.ts";
import { compareVersions } from "./debian/version.ts";
import { factsOf, parseConfig } from "./facts.ts";
import { fetchKernel } from "./fetch.ts";
import {
  fileOf,
  formatLock,
  type LockedKernel,
  type PackageSet,
  readLock,
  writeLock,
  writeWhole,
} from "./lock.ts";
import type { OnProgress } from "./progress.ts";
import { type Found, Resolver } from "./resolve.ts";
import { kernelDirectory } from "./store.ts";

export interface LockChange {
  readonly id: string;
  /** Undefined for a kernel that was not locked. */
  readonly from: string | undefined;
  readonly to: string;
  readonly release: string;
  /** Whether the catalogue does not have its series yet. */
  readonly newSeries: boolean;
  /** Of the packages that would be fetched. */
  readonly bytes: number;
}

export interface Update {
  /** Nothing of what is unchanged. */
  readonly changes: readonly LockChange[];
  /** Texts of the two files as they are, and as they would be. */
  readonly catalogue: TextChange;
  readonly lock: TextChange;
  /** Fetches what is new, reads its configuration, and writes both files. */
  write(): Promise<void>;
}

export interface TextChange {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

export interface UpdateContext {
  readonly catalogueFile: string;
  readonly lockFile: string;
  readonly cache: string;
  readonly mirror: () => Promise<Mirror>;
  readonly progress?: OnProgress;
}

/** @param chosen ids of the catalogue's kernels; undefined for all of them, and series that it does not have */
export async function proposeUpdate(
  chosen: ReadonlySet<string> | undefined,
  context: UpdateContext,
): Promise<Update> {
  const catalogue = readCatalogue(context.catalogueFile);
  const lock = readLock(context.lockFile).kernels;
  const resolver = new Resolver(context.mirror, context.cache, context.progress);
  const wanted = catalogue.filter(({ id }) => chosen === undefined || chosen.has(id));
  const moved = await newerPackages(wanted, lock, resolver);
  const found = chosen === undefined ? await resolver.unknownSeries(catalogue) : [];
  const news = [...moved, ...found];
  const proposed = {
    ...lock,
    ...Object.fromEntries(news.map(({ entry, packages }) => [entry.id, packages])),
  };
  const before = readFileSync(context.catalogueFile, "utf8");
  return {
    changes: news.map((one) => changeOf(one, lock[one.entry.id], found.includes(one as Found))),
    catalogue: { file: context.catalogueFile, before, after: addToCatalogue(before, found) },
    lock: { file: context.lockFile, before: formatLock(lock), after: formatLock(proposed) },
    write: () => write(news, addToCatalogue(before, found), context),
  };
}

interface News {
  readonly entry: CatalogueKernel;
  readonly packages: PackageSet;
}

/** A mirror that is behind offers older packages than the locked ones: those are no news. */
async function newerPackages(
  kernels: readonly CatalogueKernel[],
  lock: Readonly<Record<string, LockedKernel>>,
  resolver: Resolver,
): Promise<News[]> {
  const news: News[] = [];
  for (const entry of kernels) {
    const packages = await resolver.newest(entry);
    const locked = lock[entry.id];
    if (!locked || compareVersions(packages.version, locked.version) > 0) news.push({ entry, packages });
  }
  return news;
}

function changeOf(
  { entry, packages }: News,
  locked: LockedKernel | undefined,
  newSeries: boolean,
): LockChange {
  const bytes = packages.files.reduce((sum, { role, size }) => sum + (role === "modules" ? 0 : size), 0);
  return {
    id: entry.id,
    from: locked?.version,
    to: packages.version,
    release: packages.release,
    newSeries,
    bytes,
  };
}

/** What is locked was fetched once: an index may list packages that the mirror does not have. */
async function write(news: readonly News[], catalogue: string, context: UpdateContext): Promise<void> {
  const kernels = { ...readLock(context.lockFile).kernels };
  for (const { entry, packages } of news) {
    const { release, version, files } = await fetchKernel(entry, packages, context);
    const config = join(kernelDirectory(context.cache, entry), "config");
    const hasHeaders = fileOf(packages, "headers") !== undefined;
    const { headers: _, ...facts } = factsOf(
      entry.arch,
      parseConfig(readFileSync(config, "utf8")),
      hasHeaders,
    );
    kernels[entry.id] = { release, version, files, facts };
  }
  writeWhole(context.catalogueFile, catalogue);
  writeLock({ schema: 1, kernels }, context.lockFile);
}
