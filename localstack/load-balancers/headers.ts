/** These speak of one connection, not of the message. */
const ofConnection = new Set(["connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade"]);

/** Names and values in turn, without those that are written anew. */
export function passedOn(rawHeaders: readonly string[], without: readonly string[] = []): string[] {
  return rawHeaders.flatMap((name, index) => {
    const isName = index % 2 === 0;
    const stays = isName && !ofConnection.has(name.toLowerCase()) && !without.includes(name.toLowerCase());
    return stays ? [name, rawHeaders[index + 1] ?? ""] : [];
  });
}

export function asLines(rawHeaders: readonly string[]): string {
  const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []));
  return lines.join("\r\n");
}
