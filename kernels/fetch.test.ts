/** Fetching from an archive that misbehaves in every way: what is refused, what is kept, what is taken instead. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CatalogueKernel } from "./catalogue.ts";
import { debPath } from "./debs.ts";
import type { KernelError } from "./error.ts";
import { fetchKernel } from "./fetch.ts";
import { fileOf, type PackageSet } from "./lock.ts";
import type { FetchOptions } from "./progress.ts";
import { Resolver } from "./resolve.ts";
import { FakeArchive } from "./testing/archive.ts";
import { fakeKernel } from "./testing/deb.ts";

// apt waits between its retries, and the host may be busy.
setDefaultTimeout(60_000);

const kernel: CatalogueKernel = {
  id: "x86_64/test-6.99",
  arch: "x86_64",
  name: "test-6.99",
  series: "6.99",
  flavour: "amd64",
  suites: ["bookworm"],
};
const first = fakeKernel("6.99.1+deb12-amd64", "6.99.1-1");
const second = fakeKernel("6.99.10+deb12-amd64", "6.99.10-1");

let archive: FakeArchive;
let cache: string;
let locked: PackageSet;
let notes: string[];

beforeAll(async () => {
  archive = await FakeArchive.create();
});
afterAll(() => archive[Symbol.asyncDispose]());

beforeEach(async () => {
  cache = mkdtempSync(join(tmpdir(), "kernels-"));
  notes = [];
  archive.missing.clear();
  archive.replaced.clear();
  archive.cut.clear();
  await archive.publish("bookworm", first);
  locked = await new Resolver(async () => archive.mirror, cache).newest(kernel);
  archive.requests.length = 0;
});
afterEach(() => rmSync(cache, { recursive: true }));

function fetch(options: FetchOptions = {}) {
  return fetchKernel(kernel, locked, {
    ...options,
    cache,
    mirror: async () => archive.mirror,
    progress: (progress) => progress.kind === "note" && notes.push(progress.text),
  });
}

/** Code and message of the error that a fetch ends with. */
async function refusal(options?: FetchOptions): Promise<[string, string]> {
  const error = (await fetch(options).then(
    () => expect.unreachable("the fetch should be refused"),
    (error) => error,
  )) as KernelError;
  return [error.code, error.message];
}

const imagePath = () => `/debian/${fileOf(locked, "image")!.path}`;
const kept = () =>
  existsSync(join(cache, "debs")) ? readdirSync(join(cache, "debs")).filter((n) => n !== "partial") : [];

test("a locked kernel is fetched, verified and unpacked", async () => {
  const record = await fetch();
  const directory = join(cache, "x86_64/test-6.99");
  expect({
    version: record.version,
    image: readFileSync(join(directory, "image"), "latin1"),
    makefile: readFileSync(
      join(directory, "sysroot/usr/src/linux-headers-6.99.1+deb12-amd64/Makefile"),
      "utf8",
    ),
    debs: kept().length,
  }).toEqual({
    version: "6.99.1-1",
    image: "\x7fELF kernel 6.99.1+deb12-amd64",
    makefile: "# 6.99.1+deb12-amd64\n",
    debs: 4,
  });
});

test("what is cached needs no network", async () => {
  await fetch();
  archive.requests.length = 0;
  await fetch();
  expect(archive.requests).toEqual([]);
});

test("a package with other bytes is refused, and nothing of it is kept", async () => {
  archive.replaced.set(imagePath(), Uint8Array.from(Buffer.from("evil")));
  const [code, message] = await refusal();
  expect(code).toBe("sha256");
  expect(message).toContain(imagePath());
  expect(existsSync(debPath(cache, fileOf(locked, "image")!))).toBe(false);
  expect(readdirSync(join(cache, "debs/partial"))).toEqual([]);
});

test("a Release file that was altered after signing is refused", async () => {
  archive.edit("dists/bookworm/InRelease", (text) =>
    text.replace("Codename: bookworm", "Codename: bookworm\nX: y"),
  );
  const [code, message] = await refusal();
  expect([code, message.includes("BADSIG"), kept()]).toEqual(["signature", true, []]);
});

test("a Release file without signature is refused", async () => {
  const unsigned = readFileSync(join(archive.directory, "debian/dists/bookworm/Release"));
  archive.replaced.set("/debian/dists/bookworm/InRelease", Uint8Array.from(unsigned));
  expect((await refusal())[0]).toBe("signature");
});

test("a Release file signed by somebody else is refused", async () => {
  await using other = await FakeArchive.create();
  await other.publish("bookworm", first);
  const foreign = readFileSync(join(other.directory, "debian/dists/bookworm/InRelease"));
  archive.replaced.set("/debian/dists/bookworm/InRelease", Uint8Array.from(foreign));
  const [code, message] = await refusal();
  expect([code, message.includes("unknown key")]).toEqual(["signature", true]);
});

test("a Release file of another suite is refused", async () => {
  await archive.publish("trixie", first);
  const other = readFileSync(join(archive.directory, "debian/dists/trixie/InRelease"));
  archive.replaced.set("/debian/dists/bookworm/InRelease", Uint8Array.from(other));
  expect(await refusal()).toEqual(["signature", "the Release file of bookworm says that it is of trixie"]);
});

test("a Release file past its date is refused", async () => {
  await archive.publish("bookworm", first, "Valid-Until: Mon, 01 Jan 2024 00:00:00 UTC\n");
  const [code, message] = await refusal();
  expect([code, message.includes("01 Jan 2024")]).toEqual(["signature", true]);
});

test("a package list with other bytes than the Release file says is refused", async () => {
  rmSync(join(cache, "index"), { recursive: true });
  const path = "/debian/dists/bookworm/main/binary-amd64/Packages.xz";
  archive.replaced.set(path, Uint8Array.from(Buffer.from("evil")));
  expect((await refusal())[0]).toBe("sha256");
});

test("an index that has another sha256 than the lock is refused", async () => {
  const files = locked.files.map((file) => ({ ...file, sha256: "0".repeat(64) }));
  locked = { ...locked, files };
  const [code, message] = await refusal();
  expect([code, message.includes("the lock 0000")]).toEqual(["sha256", true]);
});

test("a transfer that breaks off is an error, and is continued the next time", async () => {
  archive.cut.set(imagePath(), 20_000);
  expect([(await refusal())[0], kept()]).toEqual(["download", []]);
  archive.cut.clear();
  archive.requests.length = 0;
  await fetch();
  const ranges = archive.requests.filter(({ path }) => path === imagePath()).map(({ range }) => range);
  expect(ranges).toEqual([expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
});

test("a corrupt package in the cache is fetched again", async () => {
  await fetch();
  writeFileSync(debPath(cache, fileOf(locked, "kbuild")!), "rotten");
  rmSync(join(cache, "x86_64"), { recursive: true });
  await fetch();
  expect(notes.filter((note) => note.includes("is corrupt"))).toHaveLength(1);
});

test("a corrupt image is unpacked again", async () => {
  await fetch();
  const image = join(cache, "x86_64/test-6.99/image");
  writeFileSync(image, "rotten");
  await fetch();
  expect(readFileSync(image, "latin1")).toBe("\x7fELF kernel 6.99.1+deb12-amd64");
});

test("if the index no longer has the locked version, the newest of the series is taken, headers too", async () => {
  await archive.publish("bookworm", [...fakeKernel("6.99.9+deb12-amd64", "6.99.9-1"), ...second]);
  const { version, lockedVersion, files } = await fetch();
  expect({ version, lockedVersion, versions: new Set(files.map((file) => file.version)) }).toEqual({
    version: "6.99.10-1",
    lockedVersion: "6.99.1-1",
    versions: new Set(["6.99.10-1"]),
  });
  expect(notes.at(-1)).toContain("./scapyard kernels update --write x86_64/test-6.99");
});

test("… but with --locked that is an error", async () => {
  await archive.publish("bookworm", second);
  const [code, message] = await refusal({ locked: true });
  expect([code, message.includes("./scapyard kernels update --write x86_64/test-6.99")]).toEqual([
    "gone",
    true,
  ]);
});

test("… and a substitute in the cache does not satisfy --locked", async () => {
  await archive.publish("bookworm", second);
  await fetch();
  expect((await refusal({ locked: true }))[0]).toBe("gone");
});

test("a package that the index lists but the mirror lacks makes another version be taken", async () => {
  await archive.publish("bookworm", [...first, ...second]);
  archive.missing.add(imagePath());
  expect((await fetch()).version).toBe("6.99.10-1");
});

test("a series that is gone altogether is an error", async () => {
  await archive.publish("bookworm", fakeKernel("6.98.1+deb12-amd64", "6.98.1-1"));
  expect((await refusal())[0]).toBe("gone");
});
