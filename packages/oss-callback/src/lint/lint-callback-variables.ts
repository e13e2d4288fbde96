import { callbackVariables, isCallbackVariableName } from '../callback-variables.ts';
import { type AddFinding, shorten } from './callback-findings.ts';
import { nearestName } from './nearest-name.ts';

const SYSTEM_NAMES: readonly string[] = callbackVariables.map(({ name }) => name);

/** What other storage services, SDKs and people call them. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['key', 'object'],
  ['name', 'object'],
  ['filename', 'object'],
  ['fileName', 'object'],
  ['objectName', 'object'],
  ['objectKey', 'object'],
  ['bucketName', 'bucket'],
  ['hash', 'etag'],
  ['fsize', 'size'],
  ['fileSize', 'size'],
  ['contentLength', 'size'],
  ['contentType', 'mimeType'],
  ['type', 'mimeType'],
  ['width', 'imageInfo.width'],
  ['height', 'imageInfo.height'],
  ['format', 'imageInfo.format'],
  ['md5', 'contentMd5'],
  ['requestId', 'reqId'],
  ['ip', 'clientIp'],
]);

export interface VariableLintInput {
  /** Names in the template, in order; `undefined` when there is no template to read. */
  readonly used: readonly string[] | undefined;
  /** Names and values of `callback-var`; `undefined` when nobody knows them. */
  readonly declared: Readonly<Record<string, unknown>> | undefined;
}

/** Compares the variables of the template with those that exist. */
export function lintCallbackVariables({ used, declared }: VariableLintInput, add: AddFinding): void {
  const declaredNames = Object.keys(declared ?? {});
  for (const name of new Set(used ?? [])) {
    if (name.startsWith('x:')) {
      lintCustomVariable(name, declared === undefined ? undefined : declaredNames, add);
    } else if (!isCallbackVariableName(name)) {
      const meant = declaredNames.includes(`x:${name}`)
        ? `x:${name}`
        : (ALIASES.get(name) ?? nearestName(name, SYSTEM_NAMES));
      add('variable-unknown', 'callbackBody', {
        at: `\${${shorten(name)}}`,
        fix: meant === undefined ? undefined : `write \${${meant}}`,
      });
    }
  }
  for (const [name, value] of Object.entries(declared ?? {})) {
    lintDeclaration(name, value, used, add);
  }
}

function lintCustomVariable(name: string, declared: readonly string[] | undefined, add: AddFinding): void {
  if (declared !== undefined && !declared.includes(name)) {
    const meant = nearestDeclared(name.slice('x:'.length), declared);
    add('variable-undeclared', 'callbackBody', {
      at: `\${${shorten(name)}}`,
      fix: meant === undefined ? undefined : `declared is ${shorten(meant)}; use one spelling in both places`,
    });
  } else if (declared === undefined && /\p{Lu}/u.test(name)) {
    add('variable-name-upper-case', name, { at: name, fix: `write ${shorten(name.toLowerCase())}` });
  }
}

/** With or without its prefix, as it is declared. */
function nearestDeclared(name: string, declared: readonly string[]): string | undefined {
  const nearest = nearestName(name, declared.map(withoutPrefix));
  return declared.find((each) => withoutPrefix(each) === nearest);
}

function withoutPrefix(name: string): string {
  return name.startsWith('x:') ? name.slice('x:'.length) : name;
}

function lintDeclaration(name: string, value: unknown, used: VariableLintInput['used'], add: AddFinding): void {
  if (typeof value !== 'string') {
    add('var-not-string-map', name, { at: name });
  }
  if (!name.startsWith('x:') || name === 'x:') {
    add('variable-name-without-prefix', name, { at: name, fix: `write x:${shorten(name.replace(/^x:?/, ''))}` });
    return;
  }
  if (name.startsWith('x:x:')) {
    add('variable-prefix-twice', name, { at: name });
  }
  if (/\p{Lu}/u.test(name)) {
    add('variable-name-upper-case', name, {
      at: name,
      fix: `write ${shorten(name.toLowerCase())}, here and in callbackBody`,
    });
  }
  if (used?.includes(name) === false) {
    add('variable-unused', name, { at: name, fix: `put \${${shorten(name)}} into callbackBody` });
  }
}
