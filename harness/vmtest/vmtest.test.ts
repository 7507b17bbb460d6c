/** Targets for vmtest: what they say, and, where vmtest was built, that cases pass in its guests. */
import { expect, test } from "bun:test";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../build/root.ts";
import { isAvailable } from "../build/step.ts";
import { parseResults } from "../run/read-results.ts";
import { parseTarget } from "../run/target.ts";
import { vmtestBinary } from "./build.ts";
import { configuration, wrapper } from "./export.ts";
import { RecordedChannel } from "./recorded.ts";

const paths = { kernel: "/k", rootfs: "/r", initramfs: "/i", qemu: '/a "b"/qemu' };

test("the configuration is TOML that says what the target says", () => {
  const target = parseTarget("s390x/debian-7.2/kmod+memory=2048");
  const { target: targets } = Bun.TOML.parse(configuration(target, paths)) as { target: object[] };
  expect(targets).toMatchObject([
    {
      name: "s390x/debian-7.2/kmod+memory=2048",
      arch: "s390x",
      qemu_command: '/a "b"/qemu',
      vm: { memory: "2048M", num_cpus: 1, extra_args: ["-initrd", "/i"] },
    },
  ]);
});

test("the wrapper leaves KVM out, names the CPU, and keeps every other word", async () => {
  const dir = mkdtempSync(join(tmpdir(), "wrapper-"));
  try {
    const qemu = join(dir, "qemu-system-x86_64");
    writeFileSync(qemu, `#!/bin/sh\nfor word; do printf '%s\\n' "$word"; done\n`);
    writeFileSync(join(dir, "wrapper"), wrapper(parseTarget("x86_64/debian-6.12/kmod")));
    for (const file of [qemu, join(dir, "wrapper")]) chmodSync(file, 0o755);
    const words = ["-enable-kvm", "-cpu", "host", "-append", "two words", "", "-m", "1G"];
    const child = Bun.spawn([join(dir, "wrapper"), ...words], {
      env: { ...process.env, PATH: `${dir}:${process.env.PATH}` },
      stdout: "pipe",
    });
    const said = (await new Response(child.stdout).text()).split("\n").slice(0, -1);
    expect(said).toEqual([
      "-accel",
      "tcg,thread=multi",
      "-cpu",
      "max",
      "-append",
      "two words",
      "",
      "-m",
      "1G",
    ]);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test("what is recorded is answered once, and then the channel is at its end", async () => {
  const channel = new RecordedChannel();
  await channel.write(new Uint8Array([1, 2]));
  await channel.write(new Uint8Array([3]));
  expect([...channel.requests]).toEqual([1, 2, 3]);
  channel.answer(new Uint8Array([4]));
  expect([await channel.read(), await channel.read()]).toEqual([new Uint8Array([4]), null]);
});

const built = isAvailable(vmtestBinary());
const why = built ? "" : " [skipped: vmtest is built by ./scapyard run --vm vmtest]";

test
  .skipIf(!built)
  .each([
    "x86_64/debian-6.12/modern_bpf",
    "x86_64/debian-6.12/kmod",
    "aarch64/debian-7.3/modern_bpf",
    "s390x/debian-7.2/modern_bpf",
    "riscv64/debian-7.2/modern_bpf",
    "ppc64le/debian-7.2/modern_bpf",
  ])(
  `cases pass in a guest of vmtest: %s${why}`,
  async (target) => {
    const dir = mkdtempSync(join(tmpdir(), "vmtest-"));
    try {
      const results = join(dir, "results.jsonl");
      const child = Bun.spawn([process.execPath, "harness/vmtest/child.ts"], {
        cwd: root,
        env: {
          ...process.env,
          SCAPYARD_TARGET: target,
          SCAPYARD_CASE: "{close,dup,sched_process_exit}/*",
          SCAPYARD_RESULTS: results,
        },
        stderr: "inherit",
      });
      expect(await child.exited).toBe(0);
      const { lines } = parseResults(readFileSync(results, "utf8"));
      const cases = lines.filter((line) => line.kind === "case");
      const bad = cases.filter(({ outcome, cause }) => outcome !== "pass" && cause !== "not-on-arch");
      expect(bad).toEqual([]);
      expect(cases.filter(({ outcome }) => outcome === "pass").length).toBeGreaterThan(3);
      expect(lines.filter(({ kind }) => kind === "target")).toHaveLength(1);
    } finally {
      rmSync(dir, { recursive: true });
    }
  },
  900_000,
);
