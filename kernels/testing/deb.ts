/** Small packages with the files that real kernel packages have. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { $ } from "zx";

export interface FakePackage {
  readonly name: string;
  readonly version: string;
  readonly depends?: string;
  /** Debian's name; default `amd64`. */
  readonly architecture?: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

/** Builds `<directory>/<name>_<version>_<architecture>.deb`, unless it is there, and returns its path. */
export async function buildDeb(
  { name, version, depends, architecture = "amd64", files }: FakePackage,
  directory: string,
): Promise<string> {
  const deb = join(directory, `${name}_${version}_${architecture}.deb`);
  if (existsSync(deb)) return deb;
  const tree = mkdtempSync(join(directory, "deb-"));
  const control = [
    `Package: ${name}`,
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    "Maintainer: Nobody <nobody@example.org>",
    ...(depends ? [`Depends: ${depends}`] : []),
    "Description: made up\n",
  ].join("\n");
  for (const [path, content] of Object.entries({ ...files, "DEBIAN/control": control })) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), content);
  }
  await $({ quiet: true })`dpkg-deb --root-owner-group --build ${tree} ${deb}`;
  rmSync(tree, { recursive: true });
  return deb;
}

/** A bzImage with a gzipped payload, as the x86 boot protocol lays it out. */
export function fakeBzImage(vmlinux: Uint8Array<ArrayBuffer>): Uint8Array {
  const payload = Bun.gzipSync(vmlinux);
  const image = new Uint8Array(1024 + payload.length + 4);
  const view = new DataView(image.buffer);
  view.setUint8(0x1f1, 1);
  view.setUint32(0x202, 0x53726448, true);
  view.setUint32(0x248, 0, true);
  view.setUint32(0x24c, payload.length + 4, true);
  image.set(payload, 1024);
  view.setUint32(1024 + payload.length, vmlinux.length, true);
  return image;
}

/** Image and header packages of one kernel release, named and filled like Debian's up to 6.18. */
export function fakeKernel(release: string, version: string): FakePackage[] {
  const common = release.replace(/-amd64$/, "-common");
  const kbuild = `linux-kbuild-${release.replace(/-amd64$/, "")}`;
  const vmlinux = new TextEncoder().encode(`\x7fELF kernel ${release}`);
  return [
    {
      name: `linux-image-${release}`,
      version,
      files: {
        [`boot/vmlinuz-${release}`]: fakeBzImage(vmlinux),
        [`boot/config-${release}`]: "CONFIG_BPF_JIT=y\n# CONFIG_KMSAN is not set\nCONFIG_IA32_EMULATION=y\n",
        [`lib/modules/${release}/modules.builtin`]: "kernel/drivers/virtio/virtio_pci.ko\n",
        [`lib/modules/${release}/modules.order`]: "",
        // Too random to be compressed: a transfer of this package can be cut in the middle.
        "usr/share/doc/noise": crypto.getRandomValues(new Uint8Array(60_000)),
      },
    },
    {
      name: `linux-headers-${release}`,
      version,
      depends: `${kbuild}, linux-headers-${release.replace(/-amd64$/, "-common")} (= ${version})`,
      files: { [`usr/src/linux-headers-${release}/Makefile`]: `# ${release}\n` },
    },
    {
      name: `linux-headers-${release.replace(/-amd64$/, "-common")}`,
      version,
      files: { [`usr/src/linux-headers-${common}/Makefile`]: "" },
    },
    { name: kbuild, version, files: { [`usr/lib/${kbuild}/scripts/basic/fixdep`]: "" } },
  ];
}
