import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { admit } from './access/admit.ts';
import { selectSignedAddress } from './access/authenticate.ts';
import { checkReferer } from './bucket-configuration/check-referer.ts';
import { handleDirectory, serveWebsite } from './bucket-configuration/website-pages.ts';
import { answerClientError } from './http/client-error.ts';
import { ConnectionOrder } from './http/connection-order.ts';
import { answerControl } from './control/answer-control.ts';
import type { ControlContext } from './control/control-context.ts';
import { crossOriginHeaders } from './http/cross-origin-headers.ts';
import { acceptDoubleFraming, hasDoubleFraming } from './http/double-framing.ts';
import type { EmulatorContext } from './emulator-context.ts';
import { errorResponse } from './http/error-response.ts';
import { clientGoneLine, failureLine } from './failure-log.ts';
import type { FaultSource } from './faults/faults.ts';
import { handleWithFaults } from './faults/handle-with-faults.ts';
import { findDomainAddress } from './http/find-domain-address.ts';
import { lingerAtEnd } from './http/linger.ts';
import { findOperation } from './operation-table.ts';
import type { OperationTable } from './operation-table.ts';
import { OssError } from './oss-error.ts';
import type { OssRequest } from './http/oss-request.ts';
import type { OssResponse } from './http/oss-response.ts';
import { isOwedBody } from './http/owed-body.ts';
import { controlPath, resolveAddresses } from './http/request-address.ts';
import type { AddressRules, RequestAddress } from './http/request-address.ts';
import { createRequestBody } from './http/request-body.ts';
import type { RequestBody } from './http/request-body.ts';
import { readRequestHeaders } from './http/request-headers.ts';
import type { RequestHeaders } from './http/request-headers.ts';
import { readHostName } from './http/request-host.ts';
import { createRequestId } from './http/request-id.ts';
import { parseRequestTarget } from './http/request-target.ts';
import { discardResponse, sendResponse } from './http/send-response.ts';
import { refuseDriveBy } from './access/refuse-drive-by.ts';
import type { BucketRecord } from './store/object-store.ts';
import { handleWithTrafficLimit } from './http/traffic-limit.ts';
import { answerSts } from './sts/answer-sts.ts';
import type { StsContext } from './sts/answer-sts.ts';
import { isStsRequest } from './sts/is-sts-request.ts';

export interface ServerContext {
  readonly emulator: EmulatorContext;
  readonly control: ControlContext;
  readonly operations: OperationTable;
  readonly sts: StsContext;
  readonly faults: FaultSource;
  readonly addressRules: () => AddressRules;
  /** One line per failed request. */
  readonly log: (line: string) => void;
}

/** One request and its answer, as node:http hands them over. */
interface Exchange {
  readonly incoming: IncomingMessage;
  readonly body: RequestBody;
  readonly requestId: string;
  readonly receivedAt: Date;
  /** Put on whatever is answered, errors included, as soon as the bucket is known. */
  readonly bucketHeaders: Record<string, string>;
}

/** Callback and callback-var may have 5 KB each, percent-encoded in the query; user metadata has 8 KB. */
const MAX_HEADER_BYTES = 32 * 1024;

/** A body may take as long as it likes, as long as something moves. */
const IDLE_TIMEOUT_MS = 120_000;

/** For the head of a request, which fits into a few packets: node:http has no limit of its own where a body has none. */
const HEADERS_TIMEOUT_MS = 60_000;

/** Longer than HTTP clients keep idle connections, so that none is closed under a request. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

export interface EmulatorServer {
  readonly http: Server;
  /** Takes no new requests and lets the running ones end, callbacks included, for at most {@link STOP_TIMEOUT_MS}. */
  stop(): Promise<void>;
}

const STOP_TIMEOUT_MS = 10_000;

/** @param headersTimeoutMs for tests */
export function createEmulatorServer(context: ServerContext, headersTimeoutMs = HEADERS_TIMEOUT_MS): EmulatorServer {
  const limits = {
    maxHeaderSize: MAX_HEADER_BYTES,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    requestTimeout: 0,
    headersTimeout: headersTimeoutMs,
    connectionsCheckingInterval: headersTimeoutMs / 2,
    requireHostHeader: false,
  };
  const busy = new WeakMap<object, { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse }>();
  const ending = new WeakSet<object>();
  const running = new Set<Promise<void>>();
  const order = new ConnectionOrder();
  const handle = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    // What follows a body whose end was said twice may be part of it for somebody else.
    if (ending.has(incoming.socket)) return;
    if (hasDoubleFraming(incoming)) ending.add(incoming.socket);
    busy.set(incoming.socket, { incoming, outgoing });
    outgoing.once('close', () => {
      if (busy.get(incoming.socket)?.outgoing === outgoing) busy.delete(incoming.socket);
    });
    const work = (): Promise<void> => handleExchange(incoming, outgoing, context);
    const exchange = order.run(incoming.socket, work).finally(() => running.delete(exchange));
    running.add(exchange);
  };
  const server = createServer(limits, handle);
  server.on('checkContinue', handle);
  // Any other expectation is ignored, as by the web server that OSS is built on (assumed); node:http would refuse it.
  server.on('checkExpectation', handle);
  acceptDoubleFraming(server, MAX_HEADER_BYTES);
  server.on('clientError', (error, socket) => {
    const current = busy.get(socket);
    // What follows a request that is being answered must not end up inside its answer: it is the last one here.
    if (current !== undefined && !isBodyAwaited(current)) {
      if (!current.incoming.complete || !socket.writable) socket.destroy();
      else if (!ending.has(socket)) current.outgoing.once('close', () => socket.end());
      ending.add(socket);
      return;
    }
    const now = context.emulator.now();
    const requestId = createRequestId(now);
    const refusal = answerClientError(error, socket, { now, requestId });
    if (refusal !== undefined) context.log(failureLine(refusal, { now, requestId, method: '-', target: '-' }));
  });
  server.timeout = IDLE_TIMEOUT_MS;
  // Who has sent everything may say so by closing that direction (`nc -N`, `shutdown(SHUT_WR)`), and still gets an answer.
  Object.assign(server, { httpAllowHalfOpen: true });
  // The size limit covers their number; node:http would drop what is beyond 2000 in silence.
  server.maxHeadersCount = 0;
  return { http: server, stop: () => stopServer(server, running) };
}

/** What cannot be read is the body of the request whose answer is next, and none of that has been sent. */
function isBodyAwaited(current: { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse }): boolean {
  return !current.incoming.complete && current.outgoing.socket !== null && !current.outgoing.headersSent;
}

async function stopServer(server: Server, running: ReadonlySet<Promise<void>>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const patience = setTimeout(() => server.closeAllConnections(), STOP_TIMEOUT_MS);
  // A callback may still be under way for a client that is gone.
  await Promise.all(running);
  server.closeIdleConnections();
  await closed;
  clearTimeout(patience);
}

async function handleExchange(incoming: IncomingMessage, outgoing: ServerResponse, context: ServerContext) {
  const startedAt = performance.now();
  const receivedAt = context.emulator.now();
  const requestId = createRequestId(receivedAt);
  const body = createRequestBody(incoming, outgoing);
  const { method = '', url: target = '' } = incoming;
  const report = (error: unknown): OssError => {
    const refusal = error instanceof OssError ? error : new OssError('InternalError', {}, { cause: error });
    context.log(failureLine(refusal, { now: receivedAt, requestId, method, target }));
    return refusal;
  };
  const bucketHeaders: Record<string, string> = {};
  let response: OssResponse;
  try {
    response = await answer({ incoming, body, requestId, receivedAt, bucketHeaders }, context);
  } catch (error) {
    if (incoming.destroyed && !incoming.complete) {
      context.log(clientGoneLine({ now: receivedAt, requestId, method, target }));
      return;
    }
    const hostName = incoming.headers.host?.replace(/:\d*$/, '') ?? '';
    response = errorResponse(report(error), { requestId, hostName, method });
  }
  if (outgoing.destroyed || outgoing.socket?.writable === false) {
    discardResponse(response);
    return;
  }
  const elapsedMs = performance.now() - startedAt;
  const now = context.emulator.now();
  const closeConnection = body.isWithheld || isOwedBody(incoming, body) || hasDoubleFraming(incoming);
  if (!incoming.complete && (closeConnection || !outgoing.shouldKeepAlive)) lingerAtEnd(incoming.socket);
  const answered = { requestId, method, now, elapsedMs, closeConnection };
  const vary = [response.headers?.['Vary'], bucketHeaders['Vary']].filter(Boolean).join(', ');
  const headers = { ...response.headers, ...bucketHeaders, ...(vary !== '' && { Vary: vary }) };
  await sendResponse(outgoing, { ...response, headers }, answered).catch((error: unknown) => {
    outgoing.destroy();
    if (isPrematureClose(error)) context.log(clientGoneLine({ now: receivedAt, requestId, method, target }));
    else report(error);
  });
  await body.drain();
}

function isPrematureClose(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** The path of every request, in order. What throws on the way is answered by OSS's error XML. */
async function answer(exchange: Exchange, context: ServerContext): Promise<OssResponse> {
  const { incoming, body, requestId, receivedAt } = exchange;
  const { emulator, control } = context;
  const method = incoming.method ?? '';
  const rules = context.addressRules();

  const headers = readRequestHeaders(incoming.rawHeaders);
  const { authority, rawPath, query } = parseRequestTarget(incoming.url ?? '');
  const hostName = readHostName(headers['host'], authority, incoming.httpVersion, rules);

  const controlRoute = controlPath(hostName, rawPath, rules);
  if (controlRoute !== undefined) return answerControl({ method, route: controlRoute, headers, body }, control);

  const signed = { method, query, headers, receivedAt };
  const byDomain = (refusal: unknown): Promise<RequestAddress> =>
    findDomainAddress(refusal, { ...signed, hostName, rawPath }, emulator);
  const addresses = await resolveAddresses(hostName, rawPath, rules).catch(
    async (refusal: unknown) => [await byDomain(refusal)] as const,
  );
  if (isStsRequest(hostName, rawPath, { method, query, headers, address: addresses[0] })) {
    return answerSts({ method, hostName, query, headers, body, receivedAt }, context.sts);
  }
  const address = selectSignedAddress(addresses, signed, emulator);
  const request: OssRequest = {
    requestId,
    receivedAt,
    method,
    address,
    query,
    parameters: new Map(query.toReversed()),
    headers,
    hostName,
    clientIp: clientIpOf(incoming),
    body,
  };

  // A wrong signature is found before anything of the body is read.
  return serveAddressed(request, exchange, context).catch(async (refusal: unknown) => {
    if (address.style !== 'path') throw refusal;
    return serveAddressed({ ...request, address: await byDomain(refusal) }, exchange, context);
  });
}

async function serveAddressed(request: OssRequest, exchange: Exchange, context: ServerContext): Promise<OssResponse> {
  const { incoming } = exchange;
  const { emulator } = context;
  const { method, headers } = request;
  const { bucket = '' } = request.address;
  const record = isFromBrowser(headers) && bucket !== '' ? await emulator.store.getBucket(bucket) : undefined;
  if (record === undefined) return serve(request, incoming, context);
  refuseDriveBy(request, record, emulator.account.credentials);
  Object.assign(exchange.bucketHeaders, crossOriginHeaders(record, { method, headers }));
  const { name } = requestedOperation(request, context);
  return serveWebsite(record, name, request, (asked) => serve(asked, incoming, context, record));
}

/** @param record of the bucket, when the request may come from a browser */
async function serve(request: OssRequest, incoming: IncomingMessage, context: ServerContext, record?: BucketRecord) {
  const { emulator, faults, log } = context;
  const operation = requestedOperation(request, context);
  const call = await admit(request, operation, emulator);
  if (
    record !== undefined &&
    request.headers['authorization'] === undefined &&
    operation.authenticatedBy === undefined
  ) {
    checkReferer(record, request.headers['referer']);
  }
  const reset = (): void => {
    incoming.socket.resetAndDestroy();
  };
  return handleDirectory(call, (asked) =>
    handleWithTrafficLimit(asked, (limited) => handleWithFaults({ call: limited, operation, faults, log, reset })),
  );
}

function requestedOperation({ method, address, parameters, headers }: OssRequest, { operations }: ServerContext) {
  const { bucket = '', key = '' } = address;
  const resource = key !== '' ? 'object' : bucket !== '' ? 'bucket' : 'service';
  return findOperation(operations, { method, resource, parameters, headers });
}

/** Perhaps: browsers do not sign by a header, unless a page of another origin makes them. */
function isFromBrowser(headers: RequestHeaders): boolean {
  return headers['origin'] !== undefined || headers['authorization'] === undefined;
}

/** IPv4 clients of a dual-stack socket appear as `::ffff:127.0.0.1`. */
function clientIpOf(incoming: IncomingMessage): string {
  return (incoming.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '');
}
