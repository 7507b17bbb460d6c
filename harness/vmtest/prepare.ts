import { join } from "node:path";
import { root } from "../build/root.ts";
import { ensure, isAvailable } from "../build/step.ts";
import { thisDistribution } from "../setup/distribution.ts";
import { installPackages } from "../setup/install.ts";
import { loadPackages } from "../setup/packages.ts";
import { vmtestBinary } from "./build.ts";

/** vmtest is built when somebody wants it: it takes a Rust compiler and some minutes. @throws CannotInstall */
export async function prepareVmtest(say: (line: string) => void): Promise<void> {
  if (isAvailable(vmtestBinary())) return;
  await installPackages(loadPackages(join(import.meta.dir, "packages.yaml")), thisDistribution(), say);
  await ensure(vmtestBinary(), say);
}

/** In place of the command that runs case files. */
export const vmtestCommand = () => [process.execPath, join(root, "harness/vmtest/child.ts")];
