/**
 * One file from the mirror, by apt's own transport: proxies, credentials and mirror methods of the machine's apt
 * configuration hold. A partial file is continued by a range request.
 */
import { existsSync, rmSync, statSync } from "node:fs";
import { $ } from "zx";
import { KernelError } from "../error.ts";

const helper = "/usr/lib/apt/apt-helper";

export interface Download {
  readonly url: string;
  /** Where it goes; what is there already is taken for the beginning of it. */
  readonly file: string;
  /** What the bytes must hash to. Only a file that is verified otherwise may come without. */
  readonly sha256?: string;
  /** Called a few times a second with the bytes so far. */
  readonly progress?: (bytes: number) => void;
}

/** @throws KernelError `gone`, `sha256`, `disk-full` or `download`; the file is kept only after `download`. */
export async function download({ url, file, sha256, progress }: Download): Promise<void> {
  if (!existsSync(helper))
    throw new KernelError("no-mirror", `${helper} is missing: kernels are fetched through apt`);
  const ticker = progress && setInterval(() => progress(sizeOf(file)), 250);
  try {
    const expected = sha256 ? [`SHA256:${sha256}`] : [];
    // No sandbox user: the build directory is ours, and apt's user may not enter it.
    const options = ["-o", "APT::Sandbox::User=", "-o", "Acquire::Retries=2"];
    const env = { ...process.env, LC_ALL: "C" };
    // Dies with this process: two transfers must not write one file.
    const result = await $({
      nothrow: true,
      quiet: true,
      env,
    })`setpriv --pdeathsig TERM ${helper} ${options} download-file ${url} ${file} ${expected}`;
    if (result.exitCode !== 0) throw refusal(url, file, result.stdout + result.stderr);
    if (!existsSync(file)) throw new KernelError("download", `${url}: apt-helper left no file`);
    progress?.(sizeOf(file));
  } finally {
    clearInterval(ticker);
    // apt puts aside what it refuses; nobody wants it.
    rmSync(`${file}.FAILED`, { force: true });
  }
}

const sizeOf = (file: string) => (existsSync(file) ? statSync(file).size : 0);

function refusal(url: string, file: string, output: string): KernelError {
  const drop = () => rmSync(file, { force: true });
  const shown = decodeURIComponent(url);
  if (/404 +Not Found|File not found/.test(output)) {
    drop();
    return new KernelError("gone", `the mirror has no ${shown}`);
  }
  if (/Hash Sum mismatch/.test(output)) {
    drop();
    const received = /received file:\s+- SHA256:([0-9a-f]+)/.exec(output)?.[1];
    return new KernelError(
      "sha256",
      `${shown} is refused: its sha256 is ${received ?? "another"}, not the one expected`,
    );
  }
  if (/No space left on device/.test(output)) {
    drop();
    return new KernelError("disk-full", `no space left on device for ${file}`);
  }
  const reason = output
    .split("\n")
    .map((line) => line.trim())
    .findLast((line) => line.startsWith("E: ") && line !== "E: Download Failed");
  return new KernelError("download", `${shown}: ${reason?.slice(3) ?? output.trim()}`);
}
