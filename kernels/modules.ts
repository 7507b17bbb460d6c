/** Kernel modules: from a package's tree to plain .ko files, in the order of loading. */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { $ } from "zx";
import { decompressBy } from "./decompress.ts";
import { KernelError } from "./error.ts";

/** Module names as in /proc/modules: `virtio_pci`, though the file may be `virtio-pci.ko.xz`. */
const nameOf = (path: string) => /([^/]+)\.ko(\.\w+)?$/.exec(path)?.[1]?.replaceAll("-", "_") ?? "";

/** Names in a `modules.builtin` or `modules.order` file. */
export function listedModules(file: string): Set<string> {
  return new Set(readFileSync(file, "utf8").split("\n").map(nameOf).filter(Boolean));
}

/**
 * Puts modules and all they depend on into `target`, decompressed.
 * @param tree directory with the modules somewhere below
 */
export async function takeModules(tree: string, names: readonly string[], target: string): Promise<void> {
  mkdirSync(target, { recursive: true });
  const found = new Map<string, string>();
  for await (const path of new Bun.Glob("**/*.ko*").scan({ cwd: tree }))
    found.set(nameOf(path), join(tree, path));
  const pending = [...names];
  for (let name = pending.pop(); name; name = pending.pop()) {
    const output = join(target, `${name}.ko`);
    if (existsSync(output)) continue;
    const source = found.get(name);
    if (!source) throw new KernelError("unpack", `the kernel's packages have no module ${name}`);
    await decompressTo(source, output);
    pending.push(...(await dependencies(output)));
  }
}

async function decompressTo(source: string, output: string): Promise<void> {
  if (source.endsWith(".ko")) return copyFileSync(source, output);
  const tool = { xz: "xz", zst: "zstd", gz: "gzip" }[source.slice(source.lastIndexOf(".") + 1)];
  if (!tool) throw new KernelError("unpack", `${source}: packed in an unknown way`);
  await Bun.write(output, await decompressBy([tool, "-dc"], Bun.file(source)));
}

async function dependencies(module: string): Promise<string[]> {
  const text = (await $({ quiet: true })`modinfo -F depends ${module}`).stdout;
  return text
    .trim()
    .split(",")
    .filter(Boolean)
    .map((name) => name.replaceAll("-", "_"));
}

/** Paths of a module and of what it needs, each after what it depends on. All must be in `directory`. */
export async function loadOrder(directory: string, name: string): Promise<string[]> {
  const order: string[] = [];
  const visit = async (module: string) => {
    const path = join(directory, `${module}.ko`);
    if (order.includes(path)) return;
    for (const needed of await dependencies(path)) await visit(needed);
    order.push(path);
  };
  await visit(name);
  return order;
}
