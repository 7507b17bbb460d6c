/** sinsp-example with both drivers, in a guest: what it says of a session is what the session did, in order, and nothing else. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { workload } from "../../../bench/sinsp/workload.ts";
import { ensure } from "../../../harness/build/step.ts";
import { checkoutGuest } from "../../../harness/run/host/testing/checkout-guest.ts";
import type { CommandGuest } from "../../../harness/vm/testing/commands.ts";
import {
  clientSteps,
  leafLines,
  requests,
  type Step,
  serverSteps,
  shellLines,
  storm,
  withoutStat,
  workloadLines,
} from "./testing/session.ts";

setDefaultTimeout(1_800_000);
/** Milliseconds on KVM; an emulated guest on a busy host gets up to eighteen times as many. */
const patience = 40_000;

let guest: CommandGuest;

beforeAll(async () => {
  await ensure(workload);
  const scripts = ["capture.sh", "perf.sh", "session.sh"];
  const files = scripts.map((name) => [name, `${import.meta.dir}/testing/${name}`]);
  guest = await checkoutGuest({ ...Object.fromEntries(files), "bin/workload": workload.outputs[0]! });
});
afterAll(() => guest?.[Symbol.asyncDispose]());

async function run(script: string, ...options: string[]) {
  const { text, status } = await guest.run(["/bin/sh", `/${script}`, ...options], patience);
  const [printed = "", said = ""] = text.split("---\n");
  return { lines: printed.trimEnd().split("\n"), said, status };
}

const summary = (printed: number) =>
  new RegExp(
    `^[\\d,]+ events, 0 dropped, ${printed.toLocaleString("en-US")} printed, \\d+\\.\\d s, [\\d,]+ events/s\\s*$`,
  );

const drivers: [string, string[]][] = [
  ["modern_bpf", ["-m"]],
  ["kmod", ["-k", "-M", "/scapyard.ko"]],
];

const connections = "evt.type in (connect, accept4, sendto, recvfrom, shutdown, close) and fd.l4proto = tcp";
const processes = "evt.type in (execve, clone, procexit)";
const marks = "evt.type = openat and fd.name in (/tmp/begin, /tmp/end)";
const meaning = `proc.name = workload and (${processes} or (${connections})) or (${marks})`;
const fields =
  "*%evt.num %evt.type %evt.rawres %evt.buffer %proc.pid %proc.ppid %proc.pname %proc.aname[2] %proc.cmdline %proc.exepath %proc.cwd %user.name %fd.name %fd.cip %fd.sip %fd.sport";

interface Line {
  readonly [field: string]: string | number | null;
}

/** The processes of a session: the workload, its server, and what its storms start. */
function byProcess(lines: readonly Line[]) {
  const groups = [...Map.groupBy(lines, (line) => line["proc.pid"]!).values()];
  const main = groups.find(([first]) => first!["proc.pname"] === "sh")!;
  const [server, ...leaves] = groups.filter(([first]) => first!["proc.ppid"] === main[0]!["proc.pid"]);
  return { main, server: server!, leaves };
}

const isOfConnection = (line: Line) => line["fd.name"] !== null;

function steps(lines: readonly Line[]): Step[] {
  return lines
    .filter(isOfConnection)
    .map(
      (line) =>
        [line["evt.type"], line["evt.rawres"], line["evt.buffer"], line["fd.name"]] as unknown as Step,
    );
}

const life = (lines: readonly Line[]) =>
  lines.filter((line) => !isOfConnection(line)).map((line) => line["evt.type"]);

describe.each(drivers)("JSON of processes and connections, %s", (_, driver) => {
  let printed: Line[];
  let session: ReturnType<typeof byProcess>;

  beforeAll(async () => {
    const { lines, said, status } = await run(
      "capture.sh",
      ...driver,
      "-x",
      "-j",
      "-o",
      fields,
      "-f",
      meaning,
    );
    expect({ status, said }).toEqual({ status: 0, said: expect.stringMatching(summary(lines.length)) });
    printed = lines.map((line) => JSON.parse(line));
    session = byProcess(printed.filter((line) => line["evt.type"] !== "openat"));
  });

  test("numbers rise", () => {
    const numbers = printed.map((line) => line["evt.num"] as number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  test("who is who", () => {
    const { main, server, leaves } = session;
    const all = { "proc.exepath": "/bin/workload", "proc.cwd": "/tmp/", "user.name": "root" };
    for (const line of main)
      expect(line).toMatchObject({
        ...all,
        "proc.cmdline": "workload 1",
        "proc.pname": "sh",
        "proc.aname[2]": "sh",
      });
    const child = { ...all, "proc.pname": "workload", "proc.aname[2]": "sh" };
    for (const line of server) expect(line).toMatchObject({ ...child, "proc.cmdline": "workload 1" });
    for (const [born, ...later] of leaves) {
      expect(born).toMatchObject({ ...child, "proc.cmdline": "workload 1" });
      for (const line of later)
        expect(line).toMatchObject({ ...child, "proc.cmdline": "workload leaf --verbose /etc/hosts" });
    }
  });

  test("who was born, became what, and ended", () => {
    const { main, server, leaves } = session;
    expect(life(main)).toEqual(["execve", ...Array(storm + 1).fill("clone"), "procexit"]);
    expect(life(server)).toEqual(["clone", "procexit"]);
    expect(leaves.map(life)).toEqual(Array(storm).fill(["clone", "execve", "procexit"]));
    const children = main.filter((line) => line["evt.type"] === "clone").map((line) => line["evt.rawres"]);
    expect(children).toEqual([server, ...leaves].map(([first]) => first!["proc.pid"]!));
  });

  test("each connection from both sides: the same tuple, and what was said", () => {
    const { main, server } = session;
    const accepted = server.filter((line) => line["evt.type"] === "accept4");
    const names = accepted.map((line) => line["fd.name"] as string);
    const port = accepted[0]!["fd.sport"];
    expect(names).toHaveLength(requests);
    expect(new Set(names).size).toBe(requests);
    for (const name of names)
      expect(name).toMatch(new RegExp(`^127\\.0\\.0\\.1:\\d+->127\\.0\\.0\\.1:${port}$`));
    expect(steps(main)).toEqual(clientSteps(names));
    const served = serverSteps(names);
    expect(steps(server).slice(0, served.length)).toEqual(served);
    for (const line of [...main, ...server].filter(isOfConnection))
      expect(line).toMatchObject({ "fd.cip": "127.0.0.1", "fd.sip": "127.0.0.1", "fd.sport": port });
  });
});

const fileCalls = "evt.type in (mkdir, openat, write, read, close, unlink, rmdir) and not fd.l4proto = tcp";
const ofSession = `${fileCalls} and (proc.name = workload or (proc.name = sh and fd.directory = /tmp))`;
const defaultLine = /^(\d+) (\d\d:\d\d:\d\d\.\d{9}) cat=(\w+) proc=(\w+)\((\d+)\.(\d+)\) (\w+) (.*)$/;

function parse(line: string) {
  const [, num, time, category, name, pid, tid, type, args] = defaultLine.exec(line) ?? [];
  // Numbers of inodes and devices are the guest's.
  return { num, time, name, pid, tid, said: `${category} ${type} ${args?.replace(/ dev=\d+ ino=\d+$/, "")}` };
}

test("lines of files, by the kmod driver", async () => {
  const { lines, said, status } = await run("capture.sh", ...drivers[1]![1], "-z", "-q", "-f", ofSession);
  expect({ status, said }).toEqual({ status: 0, said: expect.stringMatching(summary(lines.length)) });
  const events = lines.map(parse);
  expect(events.map(({ time }) => time)).toEqual(events.map(({ time }) => time).toSorted());
  expect(events.filter(({ pid, tid }) => pid !== tid)).toEqual([]);
  const told = events.filter(({ said }) => !/\/tmp\/(begin|end)\b/.test(said));
  const processes = [...Map.groupBy(told, ({ pid }) => pid)].map(([pid, own]) => ({
    pid: Number(pid),
    name: own[0]!.name,
    lines: own.map(({ said }) => said),
  }));
  const [shell, main, ...leaves] = processes;
  expect(shell).toEqual({ pid: shell!.pid, name: "sh", lines: shellLines(shell!.pid) });
  expect(main).toEqual({ pid: main!.pid, name: "workload", lines: [...workloadLines] });
  expect(leaves).toHaveLength(storm);
  for (const { name, lines } of leaves)
    expect({ name, lines: lines.map(withoutStat) }).toEqual({ name: "workload", lines: leafLines() });
});

test("-t -n: rates each second, the tables, and a summary when so many have come", async () => {
  // More than one round of the workload makes; between two rounds are seconds.
  const wanted = 1000;
  const options = ["-t", "-n", String(wanted), "-Tbrief", "-f", "evt.type = read and proc.name = workload"];
  const { lines, status } = await run("perf.sh", ...drivers[1]![1], "-x", ...options);
  const rate = /^[\d,]+ events\/s \([\d,]+ so far, 0 dropped so far\)$/;
  expect(status).toBe(0);
  expect(lines.at(-1)).toMatch(summary(wanted));
  expect(lines.at(-2)).toMatch(/^threads: \d+ entries, key tid$/);
  expect(lines.slice(0, -2).filter((line) => !rate.test(line))).toEqual([]);
  expect(lines.length).toBeGreaterThan(2);
});
