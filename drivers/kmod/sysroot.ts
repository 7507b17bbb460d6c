/**
 * Makes a directory of unpacked linux-headers, linux-kbuild (and, for tools of a newer Debian, libc6, libelf1t64, zlib1g,
 * libzstd1) packages usable where it lies: no chroot, nothing installed.
 */
import { existsSync, lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { $ } from "zx";

const run = $({ quiet: true });

/** The kernel's build tree in a sysroot: `usr/src/linux-headers-<release>`. @throws if there is not exactly one. */
export function headersDir(sysroot: string): string {
  const src = join(sysroot, "usr/src");
  const trees = existsSync(src)
    ? readdirSync(src).filter((name) => name.startsWith("linux-headers-") && !name.endsWith("-common"))
    : [];
  const [tree] = trees;
  if (!tree || trees.length > 1)
    throw new Error(`${src}: expected one linux-headers-<release>, found ${trees.join(", ") || "none"}`);
  return join(src, tree);
}

/** Redo is harmless. @throws with the tool and what it lacks if one cannot be made to run here. */
export async function prepareSysroot(sysroot: string): Promise<void> {
  relocateMakefile(sysroot);
  for (const tool of kbuildTools(sysroot)) await makeRunnable(tool, sysroot);
}

/** The header tree's own Makefile names its -common half by its installed path, or by where the sysroot lay before it was moved. */
function relocateMakefile(sysroot: string): void {
  const file = join(headersDir(sysroot), "Makefile");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(/(^|[\s=])[^\s=]*\/usr\/src\//gm, `$1${sysroot}/usr/src/`));
}

/** ELF programs that a module build runs. Signing and certificate tools are not among them. */
function kbuildTools(sysroot: string): string[] {
  const lib = join(sysroot, "usr/lib");
  return readdirSync(lib)
    .filter((name) => name.startsWith("linux-kbuild-"))
    .flatMap((kbuild) =>
      ["scripts/basic", "scripts/mod", "scripts/genksyms", "tools/objtool", "tools/bpf/resolve_btfids"].map(
        (dir) => join(lib, kbuild, dir),
      ),
    )
    .filter((dir) => existsSync(dir))
    .flatMap((dir) => readdirSync(dir).map((name) => join(dir, name)))
    .filter(isElfProgram);
}

function isElfProgram(path: string): boolean {
  if (!lstatSync(path).isFile() || (statSync(path).mode & 0o111) === 0) return false;
  return readFileSync(path).subarray(0, 4).toString("latin1") === "\x7fELF";
}

/** A tool built against a newer C library than this system's runs with the loader and libraries of the sysroot. */
async function makeRunnable(tool: string, sysroot: string): Promise<void> {
  if ((await missing(tool)) === "") return;
  const loader = join(sysroot, "usr/lib64/ld-linux-x86-64.so.2");
  const libraries = join(sysroot, "usr/lib/x86_64-linux-gnu");
  if (!existsSync(loader))
    throw new Error(`${tool} needs a newer C library than this system's, and ${sysroot} holds no libc6`);
  await run`patchelf --set-interpreter ${loader} --set-rpath ${libraries} ${tool}`;
  const lacks = await missing(tool);
  if (lacks !== "") throw new Error(`${tool} does not run with the libraries of ${sysroot}: ${lacks}`);
}

/** What the tool's own loader fails to find: libraries or versions of symbols; "" if nothing. */
async function missing(tool: string): Promise<string> {
  const loader = (await run`patchelf --print-interpreter ${tool}`).text().trim();
  const list = await run({ nothrow: true })`${loader} --list ${tool}`;
  return list.exitCode === 0 && !list.stdall.includes("not found") ? "" : list.stdall.trim();
}
