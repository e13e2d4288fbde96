import { withoutSecurityTokens } from './security-token-text.ts';
import type { XmlContent, XmlElement } from './xml.ts';

const MAX_VALUE_CHARACTERS = 400;
const MAX_LINE_CHARACTERS = 2000;

/** Members that only repeat, longer, what others say. */
const LEFT_OUT = new Set(['StringToSignBytes', 'CanonicalRequest']);

export interface LoggedRequest {
  readonly now: Date;
  readonly requestId: string;
  readonly method: string;
  /** As it came; a presigned URL's query holds a signature, so only the path is shown. */
  readonly target: string;
}

/** What a line is about: an `OssError`, or the refusal of STS. */
export interface LoggedRefusal {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly ec?: string | undefined;
  readonly members?: readonly XmlElement[];
  readonly cause?: unknown;
}

/** One line a person can read: what was asked, what was answered, why. Control characters never reach the terminal. */
export function failureLine(error: LoggedRefusal, { now, requestId, method, target }: LoggedRequest): string {
  const path = target.split('?', 1)[0] ?? '';
  const details = (error.members ?? []).flatMap(memberText);
  if (error.cause !== undefined) details.push(causeText(error.cause));
  const code = error.ec === undefined ? error.code : `${error.code} ${error.ec}`;
  const why = details.length === 0 ? '' : ` (${details.join(', ')})`;
  const line = `${now.toISOString()} ${requestId} ${method} ${shorten(path)} → ${error.status} ${code}: ${error.message}${why}`;
  return printable(withoutSecurityTokens(line)).slice(0, MAX_LINE_CHARACTERS);
}

/** A client that closes its connection in the middle is nobody's error here; the line says why an upload is not there. */
export function clientGoneLine({ now, requestId, method, target }: LoggedRequest): string {
  const path = shorten(target.split('?', 1)[0] ?? '');
  return printable(`${now.toISOString()} ${requestId} ${method} ${path} → the client closed the connection`);
}

function memberText([name, content]: XmlElement): string[] {
  if (LEFT_OUT.has(name)) return [];
  if (isElementList(content)) return content.flatMap(memberText);
  return typeof content === 'string' ? [`${name}=${shorten(JSON.stringify(content))}`] : [];
}

function isElementList(content: XmlContent | undefined): content is readonly XmlElement[] {
  return Array.isArray(content);
}

/** An unexpected error is found by where it was thrown; an expected one says enough. */
function causeText(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const thrownAt = cause.stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
  return `${cause.name}: ${cause.message}${thrownAt === undefined ? '' : ` ${thrownAt.trim()}`}`;
}

function shorten(text: string): string {
  return text.length > MAX_VALUE_CHARACTERS ? `${text.slice(0, MAX_VALUE_CHARACTERS)}…` : text;
}

/** Control characters as escapes, so that none reaches a terminal. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
