import { expect, test } from "bun:test";
import { parseSites } from "./mirror.ts";

test("the first Debian sources count, other distributions and components do not", () => {
  const targets = [
    "https://deb.example.org/node_20.x nodistro main",
    "http://mirror.example.org/debian bookworm contrib",
    "http://mirror.example.org/debian bookworm main",
    "http://other.example.org/debian bookworm-updates main",
    "http://security.example.org/debian-security bookworm-security main",
  ];
  expect(parseSites(targets.join("\n"))).toEqual({
    main: "http://mirror.example.org/debian",
    security: "http://security.example.org/debian-security",
  });
});

test("no Debian source", () => {
  expect(parseSites("http://archive.example.org/ubuntu noble main\n")).toEqual({});
});
