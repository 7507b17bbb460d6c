/** scap-open on files, here and in guests of the other architectures. With drivers: scap-open-options.test.ts. */
import { describe, expect, test } from "bun:test";
import { ensure } from "../../harness/build/step.ts";
import type { Arch } from "../../harness/run/target.ts";
import { hostArch } from "../../harness/setup/host.ts";
import { CommandGuest } from "../../harness/vm/testing/commands.ts";
import { ensureKernel } from "../../kernels/index.ts";
import { scapOpen } from "../libscap/build.ts";

const program = scapOpen(hostArch());
await ensure(program);
const vmHttp = `${import.meta.dir}/../scap/testdata/vm-http.scap.gz`;

function run(...options: string[]) {
  const { stdout, stderr, exitCode } = Bun.spawnSync([program.outputs[0]!, ...options]);
  return { lines: stdout.toString().trimEnd().split("\n"), stderr: stderr.toString(), exitCode };
}

describe("a file", () => {
  test("all of it, and what it was", () => {
    const { lines, stderr, exitCode } = run("--scap_file", vmHttp);
    expect(exitCode).toBe(0);
    expect(lines.length).toBe(16922);
    expect(stderr).toContain("printed 16922 events");
    expect(stderr).toContain("1 sections, 3 processes, 228 fds, 9 users and groups, 3 interfaces");
  });

  test("some events of one type", () => {
    const { lines } = run("--scap_file", vmHttp, "--num_events", "3", "--evt_type", "23");
    expect(lines.length).toBe(3);
    for (const line of lines) expect(line).toMatch(/^\d+\.\d{9} \d+ \(\d+\) < connect res=/);
  });

  test("one that is not there", () => {
    expect(run("--scap_file", "/nonexistent")).toMatchObject({
      exitCode: 1,
      stderr: "scap-open: cannot open /nonexistent: No such file or directory\n",
    });
  });
});

test("--nodriver shows this process", () => {
  const { lines, stderr, exitCode } = run("--nodriver");
  expect(exitCode).toBe(0);
  expect(lines.join("\n")).toMatch(
    new RegExp(`^thread \\d+ of \\d+ \\(parent ${process.pid}, .*: ${program.outputs[0]}, `, "m"),
  );
  expect(lines.join("\n")).toMatch(/^user 0 root$/m);
  expect(stderr).toMatch(/^machine: .* \d+ processes/);
});

test("--print_syscalls tells every code of this architecture", () => {
  const { lines, exitCode } = run("--print_syscalls");
  expect(exitCode).toBe(0);
  expect(lines.find((line) => line.includes("PPM_SC_OPENAT "))?.trim()).toMatch(
    /^\d+ PPM_SC_OPENAT \(system call \d+\)$/,
  );
  expect(lines.length).toBeGreaterThan(300);
});

test("--help names every option", () => {
  const { lines } = run("--help");
  const wanted =
    "scap_file kmod modern_bpf nodriver processes_from ppm_sc num_events evt_type buffer_dim simple_set cpus_for_buf available_cpus drop-failed verbose print_syscalls help";
  for (const name of wanted.split(" ")) expect(lines.join("\n")).toContain(`  --${name}`);
});

test.each([
  [[]],
  [["--modern_bpf", "--kmod", "--scap_file", "x"]],
  [["--num_events", "many"]],
  [["--verbose", "9"]],
  [["--ppm_sc", "99999"]],
  [["--nodriver", "--processes_from", "somewhere"]],
  [["--unknown"]],
])("wrong usage: %j", (options) => {
  expect(run(...options).exitCode).toBe(2);
});

async function guestOf(arch: Arch, kernelName: string, files: Record<string, string>) {
  const step = scapOpen(arch);
  await ensure(step);
  const kernel = await ensureKernel(arch, kernelName);
  return CommandGuest.boot(kernel, { "bin/scap-open": step.outputs[0]!, ...files });
}

const patience = 300_000;

const someEvents = ["--num_events", "300"];

test.each([
  ["aarch64", "debian-6.12"],
  ["s390x", "debian-6.12"],
  ["riscv64", "debian-6.12"],
  ["ppc64le", "debian-6.12"],
] as const)(
  "a file is printed alike on every architecture, also on one of the other byte order; processes are seen: %s/%s",
  async (arch, kernel) => {
    await using guest = await guestOf(arch, kernel, { "vm-http.scap.gz": vmHttp });
    const file = ["/bin/scap-open", "--scap_file", "/vm-http.scap.gz", ...someEvents];
    const { text, status } = await guest.run(file);
    const lines = text.split("\n").filter((line) => /^\d+\.\d{9} /.test(line));
    expect({ status, lines }).toEqual({
      status: 0,
      lines: run("--scap_file", vmHttp, ...someEvents).lines,
    });
    const state = await guest.run(["/bin/scap-open", "--nodriver"]);
    expect({ ...state, status: state.status }).toMatchObject({ status: 0 });
    expect(state.text).toMatch(/^thread 1 of 1 \(parent 0, uid 0\) init: \/init, [1-9]\d* KiB$/m);
    expect(state.text).toMatch(/^thread \d+ of \d+ \(parent 1, uid 0\) scap-open: \/bin\/scap-open, /m);
    expect(state.text).toMatch(/^thread 2 of 2 \(parent 0, uid 0\) kthreadd: , 0 KiB$/m);
    // Its output, a pipe (7); and the port of process 1, a file (16) that has a device.
    expect(state.text).toMatch(/^fd 1 of \d+: type 7, inode \d+, .* pipe:\[\d+\]$/m);
    expect(state.text).toMatch(
      /^fd \d+ of 1: type 16, inode \d+, device [1-9]\d*, flags \d+, .*\/dev\/vport\dp1$/m,
    );
    expect(state.text).toMatch(/vanished 0, unreadable 0, unresolved sockets 0$/m);
  },
  patience,
);
