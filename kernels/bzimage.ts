/**
 * The ELF kernel inside an x86 bzImage. QEMU starts it through its PVH entry, which saves the seconds that the
 * self-extractor takes under emulation. Layout: Documentation/arch/x86/boot.rst.
 */
import { decompressBy } from "./decompress.ts";
import { KernelError } from "./error.ts";

/** @throws KernelError `unpack` if the file is no bzImage, or packed in a way that Debian does not use. */
export async function extractVmlinux(file: string): Promise<Uint8Array> {
  const image = await Bun.file(file).bytes();
  const payload = payloadOf(image, file);
  const elf = await decompress(payload, file);
  if (magic(elf, 4) !== "7f454c46")
    throw new KernelError("unpack", `${file}: what is packed in it is no ELF file`);
  return elf;
}

function payloadOf(image: Uint8Array, file: string): Uint8Array {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  if (!isBzImage(image)) throw new KernelError("unpack", `${file} is no bzImage`);
  const setupSectors = view.getUint8(0x1f1) || 4;
  const start = (setupSectors + 1) * 512 + view.getUint32(0x248, true);
  const length = view.getUint32(0x24c, true);
  if (start + length > image.length) throw new KernelError("unpack", `${file} is cut short`);
  // The kernel's build appends the unpacked size, four bytes.
  return image.subarray(start, start + length - 4);
}

function isBzImage(image: Uint8Array): boolean {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  return image.length >= 0x268 && view.getUint32(0x202, true) === 0x53726448; /* "HdrS" */
}

/** What `uname -r` will say; undefined if the file is no bzImage, or does not tell. */
export function releaseOfBzImage(image: Uint8Array): string | undefined {
  if (!isBzImage(image)) return undefined;
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const start = view.getUint16(0x20e, true) + 0x200;
  const text = Buffer.from(image.subarray(start, start + 256)).toString("latin1");
  return /^\d+\.\d+[^\s\0]*/.exec(text)?.[0];
}

const magic = (bytes: Uint8Array, length: number) => Buffer.from(bytes.subarray(0, length)).toString("hex");

async function decompress(payload: Uint8Array, file: string): Promise<Uint8Array> {
  switch (magic(payload, 3)) {
    case "28b52f":
      return Bun.zstdDecompressSync(payload);
    case "1f8b08":
      return Bun.gunzipSync(payload as Uint8Array<ArrayBuffer>);
    case "fd377a":
      return decompressBy(["xz", "--single-stream", "-dc"], payload);
    default:
      throw new KernelError("unpack", `${file}: packed in an unknown way (${magic(payload, 6)})`);
  }
}
