/** Local files → the layout that all unpacked kernels have. The files themselves are only read. */
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileHash } from "../harness/build/file-hash.ts";
import { withLock } from "../harness/build/lock.ts";
import { writeBootable } from "./bootable.ts";
import { KernelError } from "./error.ts";
import { parseConfig } from "./facts.ts";
import { type LocalKernel, localFile, type PinnedFile, refuseMissing } from "./local.ts";
import { findCorrupt, type KernelRecord, kernelDirectory, readRecord, replaceDirectory } from "./store.ts";

export interface PreparedLocal {
  readonly record: KernelRecord;
  /** sha256 of the image, as it is installed. */
  readonly sha256: string;
}

/** @throws KernelError `missing-file`, `sha256` if a pinned file has changed, or `unpack` */
export function prepareLocal(kernel: LocalKernel, cache: string): Promise<PreparedLocal> {
  refuseMissing(kernel);
  return withLock(`kernel-${kernel.arch}-${kernel.name}`, async () => {
    const { release, modules, headers } = kernel;
    const sha256 = await checkedHash(kernel.id, kernel.image);
    const config = await checkedHash(kernel.id, kernel.config);
    const identity = JSON.stringify({ release, sha256, config, modules, headers });
    const lockHash = new Bun.CryptoHasher("sha256").update(identity).digest("hex");
    const directory = kernelDirectory(cache, kernel);
    const present = readRecord(directory);
    if (present?.lockHash === lockHash && !(await findCorrupt(directory, present)))
      return { record: present, sha256 };
    const record = { release, version: release, lockedVersion: release, lockHash, files: [] };
    await replaceDirectory(directory, record, (temporary) => fill(temporary, kernel));
    return { record: readRecord(directory)!, sha256 };
  });
}

async function checkedHash(id: string, file: PinnedFile): Promise<string> {
  const actual = await fileHash(file.path);
  if (file.sha256 === undefined || file.sha256 === actual) return actual;
  throw new KernelError(
    "sha256",
    `${id}: ${file.path} has sha256 ${actual}, not the one in ${localFile()}; if that is right, add the kernel again`,
  );
}

async function fill(directory: string, kernel: LocalKernel): Promise<void> {
  mkdirSync(join(directory, "modules"), { recursive: true });
  await writeBootable(kernel.arch, kernel.image.path, join(directory, "image"));
  copyFileSync(kernel.config.path, join(directory, "config"));
  copyList("modules.builtin", kernel, directory);
  copyList("modules.order", kernel, directory);
  if (kernel.headers) copyHeaders(kernel.headers, kernel.release, join(directory, "sysroot"));
}

/** The kernel's own lists; where there are none, what can be told from its files. */
function copyList(list: "modules.builtin" | "modules.order", kernel: LocalKernel, directory: string): void {
  const target = join(directory, list);
  const source = kernel.modules && join(kernel.modules, list);
  if (source && existsSync(source)) copyFileSync(source, target);
  else if (list === "modules.builtin") writeFileSync(target, builtIn(kernel.config.path));
  else writeFileSync(target, kernel.modules ? moduleFiles(kernel.modules) : "");
}

/** Options and the modules that they make mostly have the same name: CONFIG_VIRTIO_PCI, virtio_pci. */
function builtIn(config: string): string {
  const options = parseConfig(readFileSync(config, "utf8"));
  const names = [...options]
    .filter(([, value]) => value === "y")
    .map(([option]) => option.slice("CONFIG_".length));
  return names.map((name) => `${name.toLowerCase()}.ko\n`).join("");
}

const moduleFiles = (directory: string) =>
  [...new Bun.Glob("**/*.ko*").scanSync(directory)].map((path) => `${path}\n`).join("");

function copyHeaders(headers: string, release: string, sysroot: string): void {
  const asRoot = join(headers, "usr/src", `linux-headers-${release}`);
  const target = existsSync(asRoot) ? sysroot : join(sysroot, "usr/src", `linux-headers-${release}`);
  if (target !== sysroot && !existsSync(join(headers, "Makefile")))
    throw new KernelError(
      "unpack",
      `${headers} is no kernel build tree, and has no usr/src/linux-headers-${release}`,
    );
  mkdirSync(target, { recursive: true });
  cpSync(headers, target, { recursive: true, verbatimSymlinks: true });
  mkdirSync(join(sysroot, "usr/lib"), { recursive: true });
}
