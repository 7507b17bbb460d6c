import { expect, test } from "bun:test";
import { compareVersions } from "./version.ts";

/** Each list ascends. The second is of `uname -r` releases; the others are of package versions. */
const ascending = [
  ["6.1.9-1", "6.1.10-1", "6.1.170-3", "6.1.176-1", "6.12.3-1", "7.3.4-1"],
  [
    "5.10.0-9-amd64",
    "5.10.0-30-amd64",
    "5.10.0-32-amd64",
    "6.1.0-0.deb11.48-amd64",
    "6.1.0-50-amd64",
    "6.12.95+deb12-amd64",
  ],
  ["6.12.95-1~bpo12+1", "6.12.95-1", "6.12.95-1+b1", "6.12.95-2"],
  ["1.0~~", "1.0~", "1.0", "1.0a", "1.0+"],
  ["9-9", "1:0-1", "2:0-1"],
  ["1.3.dfsg+really1.3.1-1", "1.3.dfsg+really1.3.1-1+deb13u1"],
];

test.each(ascending)("Debian's order: %s … %s", (...versions) => {
  const shuffled = [...versions].reverse();
  expect(shuffled.sort(compareVersions)).toEqual(versions);
});

test("dpkg agrees", () => {
  for (const versions of ascending)
    for (const a of versions)
      for (const b of versions) {
        const { exitCode } = Bun.spawnSync(["dpkg", "--compare-versions", a, "lt", b]);
        expect(`${a} < ${b}: ${compareVersions(a, b) < 0}`).toBe(`${a} < ${b}: ${exitCode === 0}`);
      }
});

test("leading zeros do not count", () => {
  expect(compareVersions("1.02-1", "1.2-1")).toBe(0);
});
