/** Every constant has, on every architecture, the value of the C compiler's headers. */
import { expect, setDefaultTimeout, test } from "bun:test";
import { toolchain } from "../build/toolchain.ts";
import { type Arch, architectures } from "../run/target.ts";
import { useArchitecture } from "./constants/per-architecture.ts";
import * as x86 from "./constants/x86.ts";
import * as constants from "./constants.ts";
import { errno } from "./errno.ts";

setDefaultTimeout(60_000);

/** Headers that go together; the C library's and the kernel's do not all. */
const groups = [
  `sys/socket.h netinet/in.h netinet/tcp.h netinet/udp.h sys/un.h sys/uio.h sys/mman.h sys/sem.h sys/shm.h sys/time.h
   sys/resource.h sys/epoll.h sys/eventfd.h sys/inotify.h sys/signalfd.h sys/timerfd.h sys/ptrace.h sys/prctl.h sys/mount.h
   sys/quota.h sys/wait.h sys/reboot.h sys/file.h sys/ioctl.h sys/stat.h fcntl.h sched.h signal.h poll.h unistd.h errno.h
   termios.h time.h`,
  `linux/fcntl.h linux/futex.h linux/bpf.h linux/keyctl.h linux/seccomp.h linux/filter.h linux/capability.h linux/io_uring.h
   linux/userfaultfd.h linux/openat2.h linux/close_range.h linux/netlink.h linux/if_packet.h linux/module.h linux/quota.h
   linux/memfd.h linux/fs.h linux/mount.h linux/sched.h linux/eventpoll.h linux/mman.h linux/prctl.h linux/ptrace.h
   linux/securebits.h linux/signal.h asm/termios.h asm/ioctls.h asm/socket.h linux/sockios.h`,
].map((group) => group.split(/\s+/));

/** The values of those names that one group of headers knows, read from assembly: nothing is run. */
function compiled(arch: Arch, group: readonly string[], names: readonly string[]): Map<string, bigint> {
  const unknown = new Set<string>();
  let complaint = "";
  for (let tries = 0; tries < 3; tries++) {
    const asked = names.filter((name) => !unknown.has(name));
    const source = [
      "#define _GNU_SOURCE",
      ...group.map((header) => `#include <${header}>`),
      "void f(void) {",
      ...asked.map((name) => `asm volatile(".ascii \\"->${name} %0\\"" :: "i"((long long)(${name})));`),
      "}",
    ].join("\n");
    const { cc } = toolchain(arch);
    const done = Bun.spawnSync([cc, "-xc", "-w", "-S", "-o", "-", "-"], { stdin: Buffer.from(source) });
    if (done.success)
      return new Map(
        [...done.stdout.toString().matchAll(/->(\w+) [#$]?(-?\d+)"/g)].map(([, name, value]) => [
          name!,
          BigInt(value!),
        ]),
      );
    complaint = done.stderr.toString();
    for (const [, name] of complaint.matchAll(/[‘'](\w+)[’'] undeclared/g)) unknown.add(name!);
  }
  throw new Error(`the headers of ${arch} do not compile:
${complaint}`);
}

/** Names of ours that no header has: a sum of flags, and what only x86 or all others have. */
const notInHeaders = (arch: Arch) => [
  "CLONE_THREAD_FLAGS",
  ...(arch === "x86_64" ? [] : Object.keys(x86)),
  ...(arch === "riscv64" ? ["SA_RESTORER"] : []),
];

const low = (value: bigint) => BigInt.asUintN(32, value);

test.each(architectures)("constants of %s", (arch) => {
  useArchitecture(arch);
  const values = Object.entries({ ...constants, ...errno }).filter(
    ([, value]) => typeof value !== "function",
  );
  const ours = new Map(values.map(([name, value]) => [name, BigInt(value as number | bigint)]));
  for (const name of notInHeaders(arch)) ours.delete(name);
  const [libc, kernel] = groups.map((group) => compiled(arch, group, [...ours.keys()]));
  // The kernel's own word counts: the C library calls O_LARGEFILE 0, and its struct termios is larger.
  const theirs = new Map([...libc!, ...kernel!]);
  const differing = [...ours].filter(([name, value]) => low(theirs.get(name) ?? ~value) !== low(value));
  expect(differing.map(([name, value]) => `${name}: ${value}, headers say ${theirs.get(name)}`)).toEqual([]);
});
