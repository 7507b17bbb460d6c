/**
 * The schema as a build step: YAML → C headers and TypeScript modules in build/gen.
 * Nothing else reads the YAML; whoever needs the event table imports the modules or includes the headers.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { buildPath, root } from "../../harness/build/root.ts";
import { ensure, type Step } from "../../harness/build/step.ts";
import { generatedFiles } from "./generate/paths.ts";

export const schemaStep: Step = {
  name: "schema",
  inputs: [
    "drivers/schema/*.yaml",
    "drivers/schema/{events,flags,syscalls,kernel,flagmaps,conversion}/*.yaml",
    "drivers/schema/{model,generate}/*.ts",
    "harness/yaml/*.ts",
  ],
  outputs: generatedFiles.map((path) => buildPath("gen", path)),
  run,
};

/** Bring build/gen up to date. Throws YamlError with file, line and column when the schema is wrong. */
export async function ensureSchema(): Promise<void> {
  await ensure(schemaStep);
}

async function run(): Promise<void> {
  // Loaded only when there is something to make: a fresh schema costs its hashes alone.
  const { readSchema } = await import("./model/read.ts");
  const { generate } = await import("./generate/files.ts");
  for (const { path, content } of generate(readSchema(`${root}/drivers/schema`)))
    replace(buildPath("gen", path), content);
}

/** An unchanged file keeps its time stamp; a changed one is never seen half-written. */
function replace(path: string, content: string): void {
  if (existsSync(path) && readFileSync(path, "utf8") === content) return;
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}
