/** scap-open here: files, this machine's state, and wrong usage. */
import { describe, expect, test } from "bun:test";
import { ensure } from "../../harness/build/step.ts";
import { hostArch } from "../../harness/setup/host.ts";
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
