/** From a profile and the kernels that there are to targets. */
import { drivers, formatTarget, type Target } from "../harness/run/target.ts";
import { unusual } from "../harness/run/target-options.ts";
import { type KernelConfig, type ListedKernel, parseRequirement } from "../kernels/index.ts";
import { type Exclude, type Include, type Profile, pageSizes } from "./schema.ts";
import { compareSeries, seriesMeets } from "./series.ts";

/** An entry of the profile that has no effect: most likely a slip, which must not make a matrix smaller. */
export interface IdleEntry {
  readonly path: readonly ["include" | "exclude", number];
  readonly message: string;
}

export interface Selected {
  /** Kernel by kernel in the order of the catalogue; each once. */
  readonly targets: readonly Target[];
  readonly idle: readonly IdleEntry[];
}

export function selectTargets(profile: Profile, kernels: readonly ListedKernel[]): Selected {
  const idle: IdleEntry[] = [];
  const found = profile.include.flatMap((entry, index) => {
    const targets = included(entry, kernels);
    if (targets.length === 0) idle.push({ path: ["include", index], message: "no target is like this" });
    return targets;
  });
  const left = (profile.exclude ?? []).reduce((before, entry, index) => {
    const after = before.filter(({ kernel, target }) => !meets(entry, kernel) || !isOf(entry, target));
    if (after.length === before.length)
      idle.push({ path: ["exclude", index], message: "nothing that is included is like this" });
    return after;
  }, found);
  left.sort((a, b) => kernels.indexOf(a.kernel) - kernels.indexOf(b.kernel));
  const byName = new Map(left.map(({ target }) => [formatTarget(target), target]));
  return { targets: [...byName.values()], idle };
}

interface Candidate {
  readonly kernel: ListedKernel;
  readonly target: Target;
}

function included(entry: Include, kernels: readonly ListedKernel[]): Candidate[] {
  const fitting = kernels.filter((kernel) => meets(entry, kernel));
  const chosen = entry.newest === undefined ? fitting : newest(fitting, entry.newest);
  const options = entry.options && unusual(entry.options);
  return chosen.flatMap((kernel) =>
    drivers
      .map((driver) => ({
        kernel,
        target: { arch: kernel.arch, kernel: kernel.name, driver, ...(options && { options }) },
      }))
      .filter(({ target }) => isOf(entry, target)),
  );
}

function newest(kernels: readonly ListedKernel[], count: number): ListedKernel[] {
  const among = Map.groupBy(kernels, ({ arch }) => arch);
  return kernels.filter(({ arch, series }) => {
    const all = new Set(among.get(arch)!.map((kernel) => kernel.series));
    return [...all].sort(compareSeries).slice(-count).includes(series);
  });
}

function meets({ arch, kernel, series, pageSize, requires }: Exclude, candidate: ListedKernel): boolean {
  return (
    (arch === undefined || list(arch).includes(candidate.arch)) &&
    (kernel === undefined || list(kernel).some((glob) => new Bun.Glob(glob).match(candidate.name))) &&
    (series === undefined || list(series).some((condition) => seriesMeets(candidate.series, condition))) &&
    (pageSize === undefined ||
      list(pageSize).some((size) => candidate.facts.pageSize === pageSizes[size] * 1024)) &&
    (requires === undefined || list(requires).every((text) => hasRequired(candidate, text)))
  );
}

/** @throws if that stands in a configuration that was never fetched */
function hasRequired({ id, facts, config }: ListedKernel, text: string): boolean {
  const { met } = parseRequirement(text);
  const known: KernelConfig | undefined = text.includes("CONFIG_") ? config() : new Map();
  if (known) return met(facts, known);
  throw new UnknownConfig(
    `whether ${id} has ${text} stands in its configuration: ./scapyard kernels fetch ${id}`,
  );
}

/** A question that only a fetched kernel answers. */
export class UnknownConfig extends Error {}

const isOf = ({ driver }: Exclude, target: Target) =>
  driver === undefined || list(driver).includes(target.driver);

const list = <T extends string>(value: T | readonly T[]): readonly T[] =>
  typeof value === "string" ? [value] : value;
