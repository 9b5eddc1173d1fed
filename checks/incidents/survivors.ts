const anyLine = "each line is a sample of 1: every statistic tells some lines from none";

/** Mutants of alarms that no incident notices, and why that is no mistake of the incidents. */
export const survivors: Readonly<Record<string, string>> = {
  "wrong-statistic frontend-silent": anyLine,
  "wrong-statistic backend-silent": anyLine,
  "missing-flipped nat-ports-us-east-1a": "a NAT gateway reports each minute for as long as it exists",
};
