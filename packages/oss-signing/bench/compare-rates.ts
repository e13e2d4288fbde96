import { parseArgs } from 'node:util';

const ROUNDS = 12;
/** The first rounds let the compiler do its work and are not counted. */
const WARM_UP_ROUNDS = 2;
const ROUND_MS = 60;
/** With `--check` a ratio has to be this far below its aim to count as missed: machines are shared. */
const CLEARLY_MISSED = 0.85;

/** What is measured; a promise is awaited. Answers `false` when the work was not done. */
export type Subject = () => unknown;

/** Subjects that do the same work. Every ratio is told against the first one. */
export interface Comparison {
  readonly title: string;
  readonly subjects: Readonly<Record<string, Subject>>;
  /** The first subject has to do at least `times` as many calls per second as the one named `than`. */
  readonly aim?: { readonly than: string; readonly times: number };
}

/**
 * Measures and prints calls per second and ratios, and says of each aim whether it is met. Rounds of the subjects
 * alternate, so that whatever else the machine does slows all of them alike; each rate is the median of its rounds.
 * With `--check` on the command line the process exits with 1 when an aim is clearly missed.
 */
export async function compareRates(comparisons: readonly Comparison[]): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  for (const comparison of comparisons) {
    const rates = await measureAlternately(comparison.subjects);
    print(comparison, rates);
    const { aim } = comparison;
    if (aim !== undefined) {
      const ratio = first(rates) / (rates.get(aim.than) ?? Number.NaN);
      const isMissed = !(ratio >= aim.times * CLEARLY_MISSED);
      const verdict = ratio >= aim.times ? 'met' : 'missed';
      process.stdout.write(`  aim ≥ ${aim.times} × ${aim.than}: ${verdict} (${ratio.toFixed(2)})\n`);
      process.exitCode = values.check && isMissed ? 1 : process.exitCode;
    }
  }
}

async function measureAlternately(subjects: Comparison['subjects']): Promise<ReadonlyMap<string, number>> {
  const rounds = new Map<string, number[]>();
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    for (const [name, subject] of Object.entries(subjects)) {
      const rate = await callsPerSecond(name, subject);
      rounds.set(name, [...(rounds.get(name) ?? []), ...(round < WARM_UP_ROUNDS ? [] : [rate])]);
    }
  }
  return new Map([...rounds].map(([name, rates]) => [name, median(rates)]));
}

async function callsPerSecond(name: string, subject: Subject): Promise<number> {
  const started = performance.now();
  let calls = 0;
  let elapsedMs = 0;
  while (elapsedMs < ROUND_MS) {
    for (let index = 0; index < 20; index += 1) {
      const answer = subject();
      if ((answer instanceof Promise ? await answer : answer) === false) {
        throw new TypeError(`${name} did not do what is measured`);
      }
    }
    calls += 20;
    elapsedMs = performance.now() - started;
  }
  return (calls * 1000) / elapsedMs;
}

function print({ title }: Comparison, rates: ReadonlyMap<string, number>): void {
  process.stdout.write(`\n${title}\n`);
  for (const [name, rate] of rates) {
    const ratio = (rate / first(rates)).toFixed(2);
    process.stdout.write(`  ${name.padEnd(44)} ${Math.round(rate).toString().padStart(8)} /s  ${ratio.padStart(6)}\n`);
  }
}

function first(rates: ReadonlyMap<string, number>): number {
  return [...rates.values()][0] ?? Number.NaN;
}

function median(rates: readonly number[]): number {
  const sorted = rates.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
