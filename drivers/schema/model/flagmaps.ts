/** flagmaps.yaml and kernel.yaml: how a kernel value becomes a PPM value. */

import { archs } from "./archs.ts";
import type { Flagmap, KernelConstant, Target } from "./model.ts";
import { type FlagmapEntry, flagmapsShape, kernelShape } from "./shapes.ts";
import { type Entry, type Problems, readEntries } from "./source.ts";

export function readKernel(dir: string, problems: Problems): Record<string, KernelConstant> {
  const kernel: Record<string, KernelConstant> = {};
  for (const { key, value } of readEntries(dir, "kernel.yaml", kernelShape, problems)) {
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
  return readEntries(dir, "flagmaps.yaml", flagmapsShape, problems).map((entry) =>
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
  const source = (name: string, path: string[]): string => {
    problems.find(kernel, name, entry, path);
    return name;
  };
  return {
    name: entry.key,
    takes: value.takes,
    returns: value.returns,
    mask: value.mask ?? null,
    cases: Object.entries(value.values ?? {}).map(([name, given]) => ({
      kernel: source(name, ["values", name]),
      value: target(given, ["values", name]),
    })),
    otherwise: value.else === undefined ? 0 : value.else === "same" ? "same" : target(value.else, ["else"]),
    bits: Object.entries(value.bits ?? {}).map(([name, given]) => {
      const [set, clear] = Array.isArray(given) ? given : [given, 0];
      const path = ["bits", name];
      return { kernel: source(name, path), set: target(set, path), clear: target(clear, path) };
    }),
  };
}
