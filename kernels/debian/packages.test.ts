import { expect, test } from "bun:test";
import { parsePackages } from "./packages.ts";

const sha256 = "ab".repeat(32);
const text = `Package: linux-headers-6.12.95+deb12-amd64
Source: linux
Version: 6.12.95-1~bpo12+1
Depends: linux-base (>= 4.12~), linux-image-6.12.95+deb12-amd64 (= 6.12.95-1~bpo12+1) | linux-image-unsigned, gcc-12:any
Description: Header files
 Version: not a field, as this line continues the one before
Filename: pool/main/l/linux/headers.deb
Size: 3035744
SHA256: ${sha256}

Package: zsh
Version: 5.9

`;

test("wanted entries, with the names of what they depend on", () => {
  expect(parsePackages(text, (name) => name.startsWith("linux-"))).toEqual([
    {
      name: "linux-headers-6.12.95+deb12-amd64",
      version: "6.12.95-1~bpo12+1",
      depends: ["linux-base", "linux-image-6.12.95+deb12-amd64", "gcc-12"],
      path: "pool/main/l/linux/headers.deb",
      sha256,
      size: 3035744,
    },
  ]);
});

test.each([
  [
    "a path out of the pool",
    "Filename: pool/",
    "Filename: ../../etc/",
    "linux-headers-6.12.95+deb12-amd64 has a malformed Filename",
  ],
  [
    "a short sha256",
    `SHA256: ${sha256}`,
    "SHA256: abc",
    "linux-headers-6.12.95+deb12-amd64 has a malformed SHA256",
  ],
  ["no size", "Size: 3035744\n", "", "linux-headers-6.12.95+deb12-amd64 has no Size"],
])("%s is refused", (_, from, to, message) => {
  expect(() => parsePackages(text.replace(from, to), (name) => name !== "zsh")).toThrow(message);
});
