/** What every executor must do, wherever it runs: on this machine with sanitizers, and in a guest of each architecture. */
import { describe, expect, test } from "bun:test";
import { abis } from "../program/abi.ts";
import {
  AF_UNIX,
  AT_FDCWD,
  type BlockBuilder,
  type BytesRef,
  CLONE_SIGHAND,
  CLONE_VFORK,
  CLONE_VM,
  type LoadRef,
  MAP_ANONYMOUS,
  MAP_PRIVATE,
  O_CREAT,
  O_RDONLY,
  O_RDWR,
  PROT_READ,
  PROT_WRITE,
  plus,
  program,
  type Ref,
  SIGKILL,
  SIGSEGV,
  SIGUSR1,
  SOCK_STREAM,
  WNOHANG,
} from "../program/index.ts";
import type { Arch } from "../run/target.ts";
import type { Agent } from "./client.ts";
import { programFailure } from "./failure.ts";
import type { TestedAgent } from "./testing.ts";

const decode = (bytes: unknown) => new TextDecoder().decode(bytes as Uint8Array);

/** @param tested the agent; asked for when the tests run */
export function executorTests(arch: Arch, tested: () => TestedAgent): void {
  const agent = () => tested().agent;
  const run: TestedAgent["run"] = (build, options) => tested().run(build, options);

  async function failureOf(build: (p: BlockBuilder) => void, timeoutMs = 5000): Promise<string | null> {
    const built = program(arch, build);
    return programFailure(built, await agent().run(built, { timeoutMs }));
  }

  describe("files and memory", () => {
    test("what one call returns, another takes", async () => {
      let facts: Ref[] = [];
      const content = { out: undefined as never };
      const { resolve } = await run((p) => {
        const fd = p.openat(AT_FDCWD, "created", O_CREAT | O_RDWR, 0o600);
        const written = p.write(fd, "hello", 5);
        const st = p.fstat(fd);
        const buffer = p.buffer(16);
        p.lseek(fd, 0, 0);
        facts = [fd, written, st.size, st.mode, st.uid, p.read(fd, buffer, 16), p.close(fd)];
        p.close(fd, { errno: "EBADF" });
        content.out = buffer.text() as never;
      });
      expect(facts.map(resolve)).toEqual([3, 5, 5, 0o100600, 0, 5, 0]);
      expect(decode(resolve(content.out))).toBe("hello");
    });

    test("memory fields hold results that are known only at run time", async () => {
      let received: LoadRef | undefined;
      const { resolve } = await run((p) => {
        const { first, second } = p.socketpair(AF_UNIX, SOCK_STREAM, 0);
        const fd = p.openat(AT_FDCWD, "passed", O_CREAT | O_RDWR, 0o600);
        p.sendmsg(first, p.msghdr({ iov: ["x"], control: p.scmRights([fd]) }), 0);
        const control = p.scmRights([0]);
        p.recvmsg(second, p.msghdr({ iov: [p.buffer(1)], control }), 0);
        received = control.i32(16);
        p.write(received, "through", 7);
      });
      expect(resolve(received!)).toBe(6);
    });

    test("pointers to nowhere fail as the kernel says", async () => {
      const { resolve } = await run((p) => {
        p.openat(AT_FDCWD, p.badPointer, O_RDONLY, 0, { errno: "EFAULT" });
        const fd = p.openat(AT_FDCWD, "f", O_CREAT | O_RDWR, 0o600);
        const edge = p.acrossUnmapped("abc");
        p.write(fd, edge, 3);
        p.openat(AT_FDCWD, edge, O_RDONLY, 0, { errno: "EFAULT" });
        p.write(fd, p.badPointer, 8, { errno: "EFAULT" });
      });
      expect(resolve({ kind: "pid" })).toBeGreaterThan(1);
    });

    test("a mapping made by the program is reached by its result", async () => {
      let read: Ref | undefined;
      const { resolve } = await run((p) => {
        const map = p.mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        const { first, second } = p.pipe2(0);
        p.write(second, "via pipe", 8);
        read = p.read(first, plus(map, 4096), 8);
        p.munmap(map, 8192);
        p.write(second, map, 1, { errno: "EFAULT" });
      });
      expect(resolve(read!)).toBe(8);
    });

    test("a store happens at its place in the program", async () => {
      let out: BytesRef | undefined;
      const { resolve } = await run((p) => {
        const word = p.int(1);
        const { first, second } = p.pipe();
        p.write(second, word, 4);
        p.store(word, 2);
        p.write(second, word, 4);
        const both = p.buffer(8);
        p.read(first, both, 8);
        out = both.bytes();
      });
      expect([...(resolve(out!) as Uint8Array)].filter(Boolean)).toEqual([1, 2]);
    });
  });

  test("loads have width, sign and byte order", async () => {
    const results: Ref[] = [];
    const { resolve } = await run((p) => {
      const source = p.bytes(Uint8Array.of(0x80, 2, 3, 4, 5, 6, 7, 0x88));
      const out = p.buffer(64);
      for (const [i, load] of [
        source.load(0, 1, true),
        source.load(0, 2, false, true),
        source.load(0, 4, true, true),
        source.load(1, 2, false),
        source.load(0, 8, false, true),
        source.load(6, 2, true),
      ].entries()) {
        p.store(out.slice(8 * i, 8), load);
        results.push(out.i64(8 * i));
      }
    });
    const [own, signed] = abis[arch].bigEndian ? [0x0203, 0x0788] : [0x0302, -0x77f9];
    expect(results.map(resolve)).toEqual([-128, 0x8002, -0x7ffdfcfc, own, -0x7ffdfcfbfaf9f878n, signed]);
  });

  describe("processes and threads", () => {
    for (const options of [
      { via: "fork" },
      { via: "vfork" },
      { via: "clone" },
      { via: "clone", flags: CLONE_VM | CLONE_VFORK },
      { via: "clone3" },
    ] as const)
      test(`a child by ${JSON.stringify(options)}`, async () => {
        let pairs: [Ref, Ref][] = [];
        let status: Ref | undefined;
        const { resolve } = await run((p) => {
          const parent = p.getpid();
          const seen: Ref[] = [];
          const child = p.fork((c) => {
            seen.push(c.getpid(), c.gettid(), c.getppid());
            c.exit(42);
            pairs = [
              [c.pid, seen[0]!],
              [c.tid, seen[1]!],
              [c.ppid, seen[2]!],
            ];
          }, options);
          const waited = p.wait(child);
          status = waited.status;
          pairs.push([p.pid, parent], [child, waited.result], [p.ppid, p.getppid()]);
        });
        expect(pairs.map(([a]) => resolve(a))).toEqual(pairs.map(([, b]) => resolve(b)));
        expect(resolve(status!)).toBe(42 << 8);
      });

    test("a thread shares files and memory", async () => {
      let pairs: [Ref, Ref][] = [];
      const { resolve } = await run((p) => {
        const word = p.int(0);
        let inThread: Ref[] = [];
        const thread = p.thread((t) => {
          const fd = t.openat(AT_FDCWD, "by-thread", O_CREAT | O_RDWR, 0o600);
          inThread = [t.getpid(), t.gettid()];
          t.store(word, fd);
        });
        p.join(thread);
        p.write(word.u32(), "x", 1);
        pairs = [
          [p.pid, inThread[0]!],
          [thread.tid, inThread[1]!],
        ];
      });
      expect(pairs.map(([a]) => resolve(a))).toEqual(pairs.map(([, b]) => resolve(b)));
    });

    test("the run lasts as long as its last process, also one whose parent is gone", async () => {
      const failure = await failureOf((p) => {
        p.fork((c) => {
          c.fork((grandchild) => {
            grandchild.ppoll(0, 0, 0, 0, 8);
          });
        });
      }, 300);
      expect(failure).toBe("the program timed out in r2 = ppoll(0, 0, 0, 0, 8)");
    });

    test("execve runs the agent's helper program", async () => {
      let status: Ref | undefined;
      let exec: Ref | undefined;
      const { helper } = agent().info;
      const { resolve } = await run((p) => {
        const child = p.fork((c) => {
          exec = c.execve(helper, c.pointers(["exec-me", "9"]), c.pointers(["A=1"]));
        });
        status = p.wait(child).status;
        p.execve("missing", p.pointers([]), p.pointers([]), { errno: "ENOENT" });
      });
      expect([status!, exec!].map(resolve)).toEqual([9 << 8, 0]);
    });

    test("the helper program waits at a socket until its parent has looked", async () => {
      let seen: Ref[] = [];
      const { helper } = agent().info;
      const { resolve } = await run((p) => {
        const pair = p.socketpair(AF_UNIX, SOCK_STREAM, 0);
        p.dup2(pair.second, 60);
        const child = p.fork((c) => {
          c.execve(helper, c.pointers(["exec-me", "4", "60"]), c.pointers([]));
        });
        const hello = p.read(pair.first, p.buffer(1), 1);
        const running = p.wait(child, WNOHANG);
        p.write(pair.first, "x", 1);
        seen = [hello, running.result, p.wait(child).status];
      });
      expect(seen.map(resolve)).toEqual([1, 0, 4 << 8]);
    });

    test("a failing clone starts nothing", async () => {
      await run((p) => {
        p.fork((c) => c.exit(1), { via: "clone", flags: CLONE_SIGHAND, errno: "EINVAL" });
        p.wait4(-1, 0, 0, 0, { errno: "ECHILD" });
      });
    });
  });

  describe("signals", () => {
    test("a handled signal changes nothing", async () => {
      await run((p) => {
        p.ignoreBySigaction(SIGUSR1);
        p.kill(p.pid, SIGUSR1);
        p.getpid();
      });
    });
    test("an expected death is success", async () => {
      const { end } = await run((p) => {
        p.expectSignal(SIGKILL);
        p.kill(p.pid, SIGKILL, { any: true });
      });
      expect(end).toEqual({ signal: SIGKILL });
    });
  });

  if (arch === "x86_64") ia32Tests(agent, run);

  describe("a program that does not do what it says", () => {
    test("unexpected failure", async () => {
      const failure = await failureOf((p) => {
        p.openat(AT_FDCWD, "absent", O_RDONLY);
        p.getpid();
      });
      expect(failure).toBe("r0 = openat(-100, &m0, 0) should give success, but gave ENOENT");
    });
    test("unexpected success, in a child", async () => {
      const failure = await failureOf((p) => {
        const child = p.fork((c) => {
          c.getpid({ errno: "EINTR" });
        });
        p.wait(child);
      });
      expect(failure).toMatch(/^r1 = getpid\(\) should give EINTR, but gave \d+$/);
    });
    test("wrong exit status", async () => {
      const failure = await failureOf((p) => {
        p.call("exit_group", 3);
      });
      expect(failure).toBe("the main process should exit with 0, but it exited with 3 in r0 = exit_group(3)");
    });
    test("death by an unexpected signal", async () => {
      const failure = await failureOf((p) => {
        p.kill(p.pid, SIGSEGV, { any: true });
      });
      expect(failure).toStartWith("the main process should exit with 0, but it died of signal 11");
    });
    test("time-out: the message names the call", async () => {
      const began = performance.now();
      const failure = await failureOf((p) => {
        p.nanosleep(p.struct("timespec", { sec: 100 }), 0);
      }, 200);
      expect(failure).toBe("the program timed out in r0 = nanosleep(&m0, 0)");
      expect(performance.now() - began).toBeLessThan(60_000);
    });
    test("a wait that nobody ends", async () => {
      expect(
        await failureOf((p) => {
          p.until(p.int(1).u32(), 2);
        }, 200),
      ).toBe("the program timed out");
    });
  });
}

function ia32Tests(agent: () => Agent, run: TestedAgent["run"]): void {
  describe("32-bit calls", () => {
    test("have their own numbers and layouts", async () => {
      if (!agent().info.features.ia32) throw new Error("this kernel has no ia32 calls");
      let facts: Ref[] = [];
      let same: Ref[] = [];
      const { resolve } = await run((p) => {
        const fd = p.ia32.openat(AT_FDCWD, "compat", O_CREAT | O_RDWR, 0o600);
        const written = p.ia32.writev(fd, p.ia32.iovec(["ab", "cde"]), 2);
        const old = p.ia32.fstat(fd);
        const large = p.ia32.struct("stat64");
        p.ia32.fstat64(fd, large);
        const native = p.fstat(fd);
        facts = [fd, written, old.size, large.size, p.ia32.getpid()];
        same = [large.ino, native.ino, large.dev, native.dev, large.mode, native.mode];
        p.ia32.close(99, { errno: "EBADF" });
      });
      expect(facts.map(resolve)).toEqual([3, 5, 5, 5, resolve({ kind: "pid" })]);
      for (let i = 0; i < same.length; i += 2) expect(resolve(same[i]!)).toEqual(resolve(same[i + 1]!));
    });
  });
}
