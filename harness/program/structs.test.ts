import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { $ } from "bun";
import { toolchain } from "../build/toolchain.ts";
import { architectures } from "../run/target.ts";
import { abis } from "./abi.ts";
import { type StructName, structLayout } from "./structs.ts";

/** Our name → what C calls the struct, with the fields whose names differ. `null`: C has no such field. */
const inC: {
  readonly [N in StructName]?: { type: string; prefix?: string; fields?: Record<string, string | null> };
} = {
  iovec: { type: "struct iovec", prefix: "iov_" },
  msghdr: { type: "struct msghdr", prefix: "msg_" },
  cmsghdr: { type: "struct cmsghdr", prefix: "cmsg_" },
  sockaddr_in: { type: "struct sockaddr_in", prefix: "sin_" },
  sockaddr_in6: { type: "struct sockaddr_in6", prefix: "sin6_" },
  timespec: { type: "struct timespec", prefix: "tv_" },
  timeval: { type: "struct timeval", prefix: "tv_" },
  pollfd: { type: "struct pollfd" },
  rlimit: { type: "struct rlimit", prefix: "rlim_" },
  clone_args: { type: "struct clone_args" },
  open_how: { type: "struct open_how" },
  flock: { type: "struct flock", prefix: "l_" },
  stat: {
    type: "struct stat",
    prefix: "st_",
    fields: {
      ...{ atime: "st_atim.tv_sec", atime_nsec: "st_atim.tv_nsec", mtime: "st_mtim.tv_sec" },
      ...{ mtime_nsec: "st_mtim.tv_nsec", ctime: "st_ctim.tv_sec", ctime_nsec: "st_ctim.tv_nsec" },
      ...{ pad0: null, pad1: null, pad2: null, unused: null },
    },
  },
  statx: {
    type: "struct statx",
    prefix: "stx_",
    fields: { pad0: null, spare: null, times: "stx_atime", dev_major: "stx_dev_major" },
  },
  sock_filter: { type: "struct sock_filter" },
  sock_fprog: { type: "struct sock_fprog" },
  epoll_event: { type: "struct epoll_event" },
  ucred: { type: "struct ucred" },
  linger: { type: "struct linger", prefix: "l_" },
  sembuf: { type: "struct sembuf", prefix: "sem_", fields: { flg: "sem_flg" } },
  io_uring_params: { type: "struct io_uring_params" },
  utsname: { type: "struct utsname", fields: { domainname: null } },
};

const headers =
  "sys/socket.h netinet/in.h sys/uio.h sys/stat.h sys/time.h sys/resource.h sys/epoll.h sys/sem.h sys/utsname.h poll.h fcntl.h stddef.h linux/sched.h linux/openat2.h linux/filter.h linux/io_uring.h";

test.each(architectures)("%s layouts are those of the C compiler", async (arch) => {
  const lines: string[] = [];
  for (const [name, { type, prefix = "", fields = {} }] of Object.entries(inC)) {
    const layout = structLayout(name as StructName, abis[arch]);
    lines.push(`_Static_assert(sizeof(${type}) == ${layout.size}, "size of ${name}");`);
    for (const { name: field, offset } of layout.fields.values()) {
      const member = Object.hasOwn(fields, field) ? fields[field] : prefix + field;
      if (member !== null)
        lines.push(`_Static_assert(offsetof(${type}, ${member}) == ${offset}, "${name}.${field}");`);
    }
  }
  const dir = mkdtempSync(join(tmpdir(), "scapyard-structs-"));
  try {
    const includes = headers.split(" ").map((header) => `#include <${header}>`);
    await Bun.write(join(dir, "layout.c"), `#define _GNU_SOURCE\n${[...includes, ...lines].join("\n")}\n`);
    const { exitCode, stderr } = await $`${toolchain(arch).cc} -fsyntax-only ${join(dir, "layout.c")}`
      .nothrow()
      .quiet();
    expect(stderr.toString()).toBe("");
    expect(exitCode).toBe(0);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test("ia32: widths, alignment and the known special cases", () => {
  const facts = (name: StructName, field: string) => {
    const layout = structLayout(name, abis.ia32);
    return [layout.size, layout.fields.get(field)?.offset];
  };
  expect([facts("iovec", "len"), facts("msghdr", "flags"), facts("stat64", "ino")]).toEqual([
    [8, 4],
    [28, 24],
    [96, 88],
  ]);
});
