/** Everything that must be there before a target can run: system packages, kernels, builds. */
import { availableParallelism } from "node:os";
import { ensureKernel, type Kernel, KernelError } from "../../kernels/index.ts";
import { terminalProgress } from "../../kernels/terminal.ts";
import { ensure, type Step } from "../build/step.ts";
import type { Target } from "../run/target.ts";
import { thisDistribution } from "./distribution.ts";
import { failureText } from "./failure-text.ts";
import { installPackages } from "./install.ts";
import { loadPackages } from "./packages.ts";
import { guestSteps, hostSteps } from "./steps.ts";

export interface Preparation {
  readonly targets: readonly Target[];
  /** A kernel that is not the locked one is an error. */
  readonly locked: boolean;
  readonly say: (line: string) => void;
}

/** What was done; nothing if nothing was missing. */
export interface Prepared {
  readonly packages: readonly string[];
  /** `<arch>/<kernel> <version>` of those that are not the locked version. */
  readonly moved: readonly string[];
  readonly built: readonly string[];
  /** What could not be had. It costs the targets that need it, and no others. */
  readonly failures: readonly string[];
}

export async function preparePackages(say: Preparation["say"]): Promise<string[]> {
  const installed = await installPackages(loadPackages(), thisDistribution(), say);
  return installed.map(({ debian }) => debian);
}

/** @throws CannotInstall; KernelError if `locked` and a kernel cannot be had as locked. */
export async function prepare({ targets, locked, say }: Preparation): Promise<Prepared> {
  const packages = await preparePackages(say);
  const failures: string[] = [];
  const failed = (what: string, error: unknown) => {
    failures.push(what);
    say(`${what}: ${failureText(error)}`);
  };
  const kernels = await fetchKernels(targets, locked, failed);
  const built = await buildAll(neededSteps(targets, kernels), say, failed);
  return { packages, moved: movedKernels(kernels), built, failures };
}

type OnFailure = (what: string, error: unknown) => void;

/** As many at a time as there are cores. What two of them need is made once: each step has its lock. */
async function buildAll(steps: Step[], say: Preparation["say"], failed: OnFailure): Promise<string[]> {
  const built: string[] = [];
  const lane = async () => {
    for (let step = steps.shift(); step; step = steps.shift()) {
      try {
        if (await ensure(step, say)) built.push(step.name);
      } catch (error) {
        failed(`build ${step.name}`, error);
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return built;
}

type Kernels = ReadonlyMap<string, Kernel>;

/** One kernel after the other: they come over one line. */
async function fetchKernels(
  targets: readonly Target[],
  locked: boolean,
  failed: OnFailure,
): Promise<Kernels> {
  using progress = terminalProgress();
  const wanted = new Map(targets.map(({ arch, kernel }) => [`${arch}/${kernel}`, { arch, kernel }]));
  const kernels = new Map<string, Kernel>();
  for (const [id, { arch, kernel }] of wanted) {
    try {
      kernels.set(id, await ensureKernel(arch, kernel, { locked, progress: progress.show }));
    } catch (error) {
      if (locked || !(error instanceof KernelError)) throw error;
      failed(`kernel ${id}`, error);
    }
  }
  return kernels;
}

function movedKernels(kernels: Kernels): string[] {
  const moved = [...kernels].filter(([, kernel]) => kernel.actualVersion !== kernel.lockedVersion);
  return moved.map(([id, { actualVersion }]) => `${id} ${actualVersion}`);
}

/** Each step once, by name. */
function neededSteps(targets: readonly Target[], kernels: Kernels): Step[] {
  const steps = targets.flatMap(({ arch, kernel: name, driver }) => {
    const kernel = kernels.get(`${arch}/${name}`);
    return kernel ? guestSteps(kernel, driver) : [];
  });
  return [...new Map([...hostSteps(), ...steps].map((step) => [step.name, step])).values()];
}
