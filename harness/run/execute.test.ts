import { afterEach, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Execution, execute } from "./execute.ts";
import { parseResults } from "./read-results.ts";

const dirs: string[] = [];
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true });
});

const target = "x86_64/k/kmod";
const work = [
  { target, cases: ["open/a", "open/b"].map((id) => ({ id, syscall: "open", file: "open.test.ts" })) },
];

/** Shell that reports an outcome for a case if the case is selected. */
const report = (id: string, outcome: string) => {
  const result = {
    kind: "case",
    target,
    case: id,
    syscall: "open",
    outcome,
    ms: 1,
    repro: "r",
    reason: "why",
  };
  return `case "$SCAPYARD_CASE" in *${id}*) echo '${JSON.stringify(result)}' >>"$SCAPYARD_RESULTS";; esac;`;
};

function scratch(): string {
  const dir = mkdtempSync(join(tmpdir(), "execute-"));
  dirs.push(dir);
  return dir;
}

async function run(dir: string, script: string, more: Partial<Execution> = {}) {
  const results = join(dir, "results.jsonl");
  const merged = await execute({
    work,
    jobs: 1,
    estimate: (_, cases) => cases,
    dir: join(dir, "scratch"),
    command: () => ["sh", "-c", script],
    signal: new AbortController().signal,
    results,
    resume: false,
    retry: false,
    run: { id: "1", started: "2026-01-01T00:00:00Z", scapyard: "0", command: ["run"] },
    onResult: () => {},
    ...more,
  });
  const { lines } = parseResults(readFileSync(results, "utf8"));
  return {
    lines,
    outcomes: Object.fromEntries([...merged.cases.values()].map((line) => [line.case, line.outcome])),
  };
}

test("the file begins with the run, then has every result", async () => {
  const { lines, outcomes } = await run(scratch(), report("open/a", "pass") + report("open/b", "pass"));
  expect(lines.map(({ kind }) => kind)).toEqual(["run", "case", "case"]);
  expect(outcomes).toEqual({ "open/a": "pass", "open/b": "pass" });
});

test("a resumed run does only what has no verdict, and keeps the rest", async () => {
  const dir = scratch();
  await run(dir, `${report("open/a", "fail")} exit 1`);
  const again = report("open/a", "pass") + report("open/b", "pass");
  const { outcomes, lines } = await run(dir, again, { resume: true });
  expect(outcomes).toEqual({ "open/a": "fail", "open/b": "pass" });
  expect(lines.filter(({ kind }) => kind === "run")).toHaveLength(2);
});

test("a line that was cut short costs no more than itself when the run is resumed", async () => {
  const dir = scratch();
  const both = report("open/a", "pass") + report("open/b", "pass");
  await run(dir, both);
  const file = join(dir, "results.jsonl");
  truncateSync(file, statSync(file).size - 5);
  await run(dir, both, { resume: true });
  const { lines, broken } = parseResults(readFileSync(file, "utf8"));
  expect(lines.map(({ kind }) => kind)).toEqual(["run", "case", "run", "case"]);
  expect(broken).toHaveLength(1);
});

test("a run that is not resumed starts over", async () => {
  const dir = scratch();
  await run(dir, report("open/a", "fail"));
  const { outcomes } = await run(dir, report("open/a", "pass") + report("open/b", "pass"));
  expect(outcomes).toEqual({ "open/a": "pass", "open/b": "pass" });
});

test("resuming without a file is an error", async () => {
  expect(run(scratch(), "true", { resume: true })).rejects.toThrow("there is nothing to resume");
});

test("a failure that passes when repeated is flaky, one that fails again stays a failure", async () => {
  const dir = scratch();
  const second = `if [ -e ${dir}/ran ]; then ${report("open/a", "pass")} ${report("open/b", "fail")}
    else touch ${dir}/ran; ${report("open/a", "fail")} ${report("open/b", "fail")} fi`;
  const { outcomes, lines } = await run(dir, second, { retry: true });
  expect(outcomes).toEqual({ "open/a": "flaky", "open/b": "fail" });
  expect(lines.at(-1)).toMatchObject({ reason: "failed, then passed when repeated: why" });
});
