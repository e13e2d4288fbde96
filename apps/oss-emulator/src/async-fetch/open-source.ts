import { request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { findCallbackRoute } from '../callback/callback-routes.ts';
import type { CallbackRoute } from '../callback/callback-routes.ts';
import { resolveTarget } from '../callback/callback-targets.ts';
import type { CallbackTargetPolicy } from '../callback/callback-targets.ts';
import { lookupOf } from '../callback/deliver-callback.ts';

/** Those of callbacks: whoever may have the emulator call somebody may have it read there, and nowhere else. */
export interface SourceRules {
  readonly targets: CallbackTargetPolicy;
  readonly routes: readonly CallbackRoute[];
}

export class SourceError extends Error {
  override readonly name = 'SourceError';
}

/**
 * Asks for a URL once: no retry and no redirect (assumed).
 * @param text without a scheme it is http (the Python SDK's tests have `www.test.com/abc.txt`)
 * @param host in the place of the URL's own in the `Host` header; empty for none
 * @returns the answer, whose body has to be read or destroyed
 * @throws {SourceError} and what node:http throws
 */
export async function openSource(
  text: string,
  host: string,
  { targets, routes }: SourceRules,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const url = parseSource(text);
  const isSecure = url.protocol === 'https:';
  const named = { protocol: isSecure ? 'https:' : 'http:', hostname: bareHost(url), port: portOf(url) } as const;
  const route = findCallbackRoute(routes, named);
  const target = route ?? named;
  const { allowed } = await resolveTarget(target.hostname, route === undefined ? targets : 'any');
  if (allowed.length === 0) throw new SourceError(`${target.hostname} may not be fetched from.`);
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const response = await responseOf(
    send({
      host: target.hostname,
      port: target.port,
      lookup: lookupOf(allowed),
      path: `${url.pathname}${url.search}`,
      headers: { host: host === '' ? url.host : host },
      agent: false,
      signal,
    }),
  );
  if (response.statusCode === 200) return response;
  response.destroy();
  throw new SourceError(`The source answered ${response.statusCode ?? 0}.`);
}

function parseSource(text: string): URL {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) throw new SourceError('The URL is not valid.');
  return url;
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/** `[::1]` is written without its brackets where an address is wanted. */
function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function responseOf(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', reject);
    request.end();
  });
}
