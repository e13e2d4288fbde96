import { request as sendRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { connect, isIP } from 'node:net';
import type { LookupFunction, Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { callbackFailure, MAX_CALLBACK_REPLY_BYTES } from '@oss-callback/oss-callback';
import type { CallbackFailure, CallbackReply } from '@oss-callback/oss-callback';
import { encodeHeaderText } from '../http/header-text.ts';
import type { CallbackMessage } from './callback-message.ts';
import { findCallbackRoute } from './callback-routes.ts';
import type { CallbackRoute, RouteTarget } from './callback-routes.ts';
import { resolveTarget } from './callback-targets.ts';
import type { CallbackTargetPolicy, TargetAddress } from './callback-targets.ts';
import { Deadline } from './deadline.ts';

export interface DeliveryRules {
  readonly targets: CallbackTargetPolicy;
  readonly routes: readonly CallbackRoute[];
  /** For everything: look-up, connection, request and the whole reply. */
  readonly timeoutMs: number;
  /** Looks host names up; the system does unless told otherwise. */
  readonly resolve?: typeof resolveTarget;
  /** For faults: nothing is sent before, and the time runs. */
  readonly delayMs?: number;
  /** For faults: the connection is reset when half of the body is out. */
  readonly breakOff?: boolean;
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
  using deadline = new Deadline(rules.timeoutMs);
  const route = findCallbackRoute(rules.routes, message.url);
  const target = route ?? message.url;
  let addresses: readonly TargetAddress[];
  try {
    if (rules.delayMs !== undefined) await pass(rules.delayMs, deadline);
    // A route was set up by whoever runs the emulator, so it may lead anywhere a receiver can be.
    const policy = route === undefined ? rules.targets : 'any';
    const resolved = await lookUp(target.hostname, policy, rules.resolve, deadline);
    if (resolved.allowed.length === 0) return refusedTarget(resolved.refused, rules.targets);
    addresses = resolved.allowed;
  } catch (error) {
    const failure = deadline.isOver ? timeoutFailure(target, rules.timeoutMs) : callbackFailure('dns');
    return { connectedTo: undefined, reply: undefined, failure, cause: causeText(error) };
  }
  const connection: Connection = { connectedTo: undefined, secured: target.protocol === 'http:' };
  try {
    const request = openRequest(message, target, addresses, connection);
    const overdue = Promise.withResolvers<never>();
    deadline.watch(() => {
      request.destroy();
      // What has come of it so far decides first; but not everything that ends a connection ends a request of node:http.
      setTimeout(() => overdue.reject(new DeliveryError('there was no whole reply in time')), GRACE_MS).unref();
    });
    if (rules.breakOff === true) breakOffHalfway(request, message.body);
    else request.end(message.body);
    const reply = await Promise.race([readReply(request), overdue.promise]);
    return { connectedTo: connection.connectedTo, reply, failure: undefined, cause: undefined };
  } catch (error) {
    const { connectedTo } = connection;
    const failure = deadline.isOver ? timeoutFailure(target, rules.timeoutMs, connectedTo) : failureAt(connection);
    return { connectedTo, reply: undefined, failure, cause: causeText(error) };
  }
}

/** For the events of a connection that is destroyed. */
const GRACE_MS = 50;

/** `dns.lookup` cannot be cancelled: when the time is over it is left alone. */
function lookUp(
  hostName: string,
  policy: CallbackTargetPolicy,
  resolve: typeof resolveTarget = resolveTarget,
  deadline: Deadline,
): ReturnType<typeof resolveTarget> {
  const found = Promise.withResolvers<Awaited<ReturnType<typeof resolveTarget>>>();
  deadline.watch(() => found.reject(new DeliveryError(`${hostName} was not found in time`)));
  resolve(hostName, policy).then(found.resolve, found.reject);
  return found.promise;
}

function pass(delayMs: number, deadline: Deadline): Promise<void> {
  const passed = Promise.withResolvers<void>();
  const timer = setTimeout(passed.resolve, delayMs);
  deadline.watch(() => {
    clearTimeout(timer);
    passed.reject(new DeliveryError('it was not sent in time'));
  });
  return passed.promise;
}

/** How far it came says what failed. */
interface Connection {
  connectedTo: string | undefined;
  secured: boolean;
}

function openRequest(
  message: CallbackMessage,
  target: RouteTarget,
  addresses: readonly TargetAddress[],
  connection: Connection,
): ClientRequest {
  const address = { host: target.hostname, port: target.port, lookup: lookupOf(addresses) };
  // An empty server name is none. The certificate is checked against the host name either way.
  const servername = message.sni && isIP(target.hostname) === 0 ? target.hostname : '';
  return sendRequest({
    method: 'POST',
    path: message.url.requestTarget,
    headers: message.headers.flatMap(([name, value]) => [name, encodeHeaderText(value)]),
    createConnection: () => {
      const socket = target.protocol === 'https:' ? connectSecurely({ ...address, servername }) : connect(address);
      return watchConnection(socket, connection);
    },
  });
}

/** Answers with the addresses that were checked, so that nothing else is ever connected to. */
export function lookupOf(addresses: readonly TargetAddress[]): LookupFunction {
  return (_hostName, options, callback) => {
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, addresses[0]?.address ?? '', addresses[0]?.family ?? 4);
  };
}

function watchConnection(socket: Socket, connection: Connection): Socket {
  socket.once('connect', () => {
    connection.connectedTo = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? ''}`;
  });
  socket.once('secureConnect', () => {
    connection.secured = true;
  });
  return socket;
}

function failureAt({ connectedTo, secured }: Connection): CallbackFailure {
  if (connectedTo === undefined) return callbackFailure('connection-refused');
  return callbackFailure(secured ? 'reset' : 'tls');
}

function breakOffHalfway(request: ClientRequest, body: Buffer): void {
  request.write(body.subarray(0, Math.max(1, Math.floor(body.length / 2))), () => {
    request.destroy(new DeliveryError('the connection was reset'));
  });
  request.flushHeaders();
}

/** What follows is of another protocol. */
const SWITCHING_PROTOCOLS = 101;

async function readReply(sent: ClientRequest): Promise<CallbackReply> {
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      sent.once('response', resolve);
      // A 101 is a reply like any other; without somebody who waits for it, it would be none at all.
      sent.once('upgrade', (reply: IncomingMessage, socket: Socket) => {
        socket.destroy();
        resolve(reply);
      });
      sent.on('error', reject);
    });
    const status = response.statusCode ?? 0;
    const body = status === SWITCHING_PROTOCOLS ? Buffer.alloc(0) : await readBody(response, status);
    return { status, headers: response.headers, body };
  } finally {
    sent.destroy();
  }
}

/** At most what OSS accepts and one byte: a longer reply is refused unread. */
function readBody(response: IncomingMessage, status: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  return new Promise((resolve, reject) => {
    const finish = (): void => resolve(Buffer.concat(chunks));
    if (Number(response.headers['content-length']) > MAX_CALLBACK_REPLY_BYTES) finish();
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      sizeBytes += chunk.length;
      if (sizeBytes > MAX_CALLBACK_REPLY_BYTES) finish();
    });
    response.once('end', finish);
    // Any other status decides already; its body is for the journal only.
    response.on('error', status === 200 ? reject : finish);
  });
}

function refusedTarget(refused: readonly TargetAddress[], policy: CallbackTargetPolicy): Delivery {
  const addresses = refused.map(({ address }) => address).join(', ');
  const cause = `callbacks to ${addresses} are not allowed by --callback-targets ${policy}`;
  return { connectedTo: undefined, reply: undefined, failure: callbackFailure('connection-refused'), cause };
}

function timeoutFailure(target: RouteTarget, timeoutMs: number, connectedTo?: string): CallbackFailure {
  return callbackFailure('timeout', { address: connectedTo ?? `${target.hostname}:${target.port}`, timeoutMs });
}

function causeText(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(causeText).join('; ');
  return error instanceof Error ? error.message : String(error);
}

class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
}
