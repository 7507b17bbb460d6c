/** From the kernel file that a distribution installs to the one that QEMU boots. */
import { copyFileSync, writeFileSync } from "node:fs";
import type { Arch } from "../harness/run/target.ts";
import { extractVmlinux } from "./bzimage.ts";
import { decompressBy } from "./decompress.ts";
import { KernelError } from "./error.ts";

/**
 * On x86_64 the ELF vmlinux, for the PVH entry; elsewhere the file as it is, without the wrapping that some
 * distributions put around the Image of arm64 and riscv64: gzip (Documentation/arch/arm64/booting.rst), or an EFI
 * program that unpacks itself (drivers/firmware/efi/libstub/zboot-header.S).
 * @throws KernelError `unpack`
 */
export async function writeBootable(arch: Arch, installed: string, target: string): Promise<void> {
  const head = new Uint8Array(await Bun.file(installed).slice(0, 64).arrayBuffer());
  const magic = (length: number, from = 0) =>
    Buffer.from(head.subarray(from, from + length)).toString("latin1");
  if (arch === "x86_64" && magic(4) !== "\x7fELF") writeFileSync(target, await extractVmlinux(installed));
  else if (magic(2) === "\x1f\x8b") writeFileSync(target, Bun.gunzipSync(await Bun.file(installed).bytes()));
  else if (magic(2) === "MZ" && magic(4, 4) === "zimg") writeFileSync(target, await zbootPayload(installed));
  else copyFileSync(installed, target);
}

async function zbootPayload(file: string): Promise<Uint8Array> {
  const image = await Bun.file(file).bytes();
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const start = view.getUint32(8, true);
  const length = view.getUint32(12, true);
  if (start + length > image.length) throw new KernelError("unpack", `${file} is cut short`);
  const payload = image.slice(start, start + length);
  const kind = Buffer.from(image.subarray(24, 56)).toString("latin1").split("\0")[0];
  switch (kind) {
    case "gzip":
      return Bun.gunzipSync(payload);
    case "zstd":
    case "zstd22":
      return Bun.zstdDecompressSync(payload);
    case "xzkern":
      return decompressBy(["xz", "--single-stream", "-dc"], payload);
    default:
      throw new KernelError("unpack", `${file}: packed in an unknown way (${kind})`);
  }
}
