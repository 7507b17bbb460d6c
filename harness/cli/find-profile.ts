/** The targets of a profile that is named on a command line. */
import { loadProfile, loadProfileFile, profileNames } from "../../matrix/profile.ts";
import type { Target } from "../run/target.ts";
import { didYouMean, YamlError } from "../yaml/index.ts";
import { UsageError } from "./command.ts";

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
