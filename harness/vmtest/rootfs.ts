/** The root directory that vmtest shares with its guest: what its init script calls, from Debian packages. */
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { debianArchitecture } from "../../kernels/catalogue.ts";
import { fetchIndex, type SuiteIndex } from "../../kernels/debian/index.ts";
import { configuredMirror } from "../../kernels/debian/mirror.ts";
import type { PackageEntry } from "../../kernels/debian/packages.ts";
import { ensureDeb } from "../../kernels/debs.ts";
import { kernelCache } from "../../kernels/index.ts";
import { unpackDeb } from "../../kernels/unpack.ts";
import { withLock } from "../build/lock.ts";
import { buildPath } from "../build/root.ts";
import type { Arch } from "../run/target.ts";

/** Debian 12 has no riscv64. */
const suiteOf = (arch: Arch) => (arch === "riscv64" ? "trixie" : "bookworm");
const wanted = ["bash", "coreutils", "mount", "util-linux", "grep", "sed", "qemu-guest-agent"];
/** Only for installing packages. */
const needless = new Set([
  "debconf",
  "perl-base",
  "dpkg",
  "tar",
  "init-system-helpers",
  "lsb-base",
  "base-files",
]);
const directories = ["proc", "sys", "dev", "tmp", "run", "var/run", "mnt", "root", "scapyard", "etc"];
/** Where Debian 12's packages have files of their own, and Debian 13's take links into /usr for granted. */
const merged = ["bin", "sbin", "lib", "lib64"];

/** The directory for an architecture, made once. @throws KernelError if the mirror has no packages for it */
export function ensureRootfs(arch: Arch, say: (line: string) => void): Promise<string> {
  const directory = buildPath(arch, "vmtest-rootfs");
  const complete = join(directory, "etc/complete");
  return withLock(`vmtest-rootfs-${arch}`, async () => {
    if (existsSync(complete)) return directory;
    say(`making the root directory for ${arch} guests of vmtest`);
    rmSync(directory, { recursive: true, force: true });
    const mirror = await configuredMirror();
    const suite = suiteOf(arch);
    const index = await fetchIndex(
      mirror,
      suite,
      debianArchitecture[arch],
      join(kernelCache, "index"),
      undefined,
      () => true,
    );
    for (const entry of closure(index)) {
      const file = { ...entry, role: "library", package: entry.name, suite } as const;
      await unpackDeb(await ensureDeb(kernelCache, file, configuredMirror), directory);
    }
    for (const name of merged)
      if (!existsSync(join(directory, name))) symlinkSync(`usr/${name}`, join(directory, name));
    for (const name of directories) mkdirSync(join(directory, name), { recursive: true });
    // vmtest ends the machine itself; what its script calls at its end must merely exist.
    writeFileSync(join(directory, "bin/poweroff"), "#!/bin/bash\necho o >/proc/sysrq-trigger\n", {
      mode: 0o755,
    });
    writeFileSync(complete, "");
    return directory;
  });
}

/** The packages and all that they depend on; what no package of that name provides is left out. */
function closure({ packages }: SuiteIndex): PackageEntry[] {
  const byName = new Map(packages.map((entry) => [entry.name, entry]));
  const found = new Map<string, PackageEntry>();
  const queue = [...wanted];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const entry = byName.get(name);
    if (!entry || found.has(name) || needless.has(name)) continue;
    found.set(name, entry);
    queue.push(...entry.depends);
  }
  return [...found.values()];
}
