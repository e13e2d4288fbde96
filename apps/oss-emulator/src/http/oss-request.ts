import type { RequestAddress } from './request-address.ts';
import type { RequestBody } from './request-body.ts';
import type { RequestHeaders } from './request-headers.ts';

/** One request as the operations see it: split, decoded once, nothing believed yet. */
export interface OssRequest {
  readonly requestId: string;
  readonly receivedAt: Date;
  readonly method: string;
  readonly address: RequestAddress;
  /** Every query parameter, in order, as the signature needs them. */
  readonly query: ReadonlyArray<readonly [name: string, value: string]>;
  /** The first value of each query parameter, as the operations need them. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly headers: RequestHeaders;
  /** Host header without the port; what `HostId` repeats. */
  readonly hostName: string;
  readonly clientIp: string;
  readonly body: RequestBody;
}
