import { type Arch, defaultTarget, parseTarget } from "./target.ts";

/** A kernel of the catalogue. */
export interface TestedKernel {
  readonly arch: Arch;
  readonly kernel: string;
  /** `x86_64/debian-6.12` */
  readonly id: string;
}

/**
 * Kernels for the tests that boot guests: `./scapyard test` names those of its profile in SCAPYARD_KERNELS
 * (`x86_64/debian-6.12,…`); alone, a test takes the default target's.
 */
export function testedKernels(env: NodeJS.ProcessEnv = process.env): TestedKernel[] {
  const { arch, kernel } = parseTarget(defaultTarget);
  return (env.SCAPYARD_KERNELS ?? `${arch}/${kernel}`).split(",").map((id) => {
    const { arch, kernel } = parseTarget(`${id}/modern_bpf`);
    return { arch, kernel, id };
  });
}

/** Of each architecture the last of these kernels. */
export function testedArchitectures(env: NodeJS.ProcessEnv = process.env): TestedKernel[] {
  return [...new Map(testedKernels(env).map((kernel) => [kernel.arch, kernel])).values()];
}
