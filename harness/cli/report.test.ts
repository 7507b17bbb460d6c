import { afterAll, expect, test } from "bun:test";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jsonl, result, run } from "../../reports/testing/results.ts";
import { root } from "../build/root.ts";

const dir = mkdtempSync(join(tmpdir(), "report-"));
afterAll(() => rmSync(dir, { recursive: true }));

const file = (name: string, lines: readonly unknown[]) => {
  writeFileSync(join(dir, name), `${jsonl(lines).join("\n")}\n`);
  return join(dir, name);
};
const old = file("old.jsonl", [run(1), result("openat/a", "pass"), result("openat/b", "fail")]);
const young = file("new.jsonl", [run(2), result("openat/a", "fail"), result("openat/b", "pass")]);

async function report(...words: string[]) {
  const command = [process.execPath, join(root, "harness/cli/main.ts"), "report", ...words];
  const child = Bun.spawn([...command, "-o", join(dir, "out/index.html")], {
    cwd: root,
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { status: await child.exited, out, err };
}

test("the page, and what stands beside it", async () => {
  expect((await report(old)).status).toBe(0);
  for (const name of ["index.html", "results.json", "summary.md", "junit.xml", "badge-x86_64-kmod.svg"])
    expect(existsSync(join(dir, "out", name))).toBe(true);
});

test("changes since older results are counted, and fail if asked to", async () => {
  const plain = await report("--against", old, young);
  expect(plain.out).toContain("changes: 1 regression, 1 fixed\n");
  expect(plain.status).toBe(0);
  expect((await report("--against", old, "--fail-on", "regression", young)).status).toBe(1);
  expect((await report("--against", old, "--fail-on", "unstable", young)).status).toBe(0);
});

test("a broken line is told by file and number, and the status is 1", async () => {
  const broken = file("broken.jsonl", [run(1), { kind: "case" }, result("openat/a", "pass")]);
  const { status, out, err } = await report(broken);
  expect(err).toContain(`${broken}:2: `);
  expect(out).toMatch(/x86_64\/debian-6.12\/kmod +1\n/);
  expect(status).toBe(1);
});

test("a change that there is not, and one without older results, are usage errors", async () => {
  const typo = await report("--against", old, "--fail-on", "regresion", young);
  expect(typo.err).toContain('unknown change "regresion"');
  expect(typo.status).toBe(2);
  expect((await report("--fail-on", "regression", young)).status).toBe(2);
  expect((await report(join(dir, "none.jsonl"))).err).toContain("there are no results in");
});
