import { type Arch, defaultTarget, parseTarget } from "./target.ts";

/** A kernel of the catalogue. */
export interface TestedKernel {
  readonly arch: Arch;
  readonly kernel: string;
  /** `x86_64/debian-6.12` */
  readonly id: string;
}

/**
 * `./scapyard test` names the kernels of its profile in SCAPYARD_KERNELS (`x86_64/debian-6.12,…`); alone, a test takes
 * the default target's.
 */
function namedKernels(env: NodeJS.ProcessEnv): TestedKernel[] {
  const { arch, kernel } = parseTarget(defaultTarget);
  return (env.SCAPYARD_KERNELS ?? `${arch}/${kernel}`).split(",").map((id) => {
    const { arch, kernel } = parseTarget(`${id}/modern_bpf`);
    return { arch, kernel, id };
  });
}

/**
 * Kernels for tests of what differs between kernels: those of one architecture, the first that is named. What differs between
 * architectures is asserted by cases, which run on all, and by tests of the machine and the agent, below; every
 * load test and every comparison of drivers on five architectures would take longer than everything else.
 */
export function testedKernels(env: NodeJS.ProcessEnv = process.env): TestedKernel[] {
  const named = namedKernels(env);
  return named.filter(({ arch }) => arch === named[0]?.arch);
}

/** Kernels for tests of what differs between architectures: the last that is named of each. */
export function testedArchitectures(env: NodeJS.ProcessEnv = process.env): TestedKernel[] {
  return [...new Map(namedKernels(env).map((kernel) => [kernel.arch, kernel])).values()];
}
