import { ossErrors } from './errors.ts';
import type { OssErrorCode } from './errors.ts';
import type { XmlContent, XmlElement } from './xml.ts';

/** Extra members of the error XML, in OSS's spelling: `{ Key: 'a.txt' }`. Those that are `undefined` are left out. */
export type ErrorMembers = Readonly<Record<string, XmlContent | undefined>>;

export interface OssErrorDetails {
  /** For codes that OSS uses with several messages. */
  readonly message?: string | undefined;
  readonly ec?: string | undefined;
  /** Response headers beside those of every answer: a 203 still carries the object's ETag. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** For the log line only; never sent. */
  readonly cause?: unknown;
}

/** A refusal as OSS words it. The table `errors.ts` gives status, message and EC; nothing else answers with an error. */
export class OssError extends Error {
  override readonly name = 'OssError';
  readonly code: OssErrorCode;
  readonly status: number;
  readonly ec: string | undefined;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly members: readonly XmlElement[];

  constructor(code: OssErrorCode, members: ErrorMembers = {}, details: OssErrorDetails = {}) {
    const row: { status: number; message: string; ec?: string } = ossErrors[code];
    super(details.message ?? row.message, { cause: details.cause });
    this.code = code;
    this.status = row.status;
    // An own message is another case of the code: the EC of the table's message would name the wrong documentation page.
    this.ec = details.ec ?? (details.message === undefined ? row.ec : undefined);
    this.headers = details.headers ?? {};
    this.members = Object.entries(members);
  }
}
