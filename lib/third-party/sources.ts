/** `sources.yaml`: the archives of foreign C code; fetched, verified and unpacked into `build/third-party/<name>`. */
import { mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { $ } from "zx";
import { buildPath, root } from "../../harness/build/root.ts";
import type { Step } from "../../harness/build/step.ts";
import { loadYaml } from "../../harness/yaml/index.ts";
import { download } from "../../kernels/debian/download.ts";
import { configuredMirror } from "../../kernels/debian/mirror.ts";

const list = "lib/third-party/sources.yaml";

const Source = v.strictObject({
  version: v.string(),
  licence: v.string(),
  path: v.pipe(v.string(), v.startsWith("pool/main/")),
  size: v.number(),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "not a sha256")),
});
const Sources = v.strictObject({ libbpf: Source, elfutils: Source, zlib: Source });

export type SourceName = keyof v.InferOutput<typeof Sources>;

/** Where a source's files are after its step. */
export const sourceDir = (name: SourceName) => buildPath("third-party", name);

/** The unpacked source of a library. */
export function sourceStep(name: SourceName): Step {
  const { path, sha256, size } = loadYaml(join(root, list), Sources)[name];
  const directory = sourceDir(name);
  const marker = join(directory, "unpacked");
  return {
    name: `source-${name}`,
    inputs: [],
    key: [sha256],
    outputs: [marker],
    async run() {
      const archive = buildPath("third-party", `${sha256}.tar`);
      const { main } = await configuredMirror();
      await download({ url: `${main}/${path.replaceAll("+", "%2B")}`, file: archive, sha256 });
      if (statSync(archive).size !== size)
        throw new Error(`${path} has ${statSync(archive).size} bytes, not ${size} as ${list} says`);
      await unpack(archive, directory);
      rmSync(archive);
      await Bun.write(marker, "");
    },
  };
}

async function unpack(archive: string, directory: string): Promise<void> {
  const fresh = `${directory}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  await $({ quiet: true })`tar -xf ${archive} -C ${fresh} --strip-components=1`;
  rmSync(directory, { recursive: true, force: true });
  renameSync(fresh, directory);
}
