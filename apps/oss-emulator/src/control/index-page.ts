import type { CallbackJournalEntry } from '../callback/callback-journal.ts';
import type { UploadJournalEntry } from '../callback/upload-journal.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { ControlContext } from './control-context.ts';
import { controlRoutePath } from './control-route.ts';
import type { ControlCall } from './control-route.ts';

const MAX_SHOWN = 50;

/** A plain list: what the control API has, and the last uploads and callbacks. */
export async function getIndex({ routes }: ControlCall, context: ControlContext): Promise<OssResponse> {
  const { journal, uploads, publicUrl } = context;
  const routeLines = routes.map((route) => {
    return `${route.method.padEnd(7)}${controlRoutePath(route).padEnd(38)}${route.doc}`;
  });
  const entries = journal.entries();
  const callbacks = entries.slice(0, MAX_SHOWN).map(callbackLine);
  const stored = uploads.entries();
  const called = new Set(entries.map(({ requestId }) => requestId));
  const text = [
    `OSS emulator at ${publicUrl.get()}`,
    '',
    ...routeLines,
    '',
    `callbacks (${entries.length}, newest first)`,
    ...callbacks,
    '',
    `uploads (${stored.length}, newest first)`,
    ...stored.slice(0, MAX_SHOWN).map((upload) => uploadLine(upload, called.has(upload.requestId))),
    '',
  ].join('\n');
  return { status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: Buffer.from(text, 'utf8') };
}

function callbackLine({ id, at, operation, bucket, key, verdict, attempts, warnings }: CallbackJournalEntry): string {
  const result = verdict.outcome === 'answered' ? 'answered' : `failed: ${verdict.message}`;
  const rules = warnings.length === 0 ? '' : `  (on real OSS: ${warnings.map(({ rule }) => rule).join(', ')})`;
  const url = attempts.at(-1)?.url ?? '';
  return `${id.padStart(5)}  ${at}  ${operation} ${bucket}/${printable(key)} → ${url}  ${result}${rules}`;
}

function uploadLine({ at, operation, bucket, key, sizeBytes }: UploadJournalEntry, hasCallback: boolean): string {
  const end = hasCallback ? '' : ', no callback';
  return `${' '.repeat(7)}${at}  ${operation} ${bucket}/${printable(key)}  ${sizeBytes} bytes${end}`;
}

function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '?');
}
