/** Kernels of local files: their entries, and what is made of them. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { YamlError } from "../harness/yaml/index.ts";
import { addLocal, type LocalFiles } from "./add-local.ts";
import type { KernelError } from "./error.ts";
import { readLocal } from "./local.ts";
import { prepareLocal } from "./prepare-local.ts";
import { fakeBzImage } from "./testing/deb.ts";
import { verifyLocal } from "./verify.ts";

const id = "x86_64/own-6.14";
const release = "6.14.3-300.own";

let directory: string;
let files: LocalFiles;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "local-"));
  const put = (path: string, content: string | Uint8Array = "") => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
    return join(directory, path);
  };
  put(`lib/${release}/modules.order`, "kernel/drivers/block/virtio_blk.ko\n");
  put(`lib/${release}/modules.builtin`, "kernel/drivers/virtio/virtio_pci.ko\n");
  put(`build/Makefile`, "# build tree\n");
  files = {
    image: put("vmlinuz", fakeBzImage(new TextEncoder().encode("\x7fELF vmlinux"))),
    config: put("config", "CONFIG_VIRTIO_PCI=y\nCONFIG_VIRTIO_CONSOLE=y\nCONFIG_EXT4_FS=m\n"),
    modules: join(directory, "lib", release),
    headers: join(directory, "build"),
    release: undefined,
  };
});
afterEach(() => rmSync(directory, { recursive: true }));

const file = () => join(directory, "local.yaml");
const cache = () => join(directory, "cache");
const add = (change: Partial<LocalFiles> = {}, name = id) =>
  addLocal(name, { ...files, ...change }, { file: file(), cache: cache() });
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "fine",
    (error: KernelError) => error.code,
  );
const unpacked = (path: string) => readFileSync(join(cache(), id, path), "utf8");

test("an added kernel is read back, and unpacked like one of the archive", async () => {
  await add();
  expect(readLocal(file())).toEqual([
    {
      id,
      arch: "x86_64",
      name: "own-6.14",
      series: "6.14",
      local: true,
      release,
      image: { path: files.image, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      config: { path: files.config, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      modules: files.modules!,
      headers: files.headers!,
    },
  ]);
  expect([unpacked("image"), unpacked("modules.order")]).toEqual([
    "\x7fELF vmlinux",
    "kernel/drivers/block/virtio_blk.ko\n",
  ]);
  expect(unpacked(`sysroot/usr/src/linux-headers-${release}/Makefile`)).toBe("# build tree\n");
});

test("headers that are a whole root keep its layout", async () => {
  const tree = join(directory, "root/usr/src", `linux-headers-${release}`);
  mkdirSync(tree, { recursive: true });
  mkdirSync(join(directory, "root/usr/lib/linux-kbuild-6.14"), { recursive: true });
  await add({ headers: join(directory, "root") });
  expect(readdirSync(join(cache(), id, "sysroot/usr/lib"))).toEqual(["linux-kbuild-6.14"]);
});

test("without modules the configuration tells what is built in", async () => {
  await add({ modules: undefined, headers: undefined, release });
  expect([unpacked("modules.builtin"), unpacked("modules.order")]).toEqual([
    "virtio_pci.ko\nvirtio_console.ko\n",
    "",
  ]);
});

test("adding it again replaces the entry; other entries and comments stay", async () => {
  writeFileSync(file(), "# mine\n");
  await add({}, "x86_64/other-6.14");
  await add({ release: "6.14.1" });
  await add();
  expect(readLocal(file()).map((kernel) => [kernel.name, kernel.release])).toEqual([
    ["other-6.14", release],
    ["own-6.14", release],
  ]);
  expect(readFileSync(file(), "utf8")).toStartWith("# mine\n");
});

test("paths in the file may be relative to it", async () => {
  writeFileSync(
    file(),
    `${id}: { release: ${release}, image: { path: vmlinuz }, config: { path: config } }\n`,
  );
  const [kernel] = readLocal(file());
  expect([kernel?.image, kernel?.config]).toEqual([{ path: files.image }, { path: files.config }]);
  expect((await prepareLocal(kernel!, cache())).record.release).toBe(release);
});

test("a file that changed is refused, unless the entry has no sha256", async () => {
  await add();
  const [pinned] = readLocal(file());
  writeFileSync(files.config, "CONFIG_OTHER=y\n");
  expect(await codeOf(prepareLocal(pinned!, cache()))).toBe("sha256");
  expect((await verifyLocal(pinned!, cache())).state).toBe("corrupt");
  await prepareLocal({ ...pinned!, config: { path: files.config } }, cache());
  expect(unpacked("config")).toBe("CONFIG_OTHER=y\n");
});

test("what is unpacked is checked, and mended", async () => {
  await add();
  const [kernel] = readLocal(file());
  expect((await verifyLocal(kernel!, cache())).state).toBe("ok");
  writeFileSync(join(cache(), id, "image"), "rotten");
  expect((await verifyLocal(kernel!, cache())).detail).toBe(join(cache(), id, "image"));
  await prepareLocal(kernel!, cache());
  expect(unpacked("image")).toBe("\x7fELF vmlinux");
});

test.each<[string, () => Partial<LocalFiles>, string]>([
  ["an image that is not there", () => ({ image: join(directory, "nothing") }), "missing-file"],
  ["an image that is none", () => ({ image: files.config }), "unpack"],
  ["a release of another series", () => ({ release: "6.140.1" }), "unknown-kernel"],
  ["a release that nobody tells", () => ({ modules: undefined }), "unknown-kernel"],
  ["headers that are none", () => ({ headers: join(directory, "lib") }), "unpack"],
])("%s is refused, and nothing is written", async (_, change, code) => {
  expect(await codeOf(add(change()))).toBe(code);
  expect(existsSync(file())).toBe(false);
});

test("a malformed entry names the line", () => {
  writeFileSync(file(), `${id}:\n  release: ${release}\n  image: vmlinuz\n`);
  expect(() => readLocal(file())).toThrow(YamlError);
});
