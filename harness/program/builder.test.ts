import { describe, expect, test } from "bun:test";
import type { Arch } from "../run/target.ts";
import { type BlockBuilder, program } from "./builder.ts";
import { AT_FDCWD, O_DIRECTORY, O_RDONLY } from "./constants.ts";
import { encode } from "./encode.ts";
import { calls } from "./model.ts";
import { ipv4Bytes, ipv6Bytes } from "./net.ts";
import { NotOnArchitecture } from "./numbers.ts";
import { print } from "./print.ts";
import { resolver } from "./resolve.ts";

const text = (build: (p: BlockBuilder) => void) => print(program("x86_64", build)).split("\n").slice(1, -1);

describe("structs in memory", () => {
  test("constants are there from the start, refs are stored when they are known", () => {
    expect(
      text((p) => {
        const fd = p.dup(1);
        p.poll(p.structs("pollfd", [{ fd, events: 1 }, { fd: -1 }]), 2, 0);
      }),
    ).toEqual([
      'm0 = data 16 "\\x00\\x00\\x00\\x00\\x01\\x00\\x00\\x00\\xff\\xff\\xff\\xff"',
      "r0 = dup(1)",
      "[m0:4] = r0",
      "r1 = poll(&m0, 2, 0)",
      "exit 0",
    ]);
  });
  test("ports are in network order, also when they come from memory", () => {
    const lines = text((p) => {
      p.bind(3, p.sockaddrIn("1.2.3.4", 0x1234), 16);
      p.bind(3, p.sockaddrIn6("::1", p.buffer(2).u16()), 28);
    });
    expect(lines[0]).toBe('m0 = data 16 "\\x02\\x00\\x124\\x01\\x02\\x03\\x04"');
    expect(lines).toContain("[m2+2:2be] = [m1:2]");
  });
  test("a message points to its parts", () => {
    const lines = text((p) => {
      const control = p.scmRights([7]);
      p.sendmsg(3, p.msghdr({ name: p.sockaddrUn("\0abc"), iov: ["one", p.buffer(9)], control }), 0);
    });
    expect(lines).toEqual([
      'm0 = data 24 "\\x14\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x01\\x00\\x00\\x00\\x01\\x00\\x00\\x00\\x07"',
      'm1 = data 6 "\\x01\\x00\\x00abc"',
      "m2 = data 9",
      'm3 = data 3 "one"',
      expect.stringMatching(/^m4 = data 32 /),
      expect.stringMatching(/^m5 = data 56 /),
      "[m4:8] = &m3",
      "[m4+16:8] = &m2",
      "[m5:8] = &m1",
      "[m5+16:8] = &m4",
      "[m5+32:8] = &m0",
      "r0 = sendmsg(3, &m5, 0)",
      "exit 0",
    ]);
  });
  test("unknown fields, too long arrays and names are refused", () => {
    const build = (fields: object) => () => program("x86_64", (p) => void p.struct("sockaddr_in", fields));
    expect(build({ prot: 1 })).toThrow('struct sockaddr_in of x86_64 has no field "prot"');
    expect(build({ addr: new Uint8Array(5) })).toThrow("5 bytes do not fit in field addr");
    expect(() => program("x86_64", (p) => void p.sockaddrUn("x".repeat(200)))).toThrow(RangeError);
  });
});

describe("addresses", () => {
  test.each(["1.2.3", "1.2.3.256", "1.2.3.x", ""])("%j is no IPv4 address", (bad) => {
    expect(() => ipv4Bytes(bad)).toThrow("no IPv4 address");
  });
  test.each(["", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8::", "12345::", "g::"])(
    "%j is no IPv6 address",
    (bad) => {
      expect(() => ipv6Bytes(bad)).toThrow("no IPv6 address");
    },
  );
  test("IPv6 text", () => {
    const hex = (address: string) => Buffer.from(ipv6Bytes(address)).toString("hex");
    expect([
      hex("::"),
      hex("::1"),
      hex("fe80::a:0b"),
      hex("1:2:3:4:5:6:7:8"),
      hex("1:2:3:4:5:6:7::"),
    ]).toEqual([
      "00000000000000000000000000000000",
      "00000000000000000000000000000001",
      "fe8000000000000000000000000a000b",
      "00010002000300040005000600070008",
      "00010002000300040005000600070000",
    ]);
  });
});

test("32-bit programs start processes by native calls; what these do is 32-bit again", () => {
  const lines = text((p) => p.ia32.fork((c) => c.getppid()));
  expect(lines).toEqual(["r0 = fork() {", "  r1 = ia32 getppid()", "} exit 0", "exit 0"]);
});

describe("mistakes in a case", () => {
  const mistakes: [string, (p: BlockBuilder) => void][] = [
    ["use the builder that the child's function gets", (p) => p.fork(() => p.getpid())],
    ["a syscall takes at most 6 arguments", (p) => p.call("close", 1, 2, 3, 4, 5, 6, 7)],
    ["1.5 is no whole number", (p) => p.close(1.5)],
    ["close starts no process", (p) => p.call("close", 1, { child: () => {} })],
    ["fork takes no flags", (p) => p.fork(() => {}, { via: "fork", flags: 1 })],
    ["both any result and an errno", (p) => p.close(1, { any: true, errno: "EIO" })],
    ["exit status 256", (p) => p.exit(256)],
    ["outside of memory of 4 bytes", (p) => p.buffer(4).u32(1)],
    ["at most 4096 bytes fit", (p) => p.acrossUnmapped(new Uint8Array(5000))],
  ];
  test.each(mistakes)("%s", (message, build) => {
    expect(() => program("x86_64", build)).toThrow(message);
  });
  test("more than a program may have", () => {
    const crowd = program("x86_64", (p) => {
      for (let i = 0; i < 64; i++) p.fork(() => {});
    });
    expect(() => encode(crowd)).toThrow("at most 64 processes and threads");
    const large = program("x86_64", (p) => {
      for (let i = 0; i < 17; i++) p.buffer(1 << 20);
    });
    expect(() => encode(large)).toThrow("the program's memory needs 17825792 bytes");
  });
  test("a call that the architecture does not have", () => {
    const mistake = (build: (p: BlockBuilder) => void) => () => program("aarch64", build);
    expect(mistake((p) => p.modify_ldt())).toThrow(
      new NotOnArchitecture("syscall modify_ldt does not exist on aarch64"),
    );
    expect(mistake((p) => p.ia32.getpid())).toThrow(NotOnArchitecture);
  });
});

describe("calls that newer architectures left out", () => {
  const named = (arch: Arch, build: (p: BlockBuilder) => void) =>
    [...calls(program(arch, build).main)].map(({ name, args }) => [
      name,
      ...args.filter((arg) => typeof arg === "bigint"),
    ]);
  test("are said with those that are there", () => {
    const build = (p: BlockBuilder) => {
      p.open("f", O_RDONLY);
      p.pipe();
      p.dup2(1, 2);
      p.rmdir("d");
      p.fork(() => {}, { via: "vfork" });
      p.poll(0, 0, -1);
    };
    expect(named("x86_64", build).map(([name]) => name)).toEqual([
      "open",
      "pipe",
      "dup2",
      "rmdir",
      "vfork",
      "poll",
    ]);
    expect(named("aarch64", build)).toEqual([
      ["openat", -100n, 0n, 0n],
      ["pipe2", 0n],
      ["dup3", 1n, 2n, 0n],
      ["unlinkat", -100n, 0x200n],
      ["clone", 0x4111n, 0n, 0n, 0n, 0n],
      ["ppoll", 0n, 0n, 0n, 0n, 8n],
    ]);
  });
  test("a renameat of riscv64 has flags; s390x's mmap has one argument", () => {
    expect(named("riscv64", (p) => p.renameat(AT_FDCWD, "a", AT_FDCWD, "b"))).toEqual([
      ["renameat2", -100n, -100n, 0n],
    ]);
    const { areas } = program("s390x", (p) => p.mmap(0, 4096, 3, 0x22, -1, 0));
    expect(areas.map((area) => area.kind !== "hole" && Buffer.from(area.bytes).toString("hex"))).toEqual([
      "0000000000000000" + "0000000000001000" + "0000000000000003" + "0000000000000022" + "ffffffffffffffff",
    ]);
  });
  test("constants are those of the program's architecture", () => {
    const flags = (["x86_64", "aarch64", "riscv64", "ppc64le"] as const).map((arch) => {
      let value = 0;
      program(arch, () => {
        value = O_DIRECTORY;
      });
      return value;
    });
    expect(flags).toEqual([0x10000, 0x4000, 0x10000, 0x4000]);
  });
});

describe("memory after the run", () => {
  test("is read in the machine's byte order, and keeps what a number cannot hold", () => {
    const refs: Parameters<ReturnType<typeof resolver>>[0][] = [];
    const build = (p: BlockBuilder) => {
      const memory = p.buffer(16);
      refs.push(memory.u32(0), memory.i32(0), memory.u64(8), memory.text(0), memory.bytes(14));
      refs.push(p.structAt(memory, "sockaddr_in").port);
    };
    const memory = new Uint8Array(4096);
    memory.set([0xff, 0xff, 0xff, 0xfe, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 1]);
    const values = (arch: "x86_64" | "s390x") => {
      refs.length = 0;
      const built = program(arch, build);
      return refs.map(resolver(built, { pageSize: 4096, slots: [], memory }));
    };
    expect(values("s390x")).toEqual([
      0xfffffffe,
      -2,
      0x8000000000000001n,
      memory.slice(0, 4),
      Uint8Array.of(0, 1),
      0xfffe,
    ]);
    expect(values("x86_64")).toEqual([
      0xfeffffff,
      -0x1000001,
      0x100000000000080n,
      memory.slice(0, 4),
      Uint8Array.of(0, 1),
      0xfffe,
    ]);
  });
  test("a call that did not run has no result", () => {
    const built = program("x86_64", (p) => p.getpid());
    const facts = { pageSize: 4096, slots: [], memory: new Uint8Array(4096) };
    expect(() => resolver(built, facts)({ kind: "result", step: 0, add: 0n })).toThrow("call r0 (getpid)");
  });
});
