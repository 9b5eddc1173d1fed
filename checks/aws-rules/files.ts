import { join } from "node:path";
import { root } from "../../ops/shell/paths";

export const rulesPage = join(root, "localstack/RULES.md");
export const resultFile = join(root, "reports/aws-rules.json");
