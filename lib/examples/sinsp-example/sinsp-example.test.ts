import { expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensure } from "../../../harness/build/step.ts";
import { libscapShared } from "../../libscap/build.ts";
import { arch } from "../../scap/ffi.ts";
import { parseSettings, UsageError } from "./options.ts";
import { summary } from "./progress.ts";

await ensure(libscapShared(arch));

const capture = `${import.meta.dir}/../../scap/testdata/vm-http.scap.gz`;

/** stdout, stderr and exit status of one run. */
function run(...argv: string[]) {
  const child = Bun.spawnSync([process.execPath, `${import.meta.dir}/main.ts`, ...argv], {
    env: { ...process.env, TZ: "UTC" },
  });
  return {
    out: child.stdout.toString().split("\n").slice(0, -1),
    err: child.stderr.toString(),
    status: child.exitCode,
  };
}

test("options: short and long, joined, with values left out", () => {
  expect(parseSettings(["-ajf", "evt.num=1", "-n5", "-T"])).toMatchObject({
    allThreads: true,
    json: true,
    filter: "evt.num=1",
    count: 5,
    tables: "entries",
    source: { engine: "modern_bpf" },
  });
  expect(parseSettings(["--scap_file=x", "--tables=list", "-z", "-q", "-c", "0"])).toMatchObject({
    source: { file: "x" },
    tables: "list",
    interest: "state",
    withoutIo: true,
    cpusPerBuffer: 0,
  });
});

test.each([
  [["--filtr", "x"], "unknown option --filtr; did you mean --filter?"],
  [["-s", "x", "-k"], "-s and -k exclude each other"],
  [["-n", "many"], '--num-events takes a number, not "many"'],
  [["-Tall"], '-T takes brief, list or nothing, not "all"'],
  [["file.scap"], 'unexpected argument "file.scap"'],
  [["-p", "libfoo.so"], "-p, --plugin: not in this version"],
  [["-g"], "-g, --enable-glogger: not in this version"],
  [["--plugin"], "-p, --plugin: not in this version"],
  [["-s"], "-s, --scap_file takes a value: FILE"],
  [["-s", "-k"], "-s, --scap_file takes a value: FILE"],
  [["-n", "-5"], "-n, --num-events takes a value: N"],
  [["-d", "8M"], '--buffer_dim takes a number, not "8M"'],
  [["-c", "all"], '--cpus-for-each-buffer takes a number, not "all"'],
  [["-n-5"], '--num-events takes a number, not "-5"'],
  [["--json=no"], "-j, --json takes no value"],
])("%j is wrong usage", (argv, message) => {
  expect(() => parseSettings(argv)).toThrow(new UsageError(message));
});

test("the mode of -T is joined to it or the next word", () => {
  expect(parseSettings(["-T", "brief", "-j"])).toMatchObject({ tables: "brief", json: true });
  expect(parseSettings(["--tables", "list"])).toMatchObject({ tables: "list" });
  expect(parseSettings(["-T", "-j"])).toMatchObject({ tables: "entries", json: true });
});

test("lines of events that a filter matches", () => {
  const { out, status, err } = run("-s", capture, "-f", "evt.type = execve", "-n", "1");
  expect(out).toHaveLength(1);
  expect(out[0]).toMatch(/^\d+ 21:42:1\d\.\d{9} cat=process proc=\w+\(\d+\.\d+\) execve res=0 exe=/);
  expect([status, err]).toEqual([0, ""]);
});

test("JSON, a format of one's own, raw parameters", () => {
  const some = ["-s", capture, "-a", "-n", "1", "-f", "evt.type = close and fd.name startswith /"];
  const [json] = run(...some, "-j", "-o", "%evt.rawtime %fd.name %evt.is_io").out;
  expect(JSON.parse(json!)).toMatchObject({ "fd.name": expect.stringMatching(/^\//), "evt.is_io": false });
  expect(run(...some, "-o", "%fd.typechar|%proc.namex").out).toEqual(
    ["f|busyboxx"].map(() => expect.any(String)),
  );
  expect(run(...some, "-r").out[0]).toMatch(
    /^ts=2026-11-23T21:42:1\d\.\d{9}\+0000 tid=\d+ type=<close category=file nparams=2 0:res=0 1:fd=\d+$/,
  );
});

test("-E: users are known by their ids alone", () => {
  const some = ["-s", capture, "-n1", "-f", "evt.type = execve", "-o", "*%user.uid %user.name %user.shell"];
  expect([run(...some).out, run(...some, "-E").out]).toEqual([["0 root /bin/sh"], ["0 root <NA>"]]);
});

test("what concerns live captures changes nothing of a file", () => {
  const some = ["-s", capture, "-n", "50"];
  expect(run(...some, "-iA", "-c", "2", "-d", "1048576", "-zqx")).toEqual(run(...some));
});

test("a filter or a format with an error shows where", () => {
  const filter = run("-s", capture, "-f", "evt.type = open and proc.nam = cat");
  expect(filter.status).toBe(2);
  expect(filter.err).toContain("    |                     ^~~~~~~~\n  did you mean proc.name");
  const format = run("-s", capture, "-o", "%evt.num %nothing");
  expect([format.status, format.out]).toEqual([2, []]);
  expect(format.err).toContain("there is no field nothing");
});

test("a cut capture: all its whole events, then the error", () => {
  const dir = mkdtempSync(join(tmpdir(), "sinsp-example-"));
  try {
    const bytes = Bun.gunzipSync(readFileSync(capture));
    const file = join(dir, "cut.scap");
    writeFileSync(file, bytes.subarray(0, 500_000));
    const { out, err, status } = run("-s", file, "-a", "-o", "*%evt.num");
    expect(out.length).toBeGreaterThan(1000);
    expect(out.at(-1)).toMatch(/^\d+$/);
    expect(err).toMatch(/^sinsp-example: .+\n$/);
    expect(status).toBe(1);
    expect(run("-s", join(dir, "none.scap"))).toMatchObject({ status: 1, out: [] });
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test("-t counts, -T lists the tables", () => {
  const { out, err, status } = run("-s", capture, "-t", "-Tbrief");
  expect(out.at(-1)).toMatch(/^threads: \d+ entries, key tid$/);
  expect(err).toMatch(/^16,913 events, [\d,]+ printed, \d+\.\d s, [\d,]+ events\/s\n$/);
  expect(status).toBe(0);
});

test("a reader that goes away ends the program quietly", () => {
  const program = `${process.execPath} ${import.meta.dir}/main.ts -s ${capture} -a`;
  const { stdout, stderr, exitCode } = Bun.spawnSync(["sh", "-c", `${program} | head -n 2`]);
  expect(stdout.toString().split("\n")).toHaveLength(3);
  expect([stderr.toString(), exitCode]).toEqual(["", 0]);
});

test("Ctrl-C ends it with a summary", async () => {
  const child = Bun.spawn([process.execPath, `${import.meta.dir}/main.ts`, "-s", capture, "-a"], {
    stdout: "pipe",
    stderr: "pipe",
  });
  // Its pipe is full before it has printed all: it is running when the signal comes.
  const reader = child.stdout.getReader();
  await reader.read();
  child.kill("SIGINT");
  while (!(await reader.read()).done);
  expect(await child.exited).toBe(130);
  expect(await new Response(child.stderr).text()).toMatch(/^[\d,]+ events, [\d,]+ printed, \d+\.\d s/);
});

test.each([
  [
    ">/dev/null",
    "a status line",
    /^\r.\[K[\d,]+ events, [\d,]+ printed, \d+\.\d s, [\d,]+ events\/s(\r.\[K)+/,
  ],
  // What is behind the pipe may show lines on the same terminal: a pager, grep.
  ["| cat >/dev/null", "nothing", /^$/],
  ["-n 3", "lines", /^(\d+ 21:42:16\..*\r\n){3}$/],
])("on a terminal, with %p: %s", async (elsewhere, _, expected) => {
  const program = `${process.execPath} ${import.meta.dir}/main.ts -s ${capture} -a ${elsewhere}`;
  let shown = "";
  await using terminal = new Bun.Terminal({
    data(_, bytes) {
      shown += Buffer.from(bytes).toString();
    },
  });
  const child = Bun.spawn(["sh", "-c", `${program}; printf .`], {
    env: { ...process.env, TZ: "UTC" },
    terminal,
  });
  expect(await child.exited).toBe(0);
  while (!shown.endsWith(".")) await Bun.sleep(1);
  expect(shown.slice(0, -1)).toMatch(expected);
});

test("the summary", () => {
  expect(summary({ events: 1_234_567, printed: 10, drops: 3 }, 2)).toBe(
    "1,234,567 events, 3 dropped, 10 printed, 2.0 s, 617,284 events/s",
  );
});
