import type { NamedCause } from './mismatch-cause.ts';

/**
 * Why two lists of `name:value` lines differ.
 *
 * @param client all lines of the client's text, and with them lines that are no headers
 * @param index of the first line that differs
 */
export function findHeaderCause(client: readonly string[], server: readonly string[], index: number): NamedCause {
  const [ours = '', theirs = ''] = [client[index], server[index]];
  const [name, receivedName] = [nameOf(ours), nameOf(theirs)];
  if (name !== '' && name.toLowerCase() === receivedName.toLowerCase()) {
    return { cause: valueCause(ours, theirs), name: receivedName };
  }
  const isNamed = (lines: readonly string[], wanted: string): boolean =>
    lines.some((line) => nameOf(line).toLowerCase() === wanted.toLowerCase());
  if (receivedName !== '' && !isNamed(client, receivedName)) {
    return { cause: 'header-not-signed', name: receivedName };
  }
  if (name !== '' && !isNamed(server, name)) {
    return { cause: 'header-not-received', name: name.toLowerCase() };
  }
  return { cause: 'header-order' };
}

function valueCause(client: string, server: string): NamedCause['cause'] {
  const [clientName, serverName] = [nameOf(client), nameOf(server)];
  if (clientName !== serverName) {
    return 'header-name-case';
  }
  const value = client.slice(clientName.length + 1);
  return value.trim() === server.slice(serverName.length + 1) ? 'header-white-space' : 'header-value';
}

/** `''` for a line that is no header. */
function nameOf(line: string): string {
  return line.includes(':') ? (line.split(':', 1)[0] ?? '') : '';
}
