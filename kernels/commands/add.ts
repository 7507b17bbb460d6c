import { resolve } from "node:path";
import { type Arguments, flag, type OwnCommand, string, UsageError } from "../../harness/cli/command.ts";
import { exitStatus } from "../../harness/run/exit-status.ts";
import { addLocal, type LocalFiles } from "../add-local.ts";
import { isKernelId, readCatalogue } from "../catalogue.ts";
import { kernelCache } from "../index.ts";
import { localFile } from "../local.ts";

export const addCommand: OwnCommand = {
  summary: "make a kernel of local files known",
  usage: "NAME --image FILE --config FILE [--modules DIR] [--headers DIR] [--release RELEASE]",
  details: `NAME is <arch>/<distribution>-<series>[-<flavour>]: x86_64/fedora-6.14. Writes an entry with the sha256 of image and
config to kernels/local.yaml (the variable SCAPYARD_LOCAL_KERNELS names another file), which is not part of the repository, and unpacks the
kernel once. An entry of the same name is replaced. The files are only read, and must stay where they are.`,
  options: {
    image: { type: "string", value: "FILE", help: "what boots: vmlinuz, Image or vmlinux" },
    config: { type: "string", value: "FILE", help: "the kernel's .config" },
    modules: { type: "string", value: "DIR", help: "its /lib/modules/<release>" },
    headers: {
      type: "string",
      value: "DIR",
      help: "its build tree, or a root with usr/src/linux-headers-<release>; without: no kmod",
    },
    release: {
      type: "string",
      value: "RELEASE",
      help: "what uname -r says (read from the files where they tell)",
    },
    json: { type: "boolean", help: "print the entry as JSON" },
  },
  positionals: [1, 1],
  run: add,
};

/** @throws UsageError, KernelError */
async function add(args: Arguments): Promise<number> {
  const [id] = args.positionals;
  if (!isKernelId(id!)) throw new UsageError(`"${id}" is no name of a kernel; one is x86_64/fedora-6.14`);
  if (readCatalogue().some((kernel) => kernel.id === id))
    throw new UsageError(`${id} is a kernel of the catalogue`);
  const entry = await addLocal(id!, filesOf(args), { file: localFile(), cache: kernelCache });
  console.log(
    flag(args, "json") ? JSON.stringify(entry, null, 2) : `${id} ${entry.release} is in ${localFile()}`,
  );
  return exitStatus.ok;
}

function filesOf(args: Arguments): LocalFiles {
  const path = (name: string) => {
    const value = string(args, name);
    return value === undefined ? undefined : resolve(value);
  };
  const image = path("image");
  const config = path("config");
  if (!image || !config) throw new UsageError(`--${image ? "config" : "image"} is missing`);
  return {
    image,
    config,
    modules: path("modules"),
    headers: path("headers"),
    release: string(args, "release"),
  };
}
