import { setTimeout } from 'node:timers/promises';
import type { ImplementedOperation, OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { RequestBody } from '../http/request-body.ts';
import type { StoreFaultProfile } from './fault-profiles.ts';
import type { FaultSource, StruckFault } from './faults.ts';

const DEFAULT_DELAY_MS = 1000;

export interface FaultyCall {
  readonly call: OperationCall;
  readonly operation: ImplementedOperation;
  readonly faults: FaultSource;
  /** Where it is said that a fault has struck. */
  readonly log: (line: string) => void;
  /** Ends the client's connection without an answer. */
  readonly reset: () => void;
}

/**
 * Runs the operation, or what the fault that strikes the request makes of it.
 * @throws {OssError} of the operation or of the fault; the line of the log names the fault as the cause
 */
export async function handleWithFaults({ call, operation, faults, log, reset }: FaultyCall): Promise<OssResponse> {
  const { bucket, key, request } = call;
  const fault = faults.takeStoreFault({ operation: operation.name, bucket, key });
  if (fault === undefined) return operation.handle(call);
  const cause = `fault ${fault.profile}`;
  switch (fault.profile) {
    case 'store-slow':
      log(lineOf(call, fault, `held back for ${fault.delayMs ?? DEFAULT_DELAY_MS} ms`));
      await setTimeout(fault.delayMs ?? DEFAULT_DELAY_MS);
      return operation.handle(call);
    case 'store-failing':
      throw new OssError('InternalError', {}, { cause });
    case 'store-unavailable':
      throw new OssError('ServiceUnavailable', {}, { cause });
    case 'store-full':
      return operation.handle({ ...call, request: { ...request, body: fullStoreBody(request.body, cause) } });
    case 'store-lost-answer': {
      const response = await operation.handle(call);
      log(lineOf(call, fault, `done, ${response.status}, and the connection reset`));
      reset();
      return response;
    }
  }
}

function lineOf({ request }: OperationCall, fault: StruckFault<StoreFaultProfile>, what: string): string {
  return `${request.receivedAt.toISOString()} ${request.requestId} fault ${fault.profile}: ${what}`;
}

/** The first half of what is announced goes through, and then there is no room. */
function fullStoreBody(body: RequestBody, cause: string): RequestBody {
  return {
    declaredSizeBytes: body.declaredSizeBytes,
    chunked: body.chunked,
    get isWithheld() {
      return body.isWithheld;
    },
    async *read(maxBytes) {
      const roomBytes = Math.floor((body.declaredSizeBytes ?? 0) / 2);
      let sizeBytes = 0;
      for await (const chunk of body.read(maxBytes)) {
        sizeBytes += chunk.length;
        if (sizeBytes > roomBytes) break;
        yield chunk;
      }
      throw new OssError('InternalError', {}, { cause });
    },
  };
}
