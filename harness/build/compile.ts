/** C sources to objects. */
import { mkdirSync } from "node:fs";
import { basename } from "node:path";
import { $ } from "zx";
import { root } from "./root.ts";

const run = $({ cwd: root, quiet: true, verbose: false });

/** All .c files to .o files in `dir`; as many compilers at a time as there are CPUs. @returns the objects' paths */
export async function compile(
  cc: string,
  flags: readonly string[],
  sources: readonly string[],
  dir: string,
): Promise<string[]> {
  mkdirSync(dir, { recursive: true });
  const objects = sources.map((source) => ({ source, object: `${dir}/${basename(source, ".c")}.o` }));
  const waiting = [...objects];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      await run`${cc} ${[...flags]} -c ${next.source} -o ${next.object}`;
  };
  await Promise.all(Array.from({ length: navigator.hardwareConcurrency }, worker));
  return objects.map(({ object }) => object);
}
