/** Mutants of alarms that no incident notices, and why that is no mistake of the incidents. */
export const survivors: Readonly<Record<string, string>> = {};
