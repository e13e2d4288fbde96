import { styleText } from 'node:util';

/** What a hop shows: a label and a value as it went over the wire. */
export type HopDetail = readonly [label: string, value: string];

type Style = Parameters<typeof styleText>[0];

/** Prints the hops of `docs/an-upload-step-by-step.md` with real values, one paragraph each. */
export class Narrator {
  readonly #out: NodeJS.WriteStream;
  #hop = 0;

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
  }

  say(text = ''): void {
    this.#out.write(`${text}\n`);
  }

  hop(title: string, where: string, details: readonly HopDetail[] = []): void {
    this.#hop += 1;
    this.say();
    this.say(`${this.#style('cyan', String(this.#hop).padStart(2))}  ${this.#style('bold', title)}`);
    this.say(`    ${this.#style('dim', where)}`);
    for (const [label, value] of details) {
      this.say(`    ${this.#style('green', label)}`);
      for (const line of value.split('\n')) this.say(`      ${line}`);
    }
  }

  success(text: string): void {
    this.say(`\n${this.#style('green', '✔')} ${text}`);
  }

  failure(text: string): void {
    this.say(`\n${this.#style('red', '✘')} ${text}`);
  }

  #style(style: Style, text: string): string {
    // styleText itself looks at NO_COLOR, FORCE_COLOR and whether the stream is a terminal.
    return styleText(style, text, { stream: this.#out });
  }
}
