/** Archives in the kernel's initramfs format, "newc" (Documentation/driver-api/early-userspace/buffer-format.rst). */

export interface CpioEntry {
  /** Without a slash at the beginning; directories come before what is in them. */
  readonly path: string;
  /** Type and permissions: 0o100755, 0o040755. */
  readonly mode: number;
  readonly data?: Uint8Array;
}

/** The same entries make the same bytes: times and owners are 0. */
export function cpio(entries: readonly CpioEntry[]): Uint8Array {
  const parts = entries.flatMap((entry, index) => record(entry, index + 1));
  return Buffer.concat([...parts, ...record({ path: "TRAILER!!!", mode: 0 }, 0)]);
}

function record({ path, mode, data = new Uint8Array() }: CpioEntry, inode: number): Uint8Array[] {
  const name = Buffer.from(`${path}\0`);
  const links = mode & 0o040000 ? 2 : 1;
  const fields = [inode, mode, 0, 0, links, 0, data.length, 0, 0, 0, 0, name.length, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, "0")).join("")}`;
  return [Buffer.from(header), name, padding(header.length + name.length), data, padding(data.length)];
}

/** Header with name, and data, each end at a multiple of four. */
const padding = (length: number) => new Uint8Array(-length & 3);
