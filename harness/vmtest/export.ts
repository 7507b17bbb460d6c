/** A target as files that plain vmtest runs: `cd DIRECTORY && vmtest`. */
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Kernel } from "../../kernels/index.ts";
import { agentBinary } from "../agent/build.ts";
import { ensure } from "../build/step.ts";
import { driverFiles } from "../run/open-guest.ts";
import { formatTarget, type Target } from "../run/target.ts";
import { archMachine, makeInitramfs } from "../vm/index.ts";
import { vmtestInit } from "./build.ts";
import { ensureRootfs } from "./rootfs.ts";

/** In the guest; vmtest mounts the directory of its configuration there. */
export const shared = "/mnt/vmtest";

/** What the agent reads and writes there. */
export const requestsFile = "requests.bin";
export const repliesFile = "replies.bin";

const modules = ["virtio_pci", "virtio_console", "9pnet_virtio", "9p"];

/**
 * Fills a directory: vmtest.toml and what it names.
 * @param requests the agent's, in one piece
 * @throws TargetUnusable if the target cannot be had so
 */
export async function exportTarget(
  target: Target,
  kernel: Kernel,
  requests: Uint8Array,
  directory: string,
  say: (line: string) => void,
): Promise<void> {
  const { arch, driver } = target;
  mkdirSync(directory, { recursive: true });
  for (const step of [agentBinary(arch), vmtestInit(arch)]) await ensure(step, say);
  const rootfs = await ensureRootfs(arch, say);
  const files = await Promise.all(modules.map((name) => kernel.module(name)));
  const initramfs = makeInitramfs({
    init: vmtestInit(arch).outputs[0]!,
    modules: [...new Set(files.flat())],
  });
  copyFileSync(agentBinary(arch).outputs[0]!, join(directory, "agent"));
  for (const [name, file] of Object.entries(await driverFiles(kernel, [driver])))
    copyFileSync(file, join(directory, name));
  writeFileSync(join(directory, requestsFile), requests);
  writeFileSync(join(directory, "qemu"), wrapper(target));
  chmodSync(join(directory, "qemu"), 0o755);
  const text = configuration(target, {
    kernel: kernel.image,
    rootfs,
    initramfs,
    qemu: join(directory, "qemu"),
  });
  writeFileSync(join(directory, "vmtest.toml"), text);
}

interface Paths {
  readonly kernel: string;
  readonly rootfs: string;
  readonly initramfs: string;
  /** The wrapper. */
  readonly qemu: string;
}

/** TOML's basic strings are JSON's. */
const quoted = (text: string) => JSON.stringify(text);

export function configuration(target: Target, { kernel, rootfs, initramfs, qemu }: Paths): string {
  const { console, kernelArgs } = archMachine(target.arch);
  const words = [
    ...["rdinit=/init", "scapyard_batch", "cryptomgr.notests"],
    // vmtest gives up on a guest that is slow to boot, and a serial console is slow.
    ...["quiet", "loglevel=3"],
    // vmtest names one that ppc64le does not have: its script would have no input there, and end.
    `console=${console}`,
    ...kernelArgs,
  ];
  return `[[target]]
name = ${quoted(formatTarget(target))}
arch = ${quoted(target.arch)}
kernel = ${quoted(kernel)}
kernel_args = ${quoted(words.join(" "))}
rootfs = ${quoted(rootfs)}
qemu_command = ${quoted(qemu)}
command = ${quoted(`${shared}/agent --batch ${shared}/${requestsFile} ${shared}/${repliesFile}`)}

[target.vm]
num_cpus = ${target.options?.cpus ?? 1}
memory = "${target.options?.memory ?? 1024}M"
extra_args = ["-initrd", ${quoted(initramfs)}]
`;
}

/** vmtest asks for KVM wherever /dev/kvm exists, and for CPUs that stock kernels do not start on. */
export function wrapper({ arch }: Target): string {
  const { qemu, cpu, machine } = archMachine(arch);
  const own = arch === "ppc64le" ? ` -machine ${machine}` : "";
  return `#!/bin/sh
# QEMU as vmtest calls it, but emulated and with a CPU that the kernel knows.
set -- "$@" end-of-words
while [ "$1" != end-of-words ]; do
	case $1 in
	-enable-kvm) ;;
	-cpu) shift; set -- "$@" -cpu ${cpu.tcg} ;;
	*) set -- "$@" "$1" ;;
	esac
	shift
done
shift
exec ${qemu} -accel tcg,thread=multi${own} "$@"
`;
}
