import { parseCommandLine, USAGE } from './command-line.ts';
import type { PutCommand } from './command-line.ts';
import { EXIT_CODES } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { formatBytes, showProgress } from './progress.ts';
import type { Progress } from './progress.ts';
import { uploadFile } from './upload/upload-file.ts';
import type { UploadOutcome } from './upload/upload-file.ts';

export interface DemoClientStreams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
}

/**
 * The command line `oss-demo` without the process around it.
 * @returns the exit code, see {@link EXIT_CODES}
 */
export async function runDemoClient(
  argv: readonly string[],
  streams: DemoClientStreams,
  defaults: { readonly serverUrl: string },
): Promise<ExitCode> {
  const line = parseCommandLine(argv, defaults);
  switch (line.command) {
    case 'help':
      streams.stdout.write(USAGE);
      return EXIT_CODES.delivered;
    case 'invalid':
      streams.stderr.write(`oss-demo: ${line.problem}\nTry oss-demo --help.\n`);
      return EXIT_CODES.usage;
    case 'put':
      return putAll(line.put, streams);
  }
}

/** One file after the other; the worst outcome decides the exit code: not stored, then stored but not called back. */
async function putAll(command: PutCommand, streams: DemoClientStreams): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  for (const file of command.files) codes.push(await putOne(command, file, streams));
  if (codes.includes(EXIT_CODES.failed)) return EXIT_CODES.failed;
  return codes.includes(EXIT_CODES.callbackFailed) ? EXIT_CODES.callbackFailed : EXIT_CODES.delivered;
}

async function putOne(command: PutCommand, file: string, { stdout, stderr }: DemoClientStreams): Promise<ExitCode> {
  const emit = (event: object) => stdout.write(`${JSON.stringify(event)}\n`);
  let progress: Progress | undefined;
  const outcome = await uploadFile({
    ...command,
    file,
    onGrant(grant, sizeBytes) {
      progress = showProgress(stderr, file, sizeBytes);
      if (!command.verbose) return;
      if (command.json) emit({ event: 'grant', file, grant });
      else stderr.write(`grant ${grant.id}: ${grant.method} ${grant.url}\n`);
    },
    onProgress: (sentBytes) => progress?.update(sentBytes),
  });
  progress?.end();
  if (command.json) emit({ event: 'result', file, ...outcome });
  else stdout.write(describe(file, outcome));
  return { delivered: EXIT_CODES.delivered, 'callback-failed': EXIT_CODES.callbackFailed, failed: EXIT_CODES.failed }[
    outcome.outcome
  ];
}

function describe(file: string, outcome: UploadOutcome): string {
  if (outcome.outcome === 'failed') {
    return `${file}: upload failed\n  ${failure(outcome.error)}\n`;
  }
  const { bucket, objectKey, sizeBytes, etag, uploadId } = outcome.object;
  const stored = `${bucket}/${objectKey}  ${formatBytes(sizeBytes)}  ETag ${etag}`;
  return outcome.outcome === 'delivered'
    ? `${file}: stored, called back\n  ${stored}\n  answer ${JSON.stringify(outcome.answer)}\n`
    : `${file}: stored, callback failed\n  ${stored}\n  ${failure(outcome.error)}\n` +
        `  The object is there: do not upload it again. The callback server knows it as upload ${uploadId}.\n`;
}

function failure({
  code,
  message,
  ec,
  requestId,
}: {
  code: string;
  message: string;
  ec?: string | undefined;
  requestId?: string | undefined;
}): string {
  return [`${code}: ${message}`, ec && `EC ${ec}`, requestId && `request ${requestId}`].filter(Boolean).join(', ');
}
