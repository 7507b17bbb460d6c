/** `run --target host`: cases on this very machine's kernel. */
import { ensure, isAvailable } from "../build/step.ts";
import { hostTargetSteps } from "../run/host/open-host.ts";
import { consent, hostKernel, refusal } from "../run/host/refusal.ts";
import type { Target } from "../run/target.ts";
import { hostArch } from "../setup/host.ts";
import { preparePackages } from "../setup/prepare.ts";
import { type Arguments, flag, strings, UsageError } from "./command.ts";

/** Whether that is what was asked for. @throws UsageError if something else was too */
export function isOnHost(args: Arguments): boolean {
  const targets = strings(args, "target");
  if (!targets.includes(hostKernel)) return false;
  if (targets.length > 1) throw new UsageError("--target host stands alone");
  return true;
}

/** @throws UsageError with the reason if cases cannot run on this machine, or were not clearly meant to */
export function hostTargets(args: Arguments): Target[] {
  if (flag(args, "this-kernel")) process.env[consent] = "1";
  const no = flag(args, "list") ? undefined : refusal("modern_bpf");
  if (no) throw new UsageError(`--target host: ${no}`);
  return [{ arch: hostArch(), kernel: hostKernel, driver: "modern_bpf" }];
}

/** System packages are only installed if something has to be built. */
export async function prepareHost(say: (line: string) => void): Promise<void> {
  if (!hostTargetSteps().every(isAvailable)) await preparePackages(say);
  for (const step of hostTargetSteps()) await ensure(step, say);
}
