/** What needs no machine: command lines, archives, quoting, deadlines. */
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { archMachine } from "./arch/index.ts";
import { cpio } from "./cpio.ts";
import { DeadlineError, measuredSlowdown, within } from "./deadline.ts";
import { BootError } from "./error.ts";
import { entriesOf } from "./initramfs.ts";
import { kernelArguments, memory, memoryInFile } from "./intentions.ts";
import { type MachineConfig, machineCommand } from "./machine.ts";
import { makeRam } from "./ram.ts";
import { shellQuote } from "./shell.ts";
import { Tail } from "./tail.ts";

const config: MachineConfig = { arch: "x86_64", kernel: "K", initramfs: "I" };
const sockets = { agent: "A", control: "C" };
const arch = archMachine("x86_64");

test("the command line of a plain machine", () => {
  expect(machineCommand(config, "tcg", memory(arch, 512), sockets)).toEqual([
    "qemu-system-x86_64",
    ...["-nodefaults", "-no-user-config", "-display", "none"],
    ...["-machine", "q35,hpet=off", "-m", "512"],
    ...["-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "1"],
    "-no-reboot",
    ...["-chardev", "stdio,id=console,signal=off", "-serial", "chardev:console"],
    ...["-kernel", "K", "-initrd", "I"],
    ...["-device", "virtio-serial-pci", "-chardev", "socket,id=agent,path=A,server=on,wait=off"],
    ...["-device", "virtserialport,id=agent,chardev=agent,name=scapyard.agent"],
    ...["-qmp", "unix:C,server=on,wait=off"],
    "-append",
    "panic=-1 oops=panic console=ttyS0 quiet no_timer_check tsc=reliable mitigations=off cryptomgr.notests rdinit=/init",
  ]);
});

test("KVM, processors, RAM in a file and further words for the kernel", () => {
  const extra = [kernelArguments("lockdown=integrity")];
  const ram = memoryInFile(arch, 256, "/a,b/ram", false);
  const line = shellQuote(machineCommand({ ...config, cpus: 4, extra }, "kvm", ram, sockets));
  expect(line).toContain("-machine q35,hpet=off,memory-backend=ram -m 256 ");
  expect(line).toContain("memory-backend-file,id=ram,size=256M,mem-path=/a,,b/ram,share=off");
  expect(line).toContain("-accel kvm -cpu host -smp 4 ");
  expect(line).toEndWith(" rdinit=/init lockdown=integrity'");
});

test("a shell reads quoted words back", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary-ascii" }).filter((s) => !s.includes("\0"))), (words) => {
      const child = Bun.spawnSync([
        "sh",
        "-c",
        `for w in ${shellQuote(words)}; do printf '%s\\0' "$w"; done`,
      ]);
      expect(child.stdout.toString()).toBe(words.map((word) => `${word}\0`).join(""));
    }),
    { numRuns: 50 },
  );
});

test("cpio reads an initramfs back", () => {
  const directory = mkdtempSync(join(tmpdir(), "cpio-"));
  try {
    const sources = { init: "#!/bin/sh\n", "b.ko": "module", odd: "12345", empty: "" };
    for (const [name, text] of Object.entries(sources)) writeFileSync(join(directory, name), text);
    const path = (name: string) => join(directory, name);
    const archive = cpio(
      entriesOf({
        init: path("init"),
        modules: [path("b.ko")],
        files: { "etc/x/odd": path("odd"), empty: path("empty") },
      }),
    );
    const run = (...args: string[]) =>
      Bun.spawnSync(["cpio", "--quiet", ...args], { stdin: archive, cwd: directory }).stdout.toString();
    expect(run("-it").trim().split("\n")).toEqual([
      ...["dev", "etc", "etc/x", "modules", "proc", "sys", "tmp"],
      ...["init", "modules/00-b.ko", "etc/x/odd", "empty"],
    ]);
    expect(run("-i", "--to-stdout", "init", "etc/x/odd", "modules/*")).toBe("#!/bin/sh\nmodule12345");
    expect(run("-itv", "init")).toMatch(/^-rwxr-xr-x +1 root +root +10 /);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test("a deadline passes results and errors on, and ends a wait", async () => {
  expect(await within(Promise.resolve(7), 1000)).toBe(7);
  expect(within(Promise.reject(new Error("no")), 1000)).rejects.toThrow("no");
  expect(within(new Promise(() => {}), 10)).rejects.toBeInstanceOf(DeadlineError);
});

test("a measured slowdown is bounded by what is typical", () => {
  expect([10, 1500, 6000, 60_000].map((ms) => measuredSlowdown("tcg", ms, 600))).toEqual([6, 6, 10, 18]);
  expect([10, 1500, 60_000].map((ms) => measuredSlowdown("kvm", ms, 600))).toEqual([1, 2.5, 3]);
});

test("a console's tail is its end, however it arrives", () => {
  const tail = new Tail(10);
  for (const byte of new TextEncoder().encode("a long line, and then: größer")) tail.add(Uint8Array.of(byte));
  expect(tail.text).toBe("en: größer");
});

test("RAM that does not fit on the disk is refused before QEMU starts", () => {
  const file = join(tmpdir(), "ram-that-is-too-big");
  const error = (() => {
    try {
      makeRam(file, 2 ** 40);
    } catch (error) {
      return error as BootError;
    }
    return undefined;
  })();
  expect([error instanceof BootError, error?.cause]).toEqual([true, "disk-full"]);
});
