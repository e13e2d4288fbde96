import type { LoggerService } from '@nestjs/common';

/** Takes one finished line of JSON, without a line break. */
export type WriteLine = (line: string) => void;

/** What Nest reports about its own start; nobody needs it line by line. */
const QUIET_CONTEXTS: ReadonlySet<string> = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

/** Nest's logger as JSON lines: time, level, context, message, and the stack of an error. */
export class JsonLogger implements LoggerService {
  readonly #write: WriteLine;

  constructor(write: WriteLine) {
    this.#write = write;
  }

  log(message: unknown, ...rest: unknown[]): void {
    if (!QUIET_CONTEXTS.has(contextOf(rest))) {
      this.#line('info', message, rest);
    }
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#line('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#line('error', message, rest);
  }

  #line(level: string, message: unknown, rest: readonly unknown[]): void {
    const stack = rest.length > 1 ? rest[0] : undefined;
    const time = new Date().toISOString();
    // JSON escapes line breaks, so nothing a sender chose can start a line of its own.
    this.#write(JSON.stringify({ time, level, context: contextOf(rest), message: String(message), stack }));
  }
}

/** Nest passes the context last. */
function contextOf(rest: readonly unknown[]): string {
  const last = rest.at(-1);
  return typeof last === 'string' ? last : '';
}
