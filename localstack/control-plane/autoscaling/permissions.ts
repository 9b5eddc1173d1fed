/** What the emulator's IAM lets a caller do. */
export interface Permissions {
  /** Why the caller may not, in AWS's words; undefined where they may. */
  refusal(action: string, resource: string, context: Readonly<Record<string, string>>): Promise<string | undefined>;
}

export class EmulatedPermissions implements Permissions {
  constructor(
    private readonly caller: { readonly accessKeyId: string; readonly region: string },
    private readonly emulator: string,
  ) {}

  async refusal(action: string, resource: string, context: Readonly<Record<string, string>>) {
    const { accessKeyId: key, region } = this.caller;
    const query = new URLSearchParams({ key, region, action, resource, context: JSON.stringify(context) });
    const response = await fetch(new URL(`/_ministack/authorization?${query}`, this.emulator));
    const { refusal } = (await response.json()) as { refusal: string | null };
    return refusal ?? undefined;
  }
}
