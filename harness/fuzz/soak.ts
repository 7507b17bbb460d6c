/** Captures changed at random, by number: number N is always the same input. */
import { ensure, stepHash } from "../build/step.ts";
import { soakProgram } from "./build.ts";
import { writeSeeds } from "./seeds.ts";

/** Changes when the numbers mean other inputs, or are read by other code. */
export async function mutationsKey(): Promise<string> {
  await ensure(soakProgram);
  return stepHash(soakProgram).slice(0, 16);
}

/** Read inputs `first` to `first + count - 1`. @returns what the sanitizers or the checks said, null if nothing */
export async function readMutations(
  first: number,
  count: number,
  signal?: AbortSignal,
): Promise<string | null> {
  await ensure(soakProgram);
  const seeds = writeSeeds({ name: "reader" }).sort();
  const child = Bun.spawn([soakProgram.outputs[0]!, `${first}`, `${count}`, ...seeds], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    ...(signal ? { signal } : {}),
  });
  const [output, errors, status] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  if (status === 0 && Number(output) === count) return null;
  return errors || `ended with status ${status} after ${output.trim() || "no"} inputs`;
}
