/** A guest for what captures with Bun: this checkout, a shell for scripts, and the module. */
import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { kmodModule, modulePath } from "../../../../drivers/kmod/build.ts";
import { schemaStep } from "../../../../drivers/schema/build.ts";
import { ensureKernel } from "../../../../kernels/index.ts";
import { libscapShared } from "../../../../lib/libscap/build.ts";
import { re2Shared } from "../../../../lib/sinsp/regex/build.ts";
import { buildPath, root } from "../../../build/root.ts";
import { ensure } from "../../../build/step.ts";
import { hostArch } from "../../../setup/host.ts";
import { CommandGuest } from "../../../vm/testing/commands.ts";
import { checkoutFiles, type GuestFiles, type HostArch } from "./checkout.ts";

const kernelName = "debian-6.12";
const memory = 1536;

/** The libraries that a program or library of this machine is linked with. */
function librariesOf(file: string): string[] {
  const { stdout } = Bun.spawnSync(["ldd", file]);
  return [...stdout.toString().matchAll(/ => (\/\S+)/g)].map((match) => match[1]!);
}

/** What scripts begin with: `. /env`. In emulation, compiling a script to machine code takes longer than it saves. */
function environment(): string {
  const file = buildPath("testing", "guest-env");
  const settings = "PATH=/bin HOME=/ TZ=UTC SCAPYARD_PREBUILT=1 BUN_JSC_useBaselineJIT=0";
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `export ${settings}\ncd ${root}\n`);
  return file;
}

/** Of this machine's architecture, because the system's RE2 and shell are. @param files besides; scripts for /bin/sh, say */
export async function checkoutGuest(files: GuestFiles): Promise<CommandGuest> {
  const arch = hostArch() as HostArch;
  const kernel = await ensureKernel(arch, kernelName);
  const withHeaders = { ...kernel, headers: kernel.headers! };
  const re2 = re2Shared(arch);
  await ensure(kmodModule(withHeaders));
  const checkout = await checkoutFiles(arch, [schemaStep, libscapShared(arch), re2]);
  const tools: GuestFiles = {};
  for (const name of ["sh", "sleep", "cat"]) tools[`bin/${name}`] = realpathSync(`/bin/${name}`);
  const libraries = [re2.outputs[0]!, ...Object.values(tools)].flatMap(librariesOf);
  const shared = libraries.map((path) => [`lib/${basename(path)}`, realpathSync(path)]);
  return CommandGuest.boot(
    kernel,
    {
      ...Object.fromEntries(shared),
      ...checkout,
      ...tools,
      env: environment(),
      "scapyard.ko": modulePath(withHeaders),
      ...files,
    },
    [],
    memory,
  );
}
