/** Mutants that no policy catches, by the start of their id, and why that is so. */
export const survivors: Readonly<Record<string, string>> = {};
