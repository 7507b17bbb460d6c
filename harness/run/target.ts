/**
 * A target is one kernel on one architecture with one driver: `x86_64/debian-6.12/modern_bpf`; where its guest is not the usual
 * one, that is part of its name: `x86_64/debian-6.12/modern_bpf+jit=off`.
 */
import { formatOptions, parseOptions, type TargetOptions } from "./target-options.ts";

export const architectures = ["x86_64", "aarch64", "s390x", "riscv64", "ppc64le"] as const;
export type Arch = (typeof architectures)[number];

export const drivers = ["modern_bpf", "kmod"] as const;
export type Driver = (typeof drivers)[number];

export interface Target {
  readonly arch: Arch;
  /** `<distro>-<series>[-<flavour>]`, a key of the kernel catalogue. */
  readonly kernel: string;
  readonly driver: Driver;
  /** Absent if everything is as usual. */
  readonly options?: TargetOptions;
}

export const defaultTarget = "x86_64/debian-6.12/modern_bpf";

export function formatTarget({ arch, kernel, driver, options = {} }: Target): string {
  return `${arch}/${kernel}/${driver}${formatOptions(options)}`;
}

/** @throws if a part is missing or is not known. */
export function parseTarget(text: string): Target {
  const [arch, kernel, what, ...rest] = text.split("/");
  const [driver, ...words] = what?.split("+") ?? [];
  if (!arch || !kernel || !driver || rest.length > 0)
    throw new Error(`target "${text}" is not <arch>/<kernel>/<driver>`);
  if (!(architectures as readonly string[]).includes(arch))
    throw new Error(`target "${text}": architecture "${arch}" is none of ${architectures.join(", ")}`);
  if (!(drivers as readonly string[]).includes(driver))
    throw new Error(`target "${text}": driver "${driver}" is none of ${drivers.join(", ")}`);
  const target = { arch: arch as Arch, kernel, driver: driver as Driver };
  try {
    const options = parseOptions(words);
    return options ? { ...target, options } : target;
  } catch (error) {
    throw new Error(`target "${text}": ${(error as Error).message}`);
  }
}
