import { defaultTarget, parseTarget } from "./target.ts";

/** Kernels for the tests that look at both drivers: `./scapyard test` names its profile's; alone, the default target's. */
export function testedKernels(env: NodeJS.ProcessEnv = process.env): string[] {
  return (env.SCAPYARD_KERNELS ?? parseTarget(defaultTarget).kernel).split(",");
}
