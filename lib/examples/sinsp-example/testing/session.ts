/** What session.sh and the rounds of bench/sinsp/workload.c do, as sinsp-example should tell it. */

/** As in workload.c. */
export const storm = 12;
const files = 24;
const chunks = 6;
export const requests = 30;

const times = <T>(count: number, make: (index: number) => readonly T[]): T[] =>
  Array.from({ length: count }, (_, index) => make(index)).flat();

const openat = (path: string, name: string, flags: string, mode: string) =>
  `file openat fd=3(<f>${path}) dirfd=-100(AT_FDCWD) name=${name}(${path}) flags=${flags} mode=${mode}`;

/** The shell's own part: a line written, and read again byte by byte. */
export function shellLines(pid: number): string[] {
  const name = `greeting-${pid}`;
  const path = `/tmp/${name}`;
  const bytes = Array.from("hello there.", (byte) => `file read res=1 data=${byte} fd=0(<f>${path}) size=1`);
  return [
    openat(path, name, "16646(O_TRUNC|O_CREAT|O_WRONLY|O_F_CREATED)", "0666"),
    `file close res=0 fd=3(<f>${path})`,
    `file write res=12 data=hello there. fd=1(<f>${path}) size=12`,
    openat(path, name, "1(O_RDONLY)", "0"),
    `file close res=0 fd=3(<f>${path})`,
    ...bytes,
  ];
}

function fileLines(index: number): string[] {
  const name = `work-0/file-${index}.log`;
  const path = `/tmp/${name}`;
  const kept = "x".repeat(80); // as much of it as drivers keep
  const chunk = (call: string) => `file ${call} res=256 data=${kept} fd=3(<f>${path}) size=256`;
  return [
    openat(path, name, "20487(O_CREAT|O_RDWR|O_CLOEXEC|O_F_CREATED)", "0644"),
    ...times(chunks, () => [chunk("write")]),
    ...times(chunks, () => [chunk("read")]),
    `file read res=0 data=NULL fd=3(<f>${path}) size=256`,
    `file close res=0 fd=3(<f>${path})`,
  ];
}

/** Of /proc/self/stat nobody knows the content. */
export const withoutStat = (line: string) =>
  line.replace(/res=\d+ data=\d+ \(workload\).* fd=/, "res=N data=… fd=");

/** A program of a storm. */
export function leafLines(): string[] {
  const stat = "fd=3(<f>/proc/self/stat)";
  return [
    "file openat fd=-2(ENOENT) dirfd=-100(AT_FDCWD) name=/etc/nonexistent flags=4097(O_RDONLY|O_CLOEXEC) mode=0",
    `file openat ${stat} dirfd=-100(AT_FDCWD) name=/proc/self/stat flags=1(O_RDONLY) mode=0`,
    `file read res=N data=… ${stat} size=512`,
    `file read res=0 data=NULL ${stat} size=512`,
    `file close res=0 ${stat}`,
    "ipc write res=5 data=done. fd=1(<p>) size=5",
  ];
}

/** The workload's first process, without its connections. */
export const workloadLines: readonly string[] = [
  "net close res=0 fd=3(<4>127.0.0.1:0)",
  ...times(storm, () => [
    "ipc close res=0 fd=4(<p>)",
    "ipc read res=5 data=done. fd=3(<p>) size=64",
    "ipc read res=0 data=NULL fd=3(<p>) size=64",
    "ipc close res=0 fd=3(<p>)",
  ]),
  "file mkdir res=0 path=work-0(/tmp/work-0) mode=1C0",
  ...times(files, fileLines),
  ...times(files, (index) => [
    `file unlink res=0 path=work-0/file-${index}.log(/tmp/work-0/file-${index}.log)`,
  ]),
  "file rmdir res=0 path=work-0(/tmp/work-0)",
];

/** A connection's events on either side. */
const get = "GET /index.html HTTP/1.1..Host: localhost..User-Agent: workload....";
const page = "HTTP/1.1 200 OK..Content-Length: 5..Connection: close....hello";
const client = [
  ["connect", 0, null],
  ["sendto", get.length, get],
  ["recvfrom", page.length, page],
  ["recvfrom", 0, "NULL"],
  ["close", 0, null],
] as const;
const server = [
  ["accept4", 5, null],
  ["recvfrom", get.length, get],
  ["sendto", page.length, page],
  ["shutdown", 0, null],
  ["close", 0, null],
] as const;

/** One event with its connection. */
export type Step = readonly [type: string, res: number, data: string | null, connection: string];

/** @param names of the connections, in their order */
export function clientSteps(names: readonly string[]): Step[] {
  return names.flatMap((name) => client.map((step) => [...step, name] as const));
}

/** The workload kills its server when it has the last answer: the last `close` is left out, as it may not come to that. */
export function serverSteps(names: readonly string[]): Step[] {
  const all = names.flatMap((name) => server.map((step) => [...step, name] as const));
  return all.slice(0, -1);
}
