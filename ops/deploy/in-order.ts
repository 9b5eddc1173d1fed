/** `release` lets what depends on it begin before its work has ended. */
export type OrderedWork = (name: string, release: () => void) => Promise<void>;

/**
 * Does work for each name as soon as it is done for those that the name depends on, side by side. After a failure the work that runs
 * ends, and no other begins. Gives all failures.
 */
export async function inOrder(
  names: readonly string[],
  dependenciesOf: (name: string) => readonly string[],
  work: OrderedWork,
): Promise<readonly Error[]> {
  const failures: Error[] = [];
  const gates = new Map(names.map((name) => [name, gate()]));
  await Promise.all(
    names.map(async (name) => {
      await Promise.all(dependenciesOf(name).map((dependency) => gates.get(dependency)?.opened));
      const open = gates.get(name)?.open ?? (() => {});
      if (failures.length === 0) await work(name, open).catch((error: Error) => void failures.push(error));
      open();
    }),
  );
  return failures;
}

export interface Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;
}

export function gate(): Gate {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
