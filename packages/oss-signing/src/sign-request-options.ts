import type { SignV1Options } from './v1/sign-request.ts';
import type { SignV4Options } from './v4/sign-request.ts';

/** What a signature needs beside the request. V4 is the default and needs a region; V1 takes one and ignores it. */
export type SignRequestOptions =
  | ({ readonly version?: 'V4' | undefined } & SignV4Options)
  | ({ readonly version: 'V1' } & SignV1Options & Partial<SignV4Options>);
