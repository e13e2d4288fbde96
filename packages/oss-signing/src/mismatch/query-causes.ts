import { findEncodingCause } from './encoding-causes.ts';
import type { NamedCause } from './mismatch-cause.ts';

/** Why two lists of `name=value`, joined by `&`, differ. */
export function findQueryCause(client: string, server: string): NamedCause {
  const encoding = findEncodingCause(client, server);
  if (encoding !== undefined) {
    return { cause: encoding };
  }
  const [ours, theirs] = [client.split('&'), server.split('&')];
  if (ours.toSorted().join('&') === theirs.toSorted().join('&')) {
    return { cause: 'parameter-order' };
  }
  const [names, receivedNames] = [ours.map(nameOf), theirs.map(nameOf)];
  const notSigned = receivedNames.find((name) => name !== '' && !names.includes(name));
  if (notSigned !== undefined) {
    return { cause: 'parameter-not-signed', name: notSigned };
  }
  const notReceived = names.find((name) => name !== '' && !receivedNames.includes(name));
  if (notReceived !== undefined) {
    return { cause: 'parameter-not-received', name: notReceived };
  }
  const changed = ours.find((parameter) => !theirs.includes(parameter)) ?? '';
  return { cause: 'parameter-value', name: nameOf(changed) };
}

function nameOf(parameter: string): string {
  return parameter.split('=', 1)[0] ?? '';
}
