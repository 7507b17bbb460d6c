import { expect, setDefaultTimeout, spyOn, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatTarget } from "../run/target.ts";
import { jobCount } from "./job-count.ts";
import { main } from "./main.ts";
import { parseReproId } from "./repro.ts";

// Lists load every case in a process of their own; a busy machine takes seconds for one.
setDefaultTimeout(60_000);

/** Run the command line in this process, and catch what it prints. */
async function cli(...argv: string[]) {
  const out: string[] = [];
  const keep = (text: unknown) => out.push(String(text)) > 0;
  using _write = spyOn(process.stdout, "write").mockImplementation(keep);
  using _log = spyOn(console, "log").mockImplementation(keep);
  using _error = spyOn(console, "error").mockImplementation(keep);
  return { status: await main(argv), text: out.join("\n") };
}

test.each([
  [["rnu"], "unknown command rnu; did you mean run?"],
  [["--vresion"], "unknown option --vresion; did you mean --version?"],
  [["run", "--taget", "x"], "unknown option --taget; did you mean --target?"],
  [["run", "--target"], "argument missing"],
  [["run", "extra"], 'unexpected argument "extra"'],
  [["run", "--profile", "amd46"], "unknown profile amd46; did you mean amd64?"],
  [["repro"], "an argument is missing"],
  [["repro", "nonsense"], '"nonsense" is not TARGET:CASE'],
  [["repro", "vax/debian-6.12/kmod:open/x"], 'architecture "vax" is none of'],
  [["report", "no-such-file.jsonl"], "there are no results in"],
] as const)("%p is a usage error", async (argv, message) => {
  const { status, text } = await cli(...argv);
  expect(text).toContain(message);
  expect(status).toBe(2);
});

test.each(["setup", "run", "test", "report", "repro", "kernels"])("%s has help", async (name) => {
  const { status, text } = await cli(name, "--help");
  expect(text).toStartWith(`usage: scapyard ${name} `);
  expect(status).toBe(0);
});

test("the help names every command, and without a command it is an error to see it", async () => {
  const { status, text } = await cli("--help");
  for (const name of ["setup", "run", "test", "report", "repro", "kernels", "scap-open"])
    expect(text).toMatch(new RegExp(`^  ${name} `, "m"));
  expect([status, (await cli()).status]).toEqual([0, 2]);
});

/** In a process of its own: cases are loaded once per process. */
async function list(...words: string[]) {
  const command = [process.execPath, join(import.meta.dir, "main.ts"), "run", "--list", ...words];
  const child = Bun.spawn(command, { stdout: "pipe", stderr: "pipe" });
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { status: await child.exited, out, err };
}

const small = ["--target", "x86_64/debian-6.12/*", "--case", "open/*"];

test("the list of a run is every case of every target, as repro takes it", async () => {
  const { status, out } = await list(...small);
  const targets = new Map<string, string[]>();
  for (const { target, id } of out.trim().split("\n").map(parseReproId))
    targets.getOrInsertComputed(formatTarget(target), () => []).push(id);
  expect([...targets.keys()]).toEqual(["x86_64/debian-6.12/modern_bpf", "x86_64/debian-6.12/kmod"]);
  const [one, other] = [...targets.values()];
  expect(one?.length).toBeGreaterThan(0);
  expect(one).toEqual(other!);
  expect(status).toBe(0);
});

test("shards of a run list together what the whole lists; for programs by target", async () => {
  const whole = JSON.parse((await list("--json", ...small)).out);
  expect(whole.map(({ target }: { target: string }) => target)).toEqual([
    "x86_64/debian-6.12/modern_bpf",
    "x86_64/debian-6.12/kmod",
  ]);
  const lines = (await list(...small)).out.trim().split("\n");
  const shards = await Promise.all(["1/3", "2/3", "3/3"].map((shard) => list(...small, "--shard", shard)));
  expect(shards.flatMap(({ out }) => out.trim().split("\n"))).toEqual(lines);
});

test("whoever names targets means any kernel, else the newest ones", async () => {
  const of = async (...words: string[]) => {
    const { out } = await list("--json", "--case", "dup/*", ...words);
    return JSON.parse(out).map(({ target }: { target: string }) => target);
  };
  expect(await of("--target", "x86_64/debian-5.10/kmod")).toEqual(["x86_64/debian-5.10/kmod"]);
  const usual: string[] = await of();
  expect(usual).toHaveLength(10);
  expect(new Set(usual.map((target) => target.split("/")[0])).size).toBe(5);
});

test("a profile may be a file, and a slip in it is told with its place", async () => {
  const dir = mkdtempSync(join(tmpdir(), "profile-"));
  try {
    writeFileSync(join(dir, "mine.yaml"), "include:\n  - kernel: debian-6.12\n    driver: kmdo\n");
    const { status, err } = await list("--profile", join(dir, "mine.yaml"));
    expect(err).toContain("mine.yaml:3:13: unknown name kmdo; did you mean kmod");
    expect(status).toBe(2);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test.each([
  [["--target", "x86_64/debian-6.13/kmod"], "did you mean x86_64/debian-6.1"],
  [["--case", "opena/creates-a-file"], "did you mean open/creates-a-file"],
  [["--case", "opne/*"], "did you mean open/*"],
  [["--shard", "4/3"], "--shard: a shard is <number>/<how many>"],
])("%p, which nothing matches, is a usage error", async (words, message) => {
  const { status, err } = await list(...words);
  expect(err).toContain(message);
  expect(status).toBe(2);
});

test("--jobs takes whole numbers from 1", () => {
  expect(jobCount("3")).toBe(3);
  expect(jobCount(undefined)).toBeGreaterThan(0);
  for (const bad of ["0", "-1", "1.5", "x", ""]) expect(() => jobCount(bad)).toThrow("--jobs takes");
});
