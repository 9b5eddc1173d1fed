import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { documentedRows } from "./all-rows";
import { withAlarmTable } from "./document";

const page = join(__dirname, "../../OBSERVABILITY.md");
writeFileSync(page, withAlarmTable(readFileSync(page, "utf8"), documentedRows()));
