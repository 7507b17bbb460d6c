import { expect, spyOn, test } from "bun:test";
import { jobCount } from "./job-count.ts";
import { main } from "./main.ts";
import { parseReproId } from "./repro.ts";

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
  [["run", "--target", "x86_64/debian-6.13/kmod", "--list"], "did you mean x86_64/debian-6.1"],
  [["run", "--case", "opena/*", "--list"], 'no case matches "opena/*"'],
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

test("the list of a run is every case of every target, as repro takes it", async () => {
  const { status, text } = await cli("run", "--list", "--json", "--target", "*/debian-6.12/*");
  const ids: string[] = JSON.parse(text);
  expect(status).toBe(0);
  expect(new Set(ids.map((id) => parseReproId(id).target.driver))).toEqual(new Set(["modern_bpf", "kmod"]));
});

test("--jobs takes whole numbers from 1", () => {
  expect(jobCount("3")).toBe(3);
  expect(jobCount(undefined)).toBeGreaterThan(0);
  for (const bad of ["0", "-1", "1.5", "x", ""]) expect(() => jobCount(bad)).toThrow("--jobs takes");
});
