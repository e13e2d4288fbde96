/** A row of the error table (`errors.ts`). */
export interface ErrorRow {
  readonly status: number;
  readonly message: string;
  readonly ec?: string;
  /** The page that lists the code; absent where OSS documents none and the name is our choice. */
  readonly doc?: string;
}

/** The page of OSS about everything that it answers with that status. */
export function page(status: number): string {
  return `https://www.alibabacloud.com/help/en/oss/support/http-status-code-${status}`;
}
