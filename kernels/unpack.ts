/** From packages to what machines and module builds use: bootable file, config, modules, headers. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { $ } from "zx";
import type { Arch } from "../harness/run/target.ts";
import { writeBootable } from "./bootable.ts";
import { KernelError } from "./error.ts";
import type { Role } from "./lock.ts";
import { listedModules, takeModules } from "./modules.ts";

/** Packages by role; of libraries there are several. */
export interface Package {
  readonly role: Role;
  readonly name: string;
  /** Path of the .deb. */
  readonly deb: string;
}

/** What a guest needs before it can reach the host, on kernels that do not have it built in. */
const bootModules = ["virtio_pci", "virtio_console"];

const headerRoles: readonly Role[] = ["headers", "headers-common", "kbuild", "library"];

/** Fills `directory`: `image`, `config`, `modules.builtin`, `modules.order`, `modules/`, `sysroot/`. */
export async function unpackKernel(
  directory: string,
  release: string,
  arch: Arch,
  packages: readonly Package[],
): Promise<void> {
  mkdirSync(directory, { recursive: true });
  await inScratch(directory, async (tree) => {
    for (const { role, deb } of packages) if (!headerRoles.includes(role)) await unpackDeb(deb, tree);
    await takeImage(tree, release, arch, directory);
    const listed = listedModules(join(directory, "modules.order"));
    const needed = bootModules.filter((name) => listed.has(name));
    await takeModules(tree, needed, join(directory, "modules"));
  });
  const sysroot = join(directory, "sysroot");
  for (const { role, deb } of packages) if (headerRoles.includes(role)) await unpackDeb(deb, sysroot);
}

/** Modules that are not needed for booting, from the package that has them. */
export async function unpackModules(directory: string, deb: string, names: readonly string[]): Promise<void> {
  await inScratch(directory, async (tree) => {
    await unpackDeb(deb, tree);
    await takeModules(tree, names, join(directory, "modules"));
  });
}

async function inScratch(directory: string, work: (tree: string) => Promise<void>): Promise<void> {
  const tree = mkdtempSync(join(directory, "tree-"));
  try {
    await work(tree);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

/** @throws KernelError */
export async function unpackDeb(deb: string, target: string): Promise<void> {
  mkdirSync(target, { recursive: true });
  const result = await $({
    nothrow: true,
    quiet: true,
    env: { ...process.env, LC_ALL: "C" },
  })`dpkg-deb -x ${deb} ${target}`;
  if (result.exitCode === 0) return;
  const full = /No space left on device/.test(result.stderr);
  throw new KernelError(full ? "disk-full" : "unpack", `cannot unpack ${deb}: ${result.stderr.trim()}`);
}

async function takeImage(tree: string, release: string, arch: Arch, directory: string): Promise<void> {
  const boot = join(tree, "boot");
  const modules = [join(tree, "usr/lib/modules", release), join(tree, "lib/modules", release)];
  const first = (...candidates: string[]) => {
    const found = candidates.find((path) => existsSync(path));
    if (!found)
      throw new KernelError("unpack", `the packages of ${release} have none of ${candidates.join(", ")}`);
    return found;
  };
  const inModules = (name: string) => modules.map((path) => join(path, name));
  const packed = first(
    join(boot, `vmlinuz-${release}`),
    join(boot, `vmlinux-${release}`),
    ...inModules("vmlinuz"),
  );
  const image = join(directory, "image");
  await writeBootable(arch, packed, image);
  copyFileSync(first(join(boot, `config-${release}`), ...inModules("config")), join(directory, "config"));
  for (const list of ["modules.builtin", "modules.order"])
    copyFileSync(first(...inModules(list)), join(directory, list));
}
