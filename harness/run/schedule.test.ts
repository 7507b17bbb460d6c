import { afterEach, expect, test } from "bun:test";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mergeResults } from "./merge-results.ts";
import type { Outcome, ResultLine, TargetResult } from "./results.ts";
import { runSchedule, type Schedule } from "./schedule.ts";

const dirs: string[] = [];
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true });
});

const cases = ["open/a", "open/b"].map((id) => ({ id, syscall: "open", file: "cases/open.test.ts" }));

const line = (id: string, outcome: Outcome) =>
  `echo '${JSON.stringify({ kind: "case", target: "T", case: id, syscall: "open", outcome, ms: 1, repro: "r" })}' |
  sed "s,\\"T\\",\\"$SCAPYARD_TARGET\\"," >>"$SCAPYARD_RESULTS";`;

/** Run a shell script in place of `bun test`, on two targets. */
async function schedule(script: string, more: Partial<Schedule> = {}) {
  const dir = mkdtempSync(join(tmpdir(), "schedule-"));
  dirs.push(dir);
  const lines: ResultLine[] = [];
  const broken: string[] = [];
  await runSchedule({
    parts: ["x86_64/k/kmod", "x86_64/k/modern_bpf"].map((target) => ({ target, cases, part: 1, parts: 1 })),
    jobs: 2,
    dir,
    command: () => ["sh", "-c", script],
    signal: new AbortController().signal,
    onBroken: (_, message) => broken.push(message),
    ...more,
    onResult: (result, part) => {
      lines.push(result);
      more.onResult?.(result, part);
    },
  });
  const results = [...mergeResults(lines).cases.values()];
  return { dir, lines, broken, outcomes: results.map(({ outcome }) => outcome), results };
}

test("every case of every target gets the result that its child wrote", async () => {
  const { results } = await schedule(line("open/a", "pass") + line("open/b", "fail"));
  expect(results.map(({ target, case: id, outcome }) => `${target}:${id} ${outcome}`).sort()).toEqual([
    "x86_64/k/kmod:open/a pass",
    "x86_64/k/kmod:open/b fail",
    "x86_64/k/modern_bpf:open/a pass",
    "x86_64/k/modern_bpf:open/b fail",
  ]);
});

test("the child is told its target and its cases, and gets a directory for temporary files that goes away", async () => {
  const { dir } = await schedule(
    'echo "$SCAPYARD_TARGET $SCAPYARD_CASE $TMPDIR"; touch "$TMPDIR/left-behind"',
  );
  const log = readFileSync(join(dir, "x86_64_k_kmod", "log.txt"), "utf8");
  const [target, glob, temporary] = log.trim().split(" ");
  expect([target, glob]).toEqual(["x86_64/k/kmod", "{open/a,open/b}"]);
  expect(existsSync(temporary!)).toBe(false);
});

test("a child that dies leaves not-run cases, with how it ended and the end of its log", async () => {
  const { results } = await schedule(`${line("open/a", "pass")} echo the last words; kill -9 $$`);
  const lost = results.filter((result) => result.case === "open/b");
  expect(lost.map(({ outcome, reason, console }) => ({ outcome, reason, console }))).toEqual(
    Array(2).fill({
      outcome: "not-run",
      reason: "the test process was ended by SIGKILL before this case",
      console: "the last words",
    }),
  );
});

test("what a target line says about the whole target holds for each of its cases", async () => {
  const kernel = {
    name: "k",
    series: "6",
    release: "6",
    package: "p",
    locked: "1",
    actual: "1",
    sha256: "0",
  };
  const target: TargetResult = {
    kind: "target",
    target: "T",
    arch: "x86_64",
    driver: "kmod",
    kernel,
    outcome: "unsupported",
    cause: "no-btf",
    reason: "no BTF",
  };
  const { results } = await schedule(`echo '${JSON.stringify(target)}' >>"$SCAPYARD_RESULTS"`);
  expect(results.map(({ outcome, cause, reason }) => [outcome, cause, reason])).toEqual(
    Array(4).fill(["unsupported", "no-btf", "no BTF"]),
  );
});

test("a broken line is told, and its case is not-run", async () => {
  const { broken, outcomes } = await schedule('echo "{half" >>"$SCAPYARD_RESULTS"');
  expect(broken).toEqual(Array(2).fill("not JSON (cut short?)"));
  expect(outcomes).toEqual(Array(4).fill("not-run"));
});

test("an interruption ends the child's children, keeps what there is, and marks the rest", async () => {
  const controller = new AbortController();
  const script = `sleep 1000 & echo $! >"$SCAPYARD_RESULTS.pid"; ${line("open/a", "pass")} wait`;
  const { dir, results } = await schedule(script, {
    jobs: 1,
    signal: controller.signal,
    onResult: () => controller.abort(),
  });
  expect(results.map(({ outcome, cause }) => [outcome, cause])).toEqual([
    ["pass", undefined],
    ["not-run", "interrupted"],
    ["not-run", "interrupted"],
    ["not-run", "interrupted"],
  ]);
  const pid = Number(readFileSync(join(dir, "x86_64_k_kmod", "results.jsonl.pid"), "utf8"));
  while (runs(pid)) await Bun.sleep(5);
});

test("a result that cannot be recorded ends all children, and is the error of the run", async () => {
  const script = `echo $$ >>"$SCAPYARD_RESULTS.pid"; ${line("open/a", "pass")} exec sleep 1000`;
  const full = new Error("the disk is full");
  const started = performance.now();
  const run = schedule(script, {
    onResult: () => {
      throw full;
    },
  });
  expect(await run.catch((error) => error)).toBe(full);
  expect(performance.now() - started).toBeLessThan(10_000);
  const dir = dirs.at(-1)!;
  for (const target of ["x86_64_k_kmod", "x86_64_k_modern_bpf"]) {
    const file = join(dir, target, "results.jsonl.pid");
    if (existsSync(file)) expect(runs(Number(readFileSync(file, "utf8")))).toBe(false);
  }
});

test("what a child does is told once for each stage", async () => {
  const stages: string[] = [];
  const script = `printf boot >"$SCAPYARD_STAGE"; sleep 0.5; printf cases >"$SCAPYARD_STAGE"; sleep 0.5;
    ${line("open/a", "pass")} ${line("open/b", "pass")}`;
  await schedule(script, { jobs: 1, onStage: ({ target }, stage) => stages.push(`${target} ${stage}`) });
  expect(stages).toEqual([
    "x86_64/k/kmod boot",
    "x86_64/k/kmod cases",
    "x86_64/k/modern_bpf boot",
    "x86_64/k/modern_bpf cases",
  ]);
});

test("guests wait for memory, but one always runs; a smaller one may overtake", async () => {
  const need = (target: string) => (target.endsWith("kmod") ? 900 : 200);
  const most = async (limit: number) => {
    let now = 0;
    let peak = 0;
    const order: string[] = [];
    const parts = ["a/k/kmod", "b/k/kmod", "c/k/modern_bpf"].map((target) => ({
      target,
      cases,
      part: 1,
      parts: 1,
    }));
    await schedule("sleep 0.2", {
      parts,
      jobs: 3,
      memory: { limit, need },
      onStart: ({ target }) => {
        order.push(target[0]!);
        peak = Math.max(peak, ++now);
      },
      onEnd: () => now--,
    });
    return { peak, order: order.join("") };
  };
  expect(await most(2000)).toEqual({ peak: 3, order: "abc" });
  expect(await most(1100)).toEqual({ peak: 2, order: "acb" });
  expect(await most(100)).toEqual({ peak: 1, order: "abc" });
});

test("when the run itself is killed, its children and theirs do not stay", async () => {
  const dir = mkdtempSync(join(tmpdir(), "schedule-"));
  dirs.push(dir);
  const pid = join(dir, "pid");
  const script = join(import.meta.dir, "testdata/endless-child.ts");
  const run = Bun.spawn([process.execPath, script, dir, pid], { stdio: ["ignore", "inherit", "inherit"] });
  while (!existsSync(pid) || readFileSync(pid, "utf8") === "") await Bun.sleep(10);
  const child = Number(readFileSync(pid, "utf8"));
  expect(runs(child)).toBe(true);
  run.kill("SIGKILL");
  await run.exited;
  while (runs(child)) await Bun.sleep(5);
});

/** A dead process may stay as a zombie until its new parent reaps it. */
function runs(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
