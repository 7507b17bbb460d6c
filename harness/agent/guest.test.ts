/** The agent as pid 1: one boot of a kernel of each tested architecture, without a driver. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { ensureKernel } from "../../kernels/index.ts";
import { ensure } from "../build/step.ts";
import {
  AF_INET,
  AT_FDCWD,
  type BlockBuilder,
  type Memory,
  O_CREAT,
  O_RDWR,
  program,
  type Ref,
  SOCK_STREAM,
} from "../program/index.ts";
import type { Arch } from "../run/target.ts";
import { testedArchitectures } from "../run/tested-kernels.ts";
import { boot, type Machine, makeInitramfs, portModules } from "../vm/index.ts";
import { agentBinary } from "./build.ts";
import { Agent } from "./client.ts";
import { executorTests } from "./executor-tests.ts";
import { programFailure } from "./failure.ts";
import { testedAgent } from "./testing.ts";

setDefaultTimeout(240_000);

for (const { arch, kernel, id } of testedArchitectures()) describe(id, () => guestTests(arch, kernel));

function guestTests(arch: Arch, kernelName: string): void {
  let machine: Machine;
  let agent: Agent;

  beforeAll(async () => {
    const kernel = await ensureKernel(arch, kernelName);
    const binary = agentBinary(arch);
    await ensure(binary);
    const initramfs = makeInitramfs({ init: binary.outputs[0]!, modules: await portModules(kernel) });
    machine = await boot({ arch, kernel: kernel.image, initramfs });
    agent = await Agent.connect(machine.channel, { slowdown: machine.slowdown });
  });
  afterAll(async () => {
    await machine?.[Symbol.asyncDispose]();
  });

  executorTests(arch, () => testedAgent(arch, agent));

  async function run(build: (p: BlockBuilder) => void, timeoutMs = 1000) {
    const built = program(arch, build);
    const reply = await agent.run(built, { timeoutMs });
    return { ...reply, failure: programFailure(built, reply) };
  }

  const text = async (path: string) => new TextDecoder().decode(await agent.getFile(path));

  test("the guest has what cases and drivers need", async () => {
    expect(agent.info).toMatchObject({ arch, cpus: 1, helper: "/scapyard/exec-me" });
    expect(agent.info.features).toMatchObject({ cgroup: true, ia32: arch === "x86_64", init: true });
    const mounted = (await text("/proc/mounts"))
      .split("\n")
      .map((line) => line.split(" ").slice(1, 3).join(" "));
    const wanted = [
      "/proc proc",
      "/sys sysfs",
      "/dev devtmpfs",
      "/dev/shm tmpfs",
      "/tmp tmpfs",
      "/scapyard tmpfs",
    ];
    wanted.push(
      "/sys/fs/cgroup cgroup2",
      "/sys/fs/bpf bpf",
      "/sys/kernel/debug debugfs",
      "/sys/kernel/tracing tracefs",
    );
    expect(wanted.filter((mount) => !mounted.includes(mount))).toEqual([]);
    // s390x has no compiler of BPF programs.
    if (arch !== "s390x") expect(await text("/proc/sys/net/core/bpf_jit_enable")).toBe("1\n");
    expect(machine.console).not.toContain("scapyard agent");
  });

  test("a program runs in a cgroup and a session of its own", async () => {
    let contents: Memory | undefined;
    const same: Ref[] = [];
    const { failure, resolve } = await run((p) => {
      contents = p.buffer(256);
      p.read(p.openat(AT_FDCWD, "/proc/self/cgroup", 0), contents, 256);
      same.push(p.getsid(0), p.getpgid(0), p.getpid());
    });
    expect(failure).toBeNull();
    const line = new TextDecoder().decode(resolve(contents!.text()) as Uint8Array);
    expect(line).toMatch(/^0::\/scapyard\.\d+\.\d+\n$/);
    expect(same.map(resolve)).toEqual(Array(3).fill(resolve({ kind: "pid" })));
  });

  test("connections over the loopback interface work", async () => {
    const { failure } = await run((p) => {
      const address = p.sockaddrIn("127.0.0.1", 0);
      const listener = p.socket(AF_INET, SOCK_STREAM, 0);
      p.bind(listener, address, 16);
      p.listen(listener, 1);
      p.getsockname(listener, address, p.int(16));
      p.connect(p.socket(AF_INET, SOCK_STREAM, 0), address, 16);
      p.accept4(listener, 0, 0, 0);
    });
    expect(failure).toBeNull();
  });

  test("a time-out kills every process, and leaves neither cgroup nor directory", async () => {
    const { failure } = await run((p) => {
      p.openat(AT_FDCWD, "left-behind", O_CREAT | O_RDWR, 0o600);
      p.fork((c) => {
        c.setsid();
        c.fork((g) => void g.ppoll(0, 0, 0, 0, 8));
      });
    }, 100);
    expect(failure).toBe("the program timed out in r4 = ppoll(0, 0, 0, 0, 8)");
    let links: Ref | undefined;
    const { resolve } = await run((p) => {
      links = p.stat("/scapyard").nlink;
    });
    // ".", "..", and this run's own directory: no other is left.
    expect(resolve(links!)).toBe(3);
    const cgroups = await run((p) => p.rmdir("/sys/fs/cgroup/scapyard.0", { errno: "ENOENT" }));
    expect(cgroups.failure).toBeNull();
  });

  test("stop powers the machine off", async () => {
    await agent.stop();
    expect(await machine.within(5000, "power off", machine.exited)).toBe(0);
  });
}
