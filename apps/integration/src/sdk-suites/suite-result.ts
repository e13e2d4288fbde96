import { EXPECTED_FAILURES } from './ali-oss-suites.ts';
import type { ExpectedFailure } from './ali-oss-suites.ts';
import type { MochaReport } from './mocha-report.ts';

export interface SuiteResult {
  readonly name: string;
  readonly passed: number;
  /** Skipped by ali-oss itself. */
  readonly skipped: number;
  readonly expected: ReadonlyArray<{ readonly title: string; readonly expectation: ExpectedFailure }>;
  readonly unexpected: ReadonlyArray<{ readonly title: string; readonly message: string }>;
}

const MAX_MESSAGE_LENGTH = 200;

/** Holds a suite's report against the list of what may fail. */
export function judgeSuite(name: string, { failures, passes, pending }: MochaReport): SuiteResult {
  const expected = [];
  const unexpected = [];
  for (const { fullTitle, err } of failures) {
    const expectation = EXPECTED_FAILURES.find(({ title }) => fullTitle.includes(title));
    const message = (err.message ?? '').replaceAll(/\s+/g, ' ').slice(0, MAX_MESSAGE_LENGTH);
    if (expectation === undefined) unexpected.push({ title: fullTitle, message });
    else expected.push({ title: fullTitle, expectation });
  }
  return { name, passed: passes.length, skipped: pending.length, expected, unexpected };
}

/** Entries of the list that nothing failed for. */
export function unmatchedExpectations(results: readonly SuiteResult[]): readonly ExpectedFailure[] {
  const matched = new Set(results.flatMap(({ expected }) => expected.map(({ expectation }) => expectation)));
  return EXPECTED_FAILURES.filter((expectation) => !matched.has(expectation));
}
