import { parseArgs } from 'node:util';

export const USAGE = `oss-demo: upload files to OSS with a callback

  oss-demo put FILE…     ask the callback server for a grant, upload each file, report both outcomes

  --server URL           callback server that hands out grants (OSS_DEMO_SERVER, default http://127.0.0.1:3280)
  --content-type TYPE    MIME type of the files; default by the file name's extension
  --var NAME=VALUE       custom variable, arrives at the callback server as x:NAME (repeatable)
  --body-type TYPE       json (default) or form: how OSS writes the callback's body
  --json                 one JSON event per line on stdout, the last one of each file is its result
  --verbose              show the grant too: presigned URL and headers
  --help

  Progress goes to stderr, results to stdout.
  Exit: 0 uploaded and called back, 1 upload failed, 2 usage, 3 stored but the callback failed.
`;

export interface PutCommand {
  readonly files: readonly string[];
  readonly serverUrl: string;
  readonly contentType: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly callbackBodyType: 'application/json' | 'application/x-www-form-urlencoded';
  readonly json: boolean;
  readonly verbose: boolean;
}

export type CommandLine =
  | { readonly command: 'put'; readonly put: PutCommand }
  | { readonly command: 'help' }
  | { readonly command: 'invalid'; readonly problem: string };

const BODY_TYPES = { json: 'application/json', form: 'application/x-www-form-urlencoded' } as const;

export function parseCommandLine(argv: readonly string[], defaults: { readonly serverUrl: string }): CommandLine {
  const parsed = parse(argv);
  if (typeof parsed === 'string') return { command: 'invalid', problem: parsed };
  const { values, positionals } = parsed;
  if (values.help) return { command: 'help' };

  const [command, ...files] = positionals;
  if (command === undefined) return invalid('a command is missing: put');
  if (command !== 'put') return invalid(`unknown command "${command}": the command is put`);
  if (files.length === 0) return invalid('put: at least one FILE is needed');

  const bodyType = values['body-type'];
  if (bodyType !== 'json' && bodyType !== 'form') return invalid(`--body-type: json or form, not "${bodyType}"`);
  const serverUrl = values.server ?? defaults.serverUrl;
  if (!isHttpUrl(serverUrl)) return invalid(`--server: an http:// or https:// URL, not "${serverUrl}"`);
  const contentType = values['content-type'];
  if (contentType !== undefined && !/^[\w.+-]+\/[\w.+-]+(?:;.*)?$/.test(contentType)) {
    return invalid(`--content-type: a MIME type such as image/jpeg, not "${contentType}"`);
  }
  const variables: Record<string, string> = {};
  for (const pair of values.var) {
    const at = pair.indexOf('=');
    if (at < 1) return invalid(`--var: NAME=VALUE, not "${pair}"`);
    variables[pair.slice(0, at)] = pair.slice(at + 1);
  }
  const put = { files, serverUrl, contentType, variables, callbackBodyType: BODY_TYPES[bodyType], json: values.json };
  return { command: 'put', put: { ...put, verbose: values.verbose } };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        server: { type: 'string' },
        'content-type': { type: 'string' },
        var: { type: 'string', multiple: true, default: [] },
        'body-type': { type: 'string', default: 'json' },
        json: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    // parseArgs names the flag; its hint about `--` does not help here.
    return error instanceof Error ? error.message.split('. To specify')[0]! : String(error);
  }
}

function invalid(problem: string): CommandLine {
  return { command: 'invalid', problem };
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
