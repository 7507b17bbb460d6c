/** The shell entry, in a copy of the checkout with an npm of our own. */
import { afterEach, expect, test } from "bun:test";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../build/root.ts";

const dirs: string[] = [];
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true });
});

/** What the pinned package is called: the last word of a line of bun.sha512. */
const version = /bun-linux-x64-([\d.]+)\.tgz/.exec(
  await Bun.file(join(import.meta.dir, "bun.sha512")).text(),
)![1]!;

/** Commands that the entry may use; no Bun, and no npm but the one given. */
const tools = "sh dirname sed uname grep id mkdir rm mv cat cmp sha512sum tar gzip touch env chmod".split(
  " ",
);

interface Checkout {
  readonly dir: string;
  run(): Promise<{ status: number; out: string; err: string }>;
}

function executable(file: string, text: string): void {
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}

async function checkout(commands: Readonly<Record<string, string>>): Promise<Checkout> {
  const dir = mkdtempSync(join(tmpdir(), "entry-"));
  dirs.push(dir);
  const bin = join(dir, "bin");
  for (const part of [bin, join(dir, "harness/setup"), join(dir, "harness/cli"), join(dir, "node_modules")])
    mkdirSync(part, { recursive: true });
  for (const file of ["scapyard", "harness/setup/bun.sha512", "package.json", "bun.lock"])
    cpSync(join(root, file), join(dir, file));
  writeFileSync(join(dir, "harness/cli/main.ts"), "");
  const words = ["package.json", "bun.lock"].map((file) => Bun.file(join(root, file)).text());
  writeFileSync(join(dir, "node_modules/.scapyard-installed"), (await Promise.all(words)).join(""));
  for (const tool of tools) executable(join(bin, tool), `#!/bin/sh\nexec ${Bun.which(tool)} "$@"\n`);
  for (const [name, text] of Object.entries(commands)) executable(join(bin, name), `#!/bin/sh\n${text}\n`);
  return { dir, run: () => runEntry(dir, bin) };
}

async function runEntry(dir: string, bin: string) {
  const child = Bun.spawn([join(dir, "scapyard"), "some", "words"], {
    env: { PATH: bin },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { status: await child.exited, out, err };
}

/** An npm whose `pack` makes a package with a Bun that prints its arguments. */
const npm = `[ "$1" = pack ] || exit 1
mkdir package package/bin
echo '"version": "${version}"' >package/package.json
printf '#!/bin/sh\\necho bun "$@"\\n' >package/bin/bun
chmod +x package/bin/bun
case $3 in *-x64@*) name=bun-linux-x64;; *-baseline@*) name=bun-linux-x64-baseline;; *) name=bun-linux-aarch64;; esac
tar -czf oven-$name-${version}.tgz package
rm -r package`;

test("a Bun whose sha512 is not the one in the repository is refused, and nothing is kept", async () => {
  const { dir, run } = await checkout({ npm });
  const { status, err } = await run();
  expect(err).toContain("sha512 differs");
  expect(status).toBe(3);
  expect(readdirSync(join(dir, "build"))).toEqual([]);
});

test("a Bun with the right sha512 is installed once, and runs the command line", async () => {
  const { dir, run } = await checkout({ npm, sha512sum: "exit 0" });
  const first = await run();
  expect(first).toMatchObject({ status: 0, out: `bun ${dir}/harness/cli/main.ts some words\n` });
  expect(first.err).toContain(`installing Bun ${version}`);
  rmSync(join(dir, "bin/npm"));
  expect(await run()).toEqual({ status: 0, out: first.out, err: "" });
});

test("a download that fails leaves nothing behind", async () => {
  const { dir, run } = await checkout({ npm: "exit 1" });
  const { status, err } = await run();
  expect(err).toContain("npm could not download");
  expect(status).toBe(3);
  expect(readdirSync(join(dir, "build"))).toEqual([]);
});

test("without npm and without root it prints the command to run", async () => {
  const { dir, run } = await checkout({ id: "echo 1000", "apt-get": "exit 1", sudo: "exit 1" });
  const { status, err } = await run();
  expect(err).toContain("run: sudo apt-get update && sudo apt-get install -y --no-install-recommends npm");
  expect(status).toBe(3);
  expect(existsSync(join(dir, "build/bun"))).toBe(false);
});

test("without npm and apt it says what to install", async () => {
  const { run } = await checkout({});
  expect(await run()).toMatchObject({
    status: 3,
    err: expect.stringContaining("npm is missing: install it"),
  });
});

test("a Bun of the system is used only if it is the pinned version", async () => {
  const bun = (printed: string) => `[ "$1" = --version ] && { echo ${printed}; exit; }\necho system "$@"`;
  const right = await checkout({ bun: bun(version) });
  expect((await right.run()).out).toStartWith("system ");
  const wrong = await checkout({ bun: bun("1.0.0"), npm: "exit 1" });
  expect((await wrong.run()).err).toContain("installing Bun");
});

test("stale packages are installed from the lock", async () => {
  const { dir, run } = await checkout({
    bun: `[ "$1" = --version ] && { echo ${version}; exit; }\necho "$@"`,
  });
  writeFileSync(join(dir, "bun.lock"), "another");
  const { err, out } = await run();
  expect(err).toContain("install --frozen-lockfile");
  expect(out).toEndWith("main.ts some words\n");
  expect((await run()).err).toBe("");
});

test("the entry is plain sh", () => {
  const { exitCode, stderr } = Bun.spawnSync(["dash", "-n", join(root, "scapyard")]);
  expect([exitCode, stderr.toString()]).toEqual([0, ""]);
});
