import type { Kernel } from "../../kernels/index.ts";
import { archMachine } from "./arch/index.ts";

/** Paths of the modules, in the order of loading, without which a guest of this kernel has no port to its agent. */
export async function portModules(kernel: Kernel): Promise<string[]> {
  const files = await Promise.all(archMachine(kernel.arch).modules.map((name) => kernel.module(name)));
  return [...new Set(files.flat())];
}
