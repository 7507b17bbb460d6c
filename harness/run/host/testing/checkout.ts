/** What a guest needs so that this checkout runs in it: Bun with its libraries, the sources, and what was built. */
import { existsSync, mkdirSync, realpathSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { $ } from "zx";
import { buildPath, root } from "../../../build/root.ts";
import { ensure, type Step } from "../../../build/step.ts";
import { hostArch } from "../../../setup/host.ts";
import type { Arch } from "../../target.ts";

/** Those that Bun runs on. */
export type HostArch = Extract<Arch, "x86_64" | "aarch64">;

/** Path in the guest, without a slash at the beginning → path here. */
export type GuestFiles = Record<string, string>;

const run = $({ cwd: root, quiet: true, verbose: false });

/** Where the C library of each is, and its dynamic linker. */
const libraries: Readonly<Record<HostArch, { directory: string; linker: string }>> = {
  x86_64: { directory: "/lib/x86_64-linux-gnu", linker: "lib64/ld-linux-x86-64.so.2" },
  aarch64: { directory: "/usr/aarch64-linux-gnu/lib", linker: "lib/ld-linux-aarch64.so.1" },
};

/** Bun for another architecture comes as this one's did: from npm, with the sums of `harness/setup/bun.sha512`. */
function bunOf(arch: HostArch): Step {
  const directory = buildPath(arch, "bun");
  const output = join(directory, "package/bin/bun");
  return {
    name: `bun-${arch}`,
    inputs: ["harness/setup/bun.sha512"],
    outputs: [output],
    async run() {
      rmSync(directory, { recursive: true, force: true });
      mkdirSync(directory, { recursive: true });
      const file = `oven-bun-linux-${arch}-${Bun.version}.tgz`;
      const sums = join(root, "harness/setup/bun.sha512");
      await run({ cwd: directory })`npm pack --silent @oven/bun-linux-${arch}@${Bun.version}`;
      await run({ cwd: directory })`grep ${` ${file}$`} ${sums} | sha512sum --check --quiet --status`;
      await run({ cwd: directory })`tar -xzf ${file} && rm ${file}`;
    },
  };
}

async function bunFile(arch: HostArch): Promise<string> {
  if (arch === hostArch()) return process.execPath;
  await ensure(bunOf(arch));
  return bunOf(arch).outputs[0]!;
}

/** Files of the checkout and of the npm packages that it needs. */
function sources(): string[] {
  const rooms = ["drivers", "harness", "kernels", "lib", "matrix", "reports"];
  const patterns = [
    ...rooms.map((room) => `${room}/**/*.{ts,tsx,css,yaml}`),
    "node_modules/{preact,preact-render-to-string,valibot,yaml,zx}/**/*.{js,mjs,cjs,json}",
    "{package,tsconfig}.json",
    "bunfig.toml",
  ];
  return patterns
    .flatMap((pattern) => [...new Bun.Glob(pattern).scanSync({ cwd: root, followSymlinks: true })])
    .filter((file) => !/\.test\.tsx?$/.test(file) || file.startsWith("drivers/cases/"));
}

/** @param built steps whose outputs the guest has, too; they are made first */
export async function checkoutFiles(arch: HostArch, built: readonly Step[]): Promise<GuestFiles> {
  for (const step of built) await ensure(step);
  const { directory, linker } = libraries[arch];
  const files: GuestFiles = {
    "bin/bun": await bunFile(arch),
    [linker]: join(directory, basename(linker)),
  };
  for (const name of ["libc.so.6", "libpthread.so.0", "libdl.so.2", "libm.so.6", "libisal.so.2"])
    if (existsSync(join(directory, name))) files[`lib/${name}`] = join(directory, name);
  // At the same place as here: what was built knows it.
  for (const file of sources()) files[inGuest(join(root, file))] = join(root, file);
  for (const output of built.flatMap(({ outputs }) => outputs)) files[inGuest(output)] = realpathSync(output);
  return files;
}

const inGuest = (path: string) => path.slice(1);
