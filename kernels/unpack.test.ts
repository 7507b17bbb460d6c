import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { extractVmlinux } from "./bzimage.ts";
import { listedModules, loadOrder, takeModules } from "./modules.ts";
import { fakeBzImage } from "./testing/deb.ts";

const directory = mkdtempSync(join(tmpdir(), "unpack-"));
afterAll(() => rmSync(directory, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

const elf = new TextEncoder().encode("\x7fELF and the rest");

test("the ELF kernel comes out of a bzImage", async () => {
  expect(await extractVmlinux(file("vmlinuz", fakeBzImage(elf)))).toEqual(elf);
});

test.each([
  ["text", new TextEncoder().encode("hello"), "is no bzImage"],
  ["a bzImage that is cut short", fakeBzImage(elf).subarray(0, -2), "is cut short"],
  ["a bzImage with something else in it", fakeBzImage(new TextEncoder().encode("no ELF")), "is no ELF file"],
])("%s is refused", async (name, bytes, message) => {
  expect(extractVmlinux(file(name, bytes))).rejects.toThrow(message);
});

test("a file may spell a module's name with dashes", () => {
  const list = file("modules.builtin", "kernel/drivers/char/virtio-console.ko\nkernel/fs/ext4/ext4.ko\n");
  expect(listedModules(list)).toEqual(new Set(["virtio_console", "ext4"]));
});

/** An object file with the section that modinfo reads. */
function fakeModule(path: string, depends: string): void {
  const source = `static const char d[] __attribute__((section(".modinfo"), used)) = "depends=${depends}";\n`;
  const { success, stderr } = Bun.spawnSync(["cc", "-xc", "-c", "-o", path, "-"], {
    stdin: Buffer.from(source),
  });
  if (!success) throw new Error(stderr.toString());
}

test("modules are taken with what they depend on, and load after it", async () => {
  const tree = join(directory, "tree/kernel");
  mkdirSync(tree, { recursive: true });
  fakeModule(join(tree, "virtio.ko"), "");
  fakeModule(join(tree, "virtio_ring.ko"), "virtio");
  fakeModule(join(tree, "virtio-pci.ko"), "virtio_ring,virtio");
  fakeModule(join(tree, "ext4.ko"), "jbd2");
  Bun.spawnSync(["xz", join(tree, "virtio_ring.ko")]);
  const target = join(directory, "modules");
  await takeModules(join(directory, "tree"), ["virtio_pci"], target);
  expect((await loadOrder(target, "virtio_pci")).map((path) => basename(path))).toEqual([
    "virtio.ko",
    "virtio_ring.ko",
    "virtio_pci.ko",
  ]);
});

test("a module that depends on one that is not there is refused", async () => {
  expect(takeModules(join(directory, "tree"), ["ext4"], join(directory, "other"))).rejects.toThrow(
    "no module jbd2",
  );
});
