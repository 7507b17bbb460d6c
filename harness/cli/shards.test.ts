/** Shards, each run alone, come together to what one run says; resuming does only what is left. */
import { afterAll, expect, test } from "bun:test";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../build/root.ts";
import { mergeResults } from "../run/merge-results.ts";
import { parseResults } from "../run/read-results.ts";
import { reproId } from "../run/repro.ts";

const dir = mkdtempSync(join(tmpdir(), "shards-"));
afterAll(() => rmSync(dir, { recursive: true }));

const patience = 300_000;
const selection = ["--target", "x86_64/debian-6.12/*", "--case", "close/*", "--case", "dup/*"];

async function run(name: string, ...words: string[]) {
  const file = join(dir, `${name}.jsonl`);
  const command = [process.execPath, "harness/cli/main.ts", "run", "--json", ...selection];
  const child = Bun.spawn([...command, "--results", file, "--report", join(dir, "page.html"), ...words], {
    cwd: root,
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  if ((await child.exited) > 1) throw new Error(`${out}\n${err}`);
  return { file, lines: readFileSync(file, "utf8").trim().split("\n") };
}

/** Case → outcome. */
function outcomes(lines: readonly string[]): string[] {
  const { cases } = mergeResults(parseResults(lines.join("\n")).lines);
  return [...cases.values()].map((result) => `${reproId(result)} ${result.outcome}`).sort();
}

test(
  "merged shards equal an unsharded run; each case is in one of them",
  async () => {
    const whole = await run("whole");
    const shards = [];
    for (const shard of ["1/3", "2/3", "3/3"]) shards.push(await run(`shard${shard[0]}`, "--shard", shard));
    const merged = outcomes(shards.flatMap(({ lines }) => lines));
    expect(merged.length).toBeGreaterThan(6);
    expect(merged).toEqual(outcomes(whole.lines));
    expect(shards.map(({ lines }) => outcomes(lines).length).reduce((sum, count) => sum + count)).toBe(
      merged.length,
    );
  },
  patience,
);

test(
  "a resumed run keeps what is done, repeats a line that was cut short, and ends with everything",
  async () => {
    const { file, lines } = await run("resumed");
    const all = outcomes(lines);
    const caseLines = lines.filter((line) => line.includes('"kind":"case"'));
    const kept = caseLines.slice(0, 3).map((line) => line.replace(/"ms":\d+/, '"ms":424242'));
    const others = lines.filter((line) => !line.includes('"kind":"case"'));
    writeFileSync(file, `${[...others, ...kept].join("\n")}\n`);
    appendFileSync(file, caseLines[3]!.slice(0, 40));
    const again = await run("resumed", "--resume");
    expect(outcomes(again.lines)).toEqual(all);
    const fresh = again.lines.filter((line) => line.includes('"kind":"case"') && !line.includes("424242"));
    expect(fresh.length - 1).toBe(all.length - kept.length);
  },
  patience,
);
