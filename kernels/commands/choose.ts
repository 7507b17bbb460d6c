/** Kernels by the globs and profiles of a command line. */
import { type Arguments, type Option, strings, UsageError } from "../../harness/cli/command.ts";
import { findProfile } from "../../harness/cli/find-profile.ts";
import { NoMatch, select } from "../../harness/run/select.ts";
import type { KernelName } from "../catalogue.ts";

export const kernelHelp = "KERNEL is a name such as x86_64/debian-6.12, or a glob: 'x86_64/*'. Default: all.";

export const profileOption: Option = {
  type: "string",
  multiple: true,
  value: "NAME",
  help: "only kernels of matrix/NAME.yaml, or of a file (repeatable)",
};

/** Those that a glob matches and a profile has; all of them without globs and profiles. @throws UsageError */
export function choose<K extends KernelName>(args: Arguments, kernels: readonly K[]): K[] {
  const ids = kernels.map(({ id }) => id);
  const matching = new Set(matches(args.positionals, ids));
  const profiles = strings(args, "profile");
  const profiled = new Set(profiles.flatMap(kernelsOf));
  return kernels.filter(({ id }) => matching.has(id) && (profiles.length === 0 || profiled.has(id)));
}

function matches(globs: readonly string[], ids: readonly string[]): string[] {
  try {
    return select("kernel", globs, ids);
  } catch (error) {
    if (error instanceof NoMatch) throw new UsageError(error.message);
    throw error;
  }
}

const kernelsOf = (profile: string) => findProfile(profile).map(({ arch, kernel }) => `${arch}/${kernel}`);
