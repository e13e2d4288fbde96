import { request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { LookupFunction, Socket } from 'node:net';
import { callbackFailure, MAX_CALLBACK_REPLY_BYTES } from '@oss-callback/oss-callback';
import type { CallbackFailure, CallbackReply } from '@oss-callback/oss-callback';
import { encodeHeaderText } from '../header-text.ts';
import type { CallbackMessage } from './callback-message.ts';
import { findCallbackRoute } from './callback-routes.ts';
import type { CallbackRoute, RouteTarget } from './callback-routes.ts';
import { resolveTarget } from './callback-targets.ts';
import type { CallbackTargetPolicy, TargetAddress } from './callback-targets.ts';

export interface DeliveryRules {
  readonly targets: CallbackTargetPolicy;
  readonly routes: readonly CallbackRoute[];
  /** For everything: look-up, connection, request and the whole reply. */
  readonly timeoutMs: number;
  /** Looks host names up; the system does unless told otherwise. */
  readonly resolve?: typeof resolveTarget;
}

/** What came of one POST request: a reply, whatever it says, or the failure to get one. */
export interface Delivery {
  /** `ip:port`, once there was a connection. */
  readonly connectedTo: string | undefined;
  readonly reply: CallbackReply | undefined;
  readonly failure: CallbackFailure | undefined;
  /** For the log: what the system said. */
  readonly cause: string | undefined;
}

/** Sends the request once: no retry, no redirect, no proxy, as OSS. Never rejects. */
export async function deliverCallback(message: CallbackMessage, rules: DeliveryRules): Promise<Delivery> {
  const { resolve = resolveTarget } = rules;
  const deadline = AbortSignal.timeout(rules.timeoutMs);
  const route = findCallbackRoute(rules.routes, message.url);
  const target = route ?? message.url;
  let addresses: readonly TargetAddress[];
  try {
    // A route was set up by whoever runs the emulator, so it may lead anywhere a receiver can be.
    const resolved = await beforeDeadline(
      resolve(target.hostname, route === undefined ? rules.targets : 'any'),
      deadline,
    );
    if (resolved.allowed.length === 0) return refusedTarget(resolved.refused, rules.targets);
    addresses = resolved.allowed;
  } catch (error) {
    const failure = deadline.aborted ? timeoutFailure(target, rules.timeoutMs) : callbackFailure('dns');
    return { connectedTo: undefined, reply: undefined, failure, cause: causeText(error) };
  }
  return exchange(message, target, addresses, { deadline, timeoutMs: rules.timeoutMs });
}

interface Deadline {
  readonly deadline: AbortSignal;
  readonly timeoutMs: number;
}

async function exchange(
  message: CallbackMessage,
  target: RouteTarget,
  addresses: readonly TargetAddress[],
  { deadline, timeoutMs }: Deadline,
): Promise<Delivery> {
  const progress: ConnectionProgress = { connectedTo: undefined, secured: target.protocol === 'http:' };
  try {
    const request = openRequest(message, target, addresses, deadline);
    watchConnection(request, progress);
    const reply = await readReply(request, message.body);
    return { connectedTo: progress.connectedTo, reply, failure: undefined, cause: undefined };
  } catch (error) {
    const failure = deadline.aborted ? timeoutFailure(target, timeoutMs, progress.connectedTo) : failureAt(progress);
    return { connectedTo: progress.connectedTo, reply: undefined, failure, cause: causeText(error) };
  }
}

function openRequest(
  message: CallbackMessage,
  target: RouteTarget,
  addresses: readonly TargetAddress[],
  signal: AbortSignal,
): ClientRequest {
  return (target.protocol === 'https:' ? httpsRequest : httpRequest)({
    method: 'POST',
    host: target.hostname,
    port: target.port,
    path: message.url.requestTarget,
    headers: message.headers.flatMap(([name, value]) => [name, encodeHeaderText(value)]),
    agent: false,
    lookup: lookupOf(addresses),
    signal,
    // An empty server name is none. The certificate is checked against the host name either way.
    servername: message.sni && isIP(target.hostname) === 0 ? target.hostname : '',
  });
}

/** Answers with the addresses that were checked, so that nothing else is ever connected to. */
function lookupOf(addresses: readonly TargetAddress[]): LookupFunction {
  return (_hostName, options, callback) => {
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, addresses[0]?.address ?? '', addresses[0]?.family ?? 4);
  };
}

interface ConnectionProgress {
  connectedTo: string | undefined;
  secured: boolean;
}

function watchConnection(request: ClientRequest, progress: ConnectionProgress): void {
  request.once('socket', (socket: Socket) => {
    socket.once('connect', () => {
      progress.connectedTo = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? ''}`;
    });
    socket.once('secureConnect', () => {
      progress.secured = true;
    });
  });
}

/** How far it came says what failed. */
function failureAt({ connectedTo, secured }: ConnectionProgress): CallbackFailure {
  if (connectedTo === undefined) return callbackFailure('connection-refused');
  return callbackFailure(secured ? 'reset' : 'tls');
}

async function readReply(request: ClientRequest, body: Buffer): Promise<CallbackReply> {
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve);
      request.on('error', reject);
      request.end(body);
    });
    const status = response.statusCode ?? 0;
    return { status, headers: response.headers, body: await readBody(response, status) };
  } finally {
    request.destroy();
  }
}

/** At most what OSS accepts and one byte: a longer reply is refused unread. */
async function readBody(response: IncomingMessage, status: number): Promise<Buffer> {
  if (Number(response.headers['content-length']) > MAX_CALLBACK_REPLY_BYTES) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      sizeBytes += chunk.length;
      if (sizeBytes > MAX_CALLBACK_REPLY_BYTES) break;
    }
  } catch (error) {
    // The status decides already; its body is for the journal only.
    if (status === 200) throw error;
  }
  return Buffer.concat(chunks);
}

function refusedTarget(refused: readonly TargetAddress[], policy: CallbackTargetPolicy): Delivery {
  const addresses = refused.map(({ address }) => address).join(', ');
  const cause = `callbacks to ${addresses} are not allowed by --callback-targets ${policy}`;
  return { connectedTo: undefined, reply: undefined, failure: callbackFailure('connection-refused'), cause };
}

function timeoutFailure(target: RouteTarget, timeoutMs: number, connectedTo?: string): CallbackFailure {
  return callbackFailure('timeout', { address: connectedTo ?? `${target.hostname}:${target.port}`, timeoutMs });
}

/** `dns.lookup` cannot be cancelled: it is left alone. */
async function beforeDeadline<T>(promise: Promise<T>, deadline: AbortSignal): Promise<T> {
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(deadline.reason as Error);
    deadline.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    deadline.removeEventListener('abort', onAbort);
  }
}

function causeText(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(causeText).join('; ');
  return error instanceof Error ? error.message : String(error);
}
