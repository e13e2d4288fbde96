import type { EmulatorContext } from './emulator-context.ts';
import type { OssRequest } from './http/oss-request.ts';
import type { OssResponse } from './http/oss-response.ts';
import type { StsSession } from './sts/sts-sessions.ts';

export type OperationResource = 'service' | 'bucket' | 'object';
export type OperationMethod = 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS';

/** A row of the table `operations.ts`: how a request is recognised, and what answers it. */
export interface Operation {
  /** OSS's own name for it. */
  readonly name: string;
  readonly method: OperationMethod;
  readonly resource: OperationResource;
  /** Query parameters that select the operation, `a&b` when it takes several; absent for the plain resource. */
  readonly subresource?: string;
  /** Tells rows of the same method, resource and sub-resource apart. */
  readonly when?: OperationCondition;
  /** What a bucket ACL may open to requests without a signature; absent: never. */
  readonly publicAccess?: 'read' | 'write';
  /**
   * `form`: fields of the body say who asks, and its handler has them verified. `nobody`: anybody may ask. Absent: the
   * signature of the request.
   */
  readonly authenticatedBy?: 'form' | 'nobody';
  /** What becomes of what the operation keeps; absent for operations that are not about a bucket's configuration. */
  readonly effect?: 'enforced' | 'stored';
  /** The operation's page under `https://www.alibabacloud.com/help/en/oss/developer-reference/`; absent: only SDKs have it. */
  readonly doc?: string;
  /** Absent: OSS has the operation and the emulator has not; it answers `NotImplemented` by name. */
  readonly handle?: OperationHandler;
}

/** A row that a request can be answered by. */
export interface ImplementedOperation extends Operation {
  readonly handle: OperationHandler;
}

/** The header is present, or the query parameter has the value. */
export type OperationCondition = { readonly header: string } | { readonly parameter: string; readonly value: string };

export type OperationHandler = (call: OperationCall) => Promise<OssResponse>;

export interface OperationCall {
  readonly request: OssRequest;
  readonly operation: Operation;
  readonly caller: Caller;
  /** Empty when the operation is the service's. */
  readonly bucket: string;
  /** Empty when the operation is the service's or a bucket's. */
  readonly key: string;
  readonly emulator: EmulatorContext;
}

/** Who asks, as the signature proves. */
export type Caller = AccountCaller | OtherAccountCaller | { readonly kind: 'anonymous' };

/** The account that owns every bucket: itself, or a session that it has lent some of its rights. */
export interface AccountCaller {
  readonly kind: 'owner';
  readonly accessKeyId: string;
  /** Of temporary credentials; whether the session may do what it asks for is for `authorize-session.ts` to say. */
  readonly session?: StsSession;
}

/** An account that owns no bucket here: policies of buckets and ACLs decide what it may do. */
export interface OtherAccountCaller {
  readonly kind: 'other-account';
  readonly accessKeyId: string;
  readonly accountId: string;
}
