/** Decompression by the system's tools, for what the runtime cannot unpack itself. */
import { KernelError } from "./error.ts";

/** @param tool a decompressor with its arguments, from stdin to stdout. @throws KernelError `unpack` */
export async function decompressBy(
  tool: readonly string[],
  input: Uint8Array | Bun.BunFile,
): Promise<Uint8Array> {
  const child = Bun.spawn([...tool], { stdin: input, stdout: "pipe", stderr: "pipe" });
  const [output, complaint, status] = await Promise.all([
    new Response(child.stdout).bytes(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  if (status !== 0) throw new KernelError("unpack", `${tool[0]}: ${complaint.trim()}`);
  return output;
}
