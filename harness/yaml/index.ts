export { parseText, readDocument, type YamlDocument, type YamlPath } from "./document.ts";
export { prettyIssue, type YamlCode, YamlError, type YamlIssue, type YamlPlace } from "./error.ts";
export { unknownName } from "./issue.ts";
export { checkDocument, inFileOrder, loadYaml } from "./load.ts";
export { didYouMean, nearest } from "./nearest.ts";
