/** The targets of a profile that is named on a command line. */
import {
  defaultProfile,
  fullProfile,
  loadProfile,
  loadProfileFile,
  profileNames,
} from "../../matrix/profile.ts";
import type { Target } from "../run/target.ts";
import { didYouMean, YamlError } from "../yaml/index.ts";
import { type Arguments, string, strings, UsageError } from "./command.ts";

/** For commands that visit targets. */
export const targetOptions = {
  target: { type: "string", multiple: true, value: "GLOB", help: "only these targets (repeatable)" },
  profile: {
    type: "string",
    value: "NAME",
    help: `targets of matrix/NAME.yaml, or of a file (${defaultProfile}; with --target ${fullProfile})`,
  },
} as const;

/** The targets that `targetOptions` choose among: who names some means any kernel. @throws UsageError */
export function profileOf(args: Arguments): Target[] {
  const named = strings(args, "target").length > 0;
  return findProfile(string(args, "profile") ?? (named ? fullProfile : defaultProfile));
}

/** @param name of a file of matrix/, or path of one's own. @throws UsageError */
export function findProfile(name: string): Target[] {
  if (name.includes("/") || name.endsWith(".yaml")) return ownProfile(name);
  const names = profileNames();
  if (!names.includes(name)) throw new UsageError(`unknown profile ${name}${didYouMean(name, names)}`);
  return loadProfile(name);
}

/** A file that the user names is part of the command line. */
function ownProfile(file: string): Target[] {
  try {
    return loadProfileFile(file);
  } catch (error) {
    if (error instanceof YamlError) throw new UsageError(error.message);
    throw error;
  }
}
