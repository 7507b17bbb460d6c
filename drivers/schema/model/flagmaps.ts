/** flagmaps/*.yaml and kernel/*.yaml: how a kernel value becomes a PPM value. */

import { archs } from "./archs.ts";
import type { Flagmap, KernelConstant, Target } from "./model.ts";
import { type FlagmapEntry, flagmapsShape, kernelShape } from "./shapes.ts";
import { type Entry, type Problems, readEntries } from "./source.ts";

export function readKernel(dir: string, problems: Problems): Record<string, KernelConstant> {
  const kernel: Record<string, KernelConstant> = {};
  for (const { key, value } of readEntries(dir, "kernel/*.yaml", kernelShape, problems)) {
    const { else: others, ...own } = typeof value === "number" ? { else: value } : value;
    kernel[key] = Object.fromEntries(
      archs.flatMap((arch) => {
        const number = (own as KernelConstant)[arch] ?? others;
        return number === undefined ? [] : [[arch, number]];
      }),
    );
  }
  return kernel;
}

export function readFlagmaps(
  dir: string,
  kernel: Readonly<Record<string, KernelConstant>>,
  constants: Readonly<Record<string, number>>,
  problems: Problems,
): Flagmap[] {
  return readEntries(dir, "flagmaps/*.yaml", flagmapsShape, problems).map((entry) =>
    readFlagmap(entry, kernel, constants, problems),
  );
}

function readFlagmap(
  entry: Entry<FlagmapEntry>,
  kernel: Readonly<Record<string, KernelConstant>>,
  constants: Readonly<Record<string, number>>,
  problems: Problems,
): Flagmap {
  const { value } = entry;
  const max = 2 ** Number(value.returns.slice(1));
  const target = (given: Target, path: (string | number)[]): Target => {
    const number = typeof given === "number" ? given : problems.find(constants, given, entry, path);
    if (number !== undefined && (number < 0 || number >= max))
      problems.add("value", `${number} does not fit ${value.returns}`, entry, path);
    return given;
  };
  const pairs = <T>(key: "values" | "bits", given: readonly string[] | Record<string, T> = {}) =>
    pairsOf(given, value.prefix).map(({ name, to, step }) => {
      problems.find(kernel, name, entry, [key, step]);
      return { kernel: name, to, path: [key, step] };
    });
  return {
    name: entry.key,
    takes: value.takes,
    returns: value.returns,
    mask: value.mask ?? null,
    cases: pairs("values", value.values).map(({ kernel, to, path }) => ({ kernel, value: target(to, path) })),
    otherwise: value.else === undefined ? 0 : value.else === "same" ? "same" : target(value.else, ["else"]),
    bits: pairs("bits", value.bits).map(({ kernel, to, path }) => {
      const [set, clear] = Array.isArray(to) ? to : [to, 0];
      return { kernel, set: target(set, path), clear: target(clear, path) };
    }),
  };
}

interface Pair<T> {
  readonly name: string;
  readonly to: T | string;
  /** Where it stands in the list or map. */
  readonly step: string | number;
}

function pairsOf<T>(given: readonly string[] | Record<string, T>, prefix: string): Pair<T>[] {
  if (Array.isArray(given)) return given.map((name, step) => ({ name, to: prefix + name, step }));
  return Object.entries(given as Record<string, T>).map(([name, to]) => ({ name, to, step: name }));
}
