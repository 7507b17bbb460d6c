/** What this machine lacks costs the targets that need it, with the reason; other targets of the run go on. */
import { afterAll, expect, test } from "bun:test";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPath, root } from "../build/root.ts";
import { parseResults } from "./read-results.ts";
import type { CaseResult } from "./results.ts";

const dir = mkdtempSync(join(tmpdir(), "broken-host-"));
afterAll(() => rmSync(dir, { recursive: true }));

const patience = 300_000;

async function spawn(command: readonly string[], env: Record<string, string>) {
  const child = Bun.spawn([...command], {
    cwd: root,
    env: { ...process.env, ...env },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { status: await child.exited, text: out + err };
}

function casesIn(file: string): CaseResult[] {
  return parseResults(readFileSync(file, "utf8")).lines.filter((line) => line.kind === "case");
}

/** The cases of close on a target, with the command in front of the test runner's. */
async function closeCases(name: string, target: string, env: Record<string, string>, before: string[] = []) {
  const results = join(dir, `${name}.jsonl`);
  const command = [process.execPath, "test", "drivers/cases/"];
  const { text } = await spawn([...before, ...command], {
    ...env,
    SCAPYARD_TARGET: target,
    SCAPYARD_CASE: "close/*",
    SCAPYARD_RESULTS: results,
  });
  const found = existsSync(results) ? casesIn(results) : [];
  if (found.length === 0) throw new Error(text);
  return found;
}

test(
  "without QEMU every case says what is missing and what to do",
  async () => {
    const bin = join(dir, "no-qemu");
    mkdirSync(bin);
    for (const from of ["/usr/sbin", "/usr/bin"])
      for (const name of readdirSync(from))
        if (!name.startsWith("qemu-") && !existsSync(join(bin, name)))
          symlinkSync(join(from, name), join(bin, name));
    for (const result of await closeCases("no-qemu", "x86_64/debian-6.12/kmod", { PATH: bin })) {
      expect([result.outcome, result.cause]).toEqual(["infra-error", "boot"]);
      expect(result.reason).toContain("qemu-system-x86_64 is missing; run ./scapyard setup");
    }
  },
  patience,
);

const inNamespace = ["unshare", "--map-root-user", "--mount"];
const mayMount = Bun.spawnSync([...inNamespace, "true"]).success;
const why = mayMount ? "" : " [skipped: this user may not make a mount namespace]";

test.skipIf(!mayMount)(
  `a disk without room for a guest is said${why}`,
  async () => {
    const snapshots = buildPath("snapshots");
    mkdirSync(snapshots, { recursive: true });
    const script = 'mount -t tmpfs -o size=64m none "$0" && exec "$@"';
    const results = await closeCases("full", "x86_64/debian-6.12/kmod", {}, [
      ...inNamespace,
      ...["sh", "-c", script, snapshots],
    ]);
    for (const result of results) {
      expect([result.outcome, result.cause]).toEqual(["infra-error", "disk-full"]);
      expect(result.reason).toContain("no space left for 512 MiB of guest RAM");
    }
  },
  patience,
);

test(
  "a machine that never starts costs its target; the other targets of the run pass",
  async () => {
    const bin = join(dir, "wrapped");
    mkdirSync(bin);
    const real = Bun.which("qemu-system-x86_64")!;
    const wrapper = `#!/bin/sh
case "$*" in *debian-6.1/*) echo "the host bridge is on fire" >&2; exit 1 ;; esac
exec ${real} "$@"
`;
    writeFileSync(join(bin, "qemu-system-x86_64"), wrapper);
    chmodSync(join(bin, "qemu-system-x86_64"), 0o755);
    const results = join(dir, "run.jsonl");
    const words = ["--case", "close/*", "--results", results, "--report", join(dir, "page.html"), "--json"];
    const targets = ["--target", "x86_64/debian-6.1/kmod", "--target", "x86_64/debian-6.12/kmod"];
    const env = { PATH: `${bin}:${process.env.PATH}` };
    const { status } = await spawn(
      [process.execPath, "harness/cli/main.ts", "run", ...targets, ...words],
      env,
    );
    expect(status).toBe(3);
    const [broken, whole] = ["x86_64/debian-6.1/kmod", "x86_64/debian-6.12/kmod"].map((name) =>
      casesIn(results).filter(({ target }) => target === name),
    );
    expect(whole!.length).toBeGreaterThan(0);
    expect(broken!.length).toBe(whole!.length);
    expect(new Set(whole!.map(({ outcome }) => outcome))).toEqual(new Set(["pass"]));
    for (const { outcome, cause, reason } of broken!) {
      expect([outcome, cause]).toEqual(["infra-error", "boot"]);
      expect(reason).toContain("the host bridge is on fire");
    }
  },
  patience,
);
