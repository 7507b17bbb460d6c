/** Proposals from an archive of made-up kernels: what is new, what is not, and what writing it does. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCatalogue } from "./catalogue.ts";
import { readLock } from "./lock.ts";
import { FakeArchive } from "./testing/archive.ts";
import { type FakePackage, fakeKernel } from "./testing/deb.ts";
import { proposeUpdate, type UpdateContext } from "./update.ts";

setDefaultTimeout(60_000);

const catalogue = `# Kernels of a test.

x86_64/test-6.1:
  series: "6.1"
  flavour: amd64
  # This comment stays.
  suites: [bookworm]

x86_64/test-6.12:
  series: "6.12"
  flavour: amd64
  suites: [bookworm]
  libraries: trixie
`;
const old = fakeKernel("6.1.0-9-amd64", "6.1.9-1");
const newer = fakeKernel("6.12.30+deb12-amd64", "6.12.30-1");

let archive: FakeArchive;
let context: UpdateContext;

beforeAll(async () => {
  archive = await FakeArchive.create();
});
afterAll(() => archive[Symbol.asyncDispose]());

beforeEach(async () => {
  const directory = mkdtempSync(join(tmpdir(), "update-"));
  context = {
    catalogueFile: join(directory, "catalogue.yaml"),
    lockFile: join(directory, "lock.yaml"),
    cache: join(directory, "cache"),
    mirror: async () => archive.mirror,
  };
  writeFileSync(context.catalogueFile, catalogue);
  await publish(...old, ...newer);
  await (await proposeUpdate(undefined, context)).write();
  archive.requests.length = 0;
});
afterEach(() => rmSync(join(context.cache, ".."), { recursive: true }));

const publish = (...packages: FakePackage[]) => archive.publish("bookworm", packages);

/** `id: from -> to` of each change. */
async function changes(chosen?: ReadonlySet<string>): Promise<string[]> {
  const update = await proposeUpdate(chosen, context);
  return update.changes.map(({ id, from, to, newSeries }) => `${id}: ${newSeries ? "new" : from} -> ${to}`);
}

test("the first lock has every kernel, with the facts of its configuration", () => {
  const facts = { btf: false, jit: true, compat: true, pageSize: 4096 };
  const { kernels } = readLock(context.lockFile);
  expect(Object.entries(kernels).map(([id, { version, facts }]) => [id, version, facts])).toEqual([
    ["x86_64/test-6.1", "6.1.9-1", facts],
    ["x86_64/test-6.12", "6.12.30-1", facts],
  ]);
});

test("an archive that has nothing new", async () => {
  const update = await proposeUpdate(undefined, context);
  expect(update.changes).toEqual([]);
  expect(update.lock.after).toBe(update.lock.before);
  expect(update.catalogue.after).toBe(catalogue);
});

test("a point release is proposed, and nothing is fetched or written for it", async () => {
  await publish(...old, ...newer, ...fakeKernel("6.1.0-10-amd64", "6.1.10-1"));
  expect(await changes()).toEqual(["x86_64/test-6.1: 6.1.9-1 -> 6.1.10-1"]);
  expect(readLock(context.lockFile).kernels["x86_64/test-6.1"]?.version).toBe("6.1.9-1");
  expect(archive.requests.filter(({ path }) => path.endsWith(".deb"))).toEqual([]);
});

test("… and only of the kernels that were asked for", async () => {
  await publish(
    ...fakeKernel("6.1.0-10-amd64", "6.1.10-1"),
    ...fakeKernel("6.12.31+deb12-amd64", "6.12.31-1"),
  );
  expect(await changes(new Set(["x86_64/test-6.12"]))).toEqual(["x86_64/test-6.12: 6.12.30-1 -> 6.12.31-1"]);
});

test("an archive that is behind the lock changes nothing", async () => {
  await publish(...fakeKernel("6.1.0-8-amd64", "6.1.8-1"), ...newer);
  expect(await changes()).toEqual([]);
});

test("a newer series is proposed, named like its flavour's others", async () => {
  await publish(...old, ...newer, ...fakeKernel("6.13.2+deb12-amd64", "6.13.2-1"));
  expect(await changes()).toEqual(["x86_64/test-6.13: new -> 6.13.2-1"]);
});

test("an older series that the catalogue leaves out, and other flavours, are not", async () => {
  const others = [
    ...fakeKernel("6.6.2+deb12-amd64", "6.6.2-1"),
    ...fakeKernel("6.13.2+deb12-rt-amd64", "6.13.2-1"),
  ];
  await publish(...old, ...newer, ...others);
  expect(await changes()).toEqual([]);
});

test("a series without headers says so in the catalogue", async () => {
  const bare = fakeKernel("6.13.2+deb12-amd64", "6.13.2-1").filter(({ name }) =>
    name.startsWith("linux-image"),
  );
  await publish(...old, ...newer, ...bare);
  const update = await proposeUpdate(undefined, context);
  await update.write();
  expect(readFileSync(context.catalogueFile, "utf8")).toBe(
    `${catalogue}
x86_64/test-6.13:
  series: "6.13"
  flavour: amd64
  suites: [bookworm]
  headers: false
`,
  );
  expect(readLock(context.lockFile).kernels["x86_64/test-6.13"]?.files.map(({ role }) => role)).toEqual([
    "image",
  ]);
});

test("a kernel that is only half there is not proposed", async () => {
  const [image] = fakeKernel("6.19.2+deb12-amd64", "6.19.2-1");
  await publish(...old, ...newer, { ...image!, name: "linux-binary-6.19.2+deb12-amd64" });
  expect(await changes()).toEqual([]);
});

test("two newer series stand in their order behind the newest", async () => {
  const series = [...fakeKernel("7.0.1-amd64", "7.0.1-1"), ...fakeKernel("6.13.2-amd64", "6.13.2-1")];
  await publish(...old, ...newer, ...series);
  writeFileSync(context.catalogueFile, `${catalogue}\n# The end.\n`);
  const { after } = (await proposeUpdate(undefined, context)).catalogue;
  writeFileSync(context.catalogueFile, after);
  expect(readCatalogue(context.catalogueFile).map(({ id, libraries }) => [id, libraries])).toEqual([
    ["x86_64/test-6.1", undefined],
    ["x86_64/test-6.12", "trixie"],
    ["x86_64/test-6.13", "trixie"],
    ["x86_64/test-7.0", "trixie"],
  ]);
  expect([after.startsWith(catalogue.trimEnd()), after.endsWith("\n# The end.\n")]).toEqual([true, true]);
});

test("a package that the index lists but the mirror lacks is not locked", async () => {
  const [ten] = fakeKernel("6.1.0-11-amd64", "6.1.11-1");
  await publish(
    ...old,
    ...newer,
    ...fakeKernel("6.1.0-10-amd64", "6.1.10-1"),
    ...fakeKernel("6.1.0-11-amd64", "6.1.11-1"),
  );
  archive.missing.add(`/debian/pool/${ten!.name}_6.1.11-1_amd64.deb`);
  const update = await proposeUpdate(undefined, context);
  await update.write();
  archive.missing.clear();
  expect(readLock(context.lockFile).kernels["x86_64/test-6.1"]?.version).toBe("6.1.10-1");
});
