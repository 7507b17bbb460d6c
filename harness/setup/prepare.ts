/** Everything that must be there before a target can run: system packages, builds, kernels. */
import { ensureKernel } from "../../kernels/index.ts";
import { terminalProgress } from "../../kernels/terminal.ts";
import { ensure } from "../build/step.ts";
import type { Target } from "../run/target.ts";
import { thisDistribution } from "./distribution.ts";
import { installPackages } from "./install.ts";
import { loadPackages } from "./packages.ts";
import { targetSteps } from "./steps.ts";

export interface Preparation {
  readonly targets: readonly Target[];
  /** A kernel that is not the locked one is an error. */
  readonly locked: boolean;
  readonly say: (line: string) => void;
}

/** What was done; empty if nothing was missing. */
export interface Prepared {
  readonly packages: readonly string[];
  /** `<arch>/<kernel> <version>` of those that are not the locked version. */
  readonly moved: readonly string[];
  readonly built: readonly string[];
}

export async function preparePackages(say: Preparation["say"]): Promise<string[]> {
  const installed = await installPackages(loadPackages(), thisDistribution(), say);
  return installed.map(({ debian }) => debian);
}

/** @throws CannotInstall, KernelError, or whatever a build step says. */
export async function prepare({ targets, locked, say }: Preparation): Promise<Prepared> {
  const packages = await preparePackages(say);
  const moved = await prepareKernels(targets, locked);
  const built: string[] = [];
  for (const step of await targetSteps(targets)) if (await ensure(step, say)) built.push(step.name);
  return { packages, moved, built };
}

/** Fetch what is missing, one kernel after the other: they come over one line. */
async function prepareKernels(targets: readonly Target[], locked: boolean): Promise<string[]> {
  using progress = terminalProgress();
  const kernels = new Map(targets.map(({ arch, kernel }) => [`${arch}/${kernel}`, { arch, kernel }]));
  const moved: string[] = [];
  for (const [id, { arch, kernel }] of kernels) {
    const { lockedVersion, actualVersion } = await ensureKernel(arch, kernel, {
      locked,
      progress: progress.show,
    });
    if (actualVersion !== lockedVersion) moved.push(`${id} ${actualVersion}`);
  }
  return moved;
}
