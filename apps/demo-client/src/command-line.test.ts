import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './command-line.ts';

const DEFAULTS = { serverUrl: 'http://127.0.0.1:3280' };
const parse = (...argv: string[]) => parseCommandLine(argv, DEFAULTS);

describe('parseCommandLine', () => {
  it('takes files, variables and the body type of put', () => {
    const line = parse(
      'put',
      'a.jpg',
      'b.png',
      '--var',
      'title=日出 "早"=1',
      '--var',
      'n=',
      '--body-type',
      'form',
      '--json',
    );
    expect(line).toEqual({
      command: 'put',
      put: {
        files: ['a.jpg', 'b.png'],
        serverUrl: DEFAULTS.serverUrl,
        contentType: undefined,
        variables: { title: '日出 "早"=1', n: '' },
        callbackBodyType: 'application/x-www-form-urlencoded',
        json: true,
        verbose: false,
      },
    });
  });

  it.each([
    [['put', 'a', '--sever', 'x'], /--sever/],
    [['put'], /FILE/],
    [[], /command is missing/],
    [['upload', 'a'], /"upload"/],
    [['put', 'a', '--body-type', 'xml'], /--body-type.*"xml"/],
    [['put', 'a', '--server', 'ftp://x'], /--server.*"ftp:\/\/x"/],
    [['put', 'a', '--var', '=x'], /--var: NAME=VALUE/],
    [['put', 'a', '--content-type', 'jpeg'], /--content-type.*"jpeg"/],
  ])('refuses %j, naming the flag and the rule', (argv, problem) => {
    expect(parse(...argv)).toEqual({ command: 'invalid', problem: expect.stringMatching(problem) });
  });

  it('shows help whatever else is given', () => {
    expect(parse('put', '--help')).toEqual({ command: 'help' });
  });
});
