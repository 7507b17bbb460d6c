import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Arch } from "../harness/run/target.ts";
import { writeBootable } from "./bootable.ts";
import { fakeBzImage } from "./testing/deb.ts";

const directory = mkdtempSync(join(tmpdir(), "bootable-"));
afterAll(() => rmSync(directory, { recursive: true }));

async function bootable(arch: Arch, installed: Uint8Array): Promise<string> {
  const file = join(directory, "vmlinuz");
  writeFileSync(file, installed);
  await writeBootable(arch, file, join(directory, "image"));
  return readFileSync(join(directory, "image"), "latin1");
}

const bytes = (text: string) => new TextEncoder().encode(text);
const elf = bytes("\x7fELF and the rest of a vmlinux, which is longer than that");

/** An Image inside an EFI program that unpacks itself. */
function zboot(kind: string, payload: Uint8Array): Uint8Array {
  const image = new Uint8Array(64 + payload.length);
  image.set(bytes("MZ\0\0zimg"));
  const view = new DataView(image.buffer);
  view.setUint32(8, 64, true);
  view.setUint32(12, payload.length, true);
  image.set(bytes(kind), 24);
  image.set(payload, 64);
  return image;
}

test.each<[string, Arch, Uint8Array, string]>([
  ["a bzImage", "x86_64", fakeBzImage(elf), "\x7fELF and the rest of a vmlinux, which is longer than that"],
  ["a vmlinux", "x86_64", elf, "\x7fELF and the rest of a vmlinux, which is longer than that"],
  ["a raw Image", "aarch64", bytes("MZ raw"), "MZ raw"],
  ["a gzipped Image", "aarch64", Bun.gzipSync(bytes("Image")), "Image"],
  ["a zboot Image, gzip", "aarch64", zboot("gzip", Bun.gzipSync(bytes("Image"))), "Image"],
  ["a zboot Image, zstd", "riscv64", zboot("zstd", Bun.zstdCompressSync(bytes("Image"))), "Image"],
])("%s", async (_, arch, installed, expected) => {
  expect(await bootable(arch, installed)).toBe(expected);
});

test.each<[string, Arch, Uint8Array, string]>([
  ["text on x86_64", "x86_64", bytes("hello"), "is no bzImage"],
  [
    "a zboot Image that is cut short",
    "aarch64",
    zboot("gzip", bytes("12345")).subarray(0, -1),
    "is cut short",
  ],
  ["a zboot Image of another kind", "aarch64", zboot("lzo", bytes("12345")), "unknown way (lzo)"],
])("%s is refused", async (_, arch, installed, message) => {
  expect(bootable(arch, installed)).rejects.toThrow(message);
});
