import { parseCallbackBody } from '../callback-body-parser.ts';
import type { CallbackBodyType } from '../callback-body-type.ts';
import { type CallbackValues, renderCallbackBody } from '../callback-body.ts';
import { quotedStringPlaceholders } from '../callback-param-advice.ts';
import { constantsOf, findTemplateFault, placeholderNames, placeholdersOf } from '../callback-template.ts';
import { isJson } from '../is-json.ts';
import { percentEncode } from '../percent-encode.ts';
import type { AddFinding } from './callback-findings.ts';
import { lintWrongPlaceholders } from './lint-wrong-placeholders.ts';

const FIELD = 'callbackBody';
const JSON_TYPE = 'application/json';

export interface BodyLintInput {
  readonly template: string;
  readonly bodyType: CallbackBodyType;
  /** Whether the upload is an image; `undefined` when nobody knows. */
  readonly isImage: boolean | undefined;
}

/** Looks at the template; answers the names of its variables, or `undefined` when they cannot be told. */
export function lintCallbackBody(input: BodyLintInput, add: AddFinding): readonly string[] | undefined {
  const { template, bodyType } = input;
  const isFaulty = lintWrongPlaceholders(template, add);
  if (findTemplateFault(template) === 'placeholder-unclosed') {
    return undefined;
  }
  const names = placeholderNames(template);
  if (bodyType === JSON_TYPE) {
    lintJsonTemplate(input, names, isFaulty, add);
  } else {
    lintFormTemplate(template, names, add);
  }
  if (input.isImage === false && names.some((name) => name.startsWith('imageInfo.'))) {
    add('image-variable-without-image', FIELD);
  }
  if (!isFaulty && !isUploadNamed(names)) {
    add('body-without-upload', FIELD);
  }
  return names;
}

function isUploadNamed(names: readonly string[]): boolean {
  return names.includes('object') && (names.includes('size') || names.includes('etag'));
}

/** The usual reasons why a template is no JSON. */
function jsonFix(template: string): string | undefined {
  if (/[{[,:]\s*'/.test(template)) {
    return 'write double quotes: JSON has no single ones';
  }
  if (/[{,]\s*[A-Za-z_][\w.]{0,64}\s*:/.test(template)) {
    return 'put the names of members into double quotes';
  }
  return /,\s*[}\]]/.test(template) ? 'leave out the comma before the closing bracket' : undefined;
}

function lintJsonTemplate(
  { template, isImage }: BodyLintInput,
  names: readonly string[],
  isFaulty: boolean,
  add: AddFinding,
): void {
  const quoted = quotedStringPlaceholders(template);
  const unquoted = template.replaceAll(/"\$\{([^}"]*)\}"/g, (text, name: string) =>
    quoted.includes(name) ? `\${${name}}` : text,
  );
  const corrected = quotedStringPlaceholders(unquoted).length === 0 ? unquoted : undefined;
  for (const name of quoted) {
    const fix =
      corrected === undefined
        ? `write \${${name}} without quotes, as a field of its own: text cannot stand beside it`
        : `write \${${name}} without quotes`;
    add('string-placeholder-in-quotes', FIELD, { at: `"\${${name}}"`, fix, corrected });
  }
  const body = sampleBody(template, JSON_TYPE, names);
  if (!isJson(body)) {
    if (/^[^{["=&]{1,200}=/.test(template)) {
      add('form-template-as-json', FIELD);
    } else if (quoted.length === 0 && !isFaulty) {
      add('json-template-invalid', FIELD, { fix: jsonFix(template) });
    }
  } else if (isFieldRepeated(body, JSON_TYPE)) {
    add('body-field-repeated', FIELD);
  }
  if (isImage !== true) {
    const bare = placeholdersOf(template).filter(({ name, insideQuotes }) => isImageNumber(name) && !insideQuotes);
    for (const { name } of bare) {
      add('image-number-bare', FIELD, { at: `\${${name}}`, fix: `write "\${${name}}"` });
    }
  }
}

function lintFormTemplate(template: string, names: readonly string[], add: AddFinding): void {
  if (/^\s*[{[]\s*"/.test(template) || (/^\s*[{[]/.test(template) && isJson(sampleBody(template, JSON_TYPE, names)))) {
    add('json-template-as-form', FIELD);
    return;
  }
  const constants = constantsOf(template);
  const encoded = constants.map(encodeConstant);
  const at = constants.findIndex((constant, index) => constant !== encoded[index]);
  if (at >= 0) {
    const corrected = encoded.map((constant, index) => (index === 0 ? constant : `\${${names[index - 1]}}${constant}`));
    add('form-constant-not-encoded', FIELD, { at: constants[at] ?? '', corrected: corrected.join('') });
  }
  const body = sampleBody(template, 'application/x-www-form-urlencoded', names);
  if (isFieldRepeated(body, 'application/x-www-form-urlencoded')) {
    add('body-field-repeated', FIELD);
  }
}

/** What a form body may hold unescaped; a "%" only as part of an escape. */
function encodeConstant(constant: string): string {
  return constant.replaceAll(/%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%{}]/gu, percentEncode);
}

function isImageNumber(name: string): boolean {
  return name === 'imageInfo.width' || name === 'imageInfo.height';
}

/** The body of an upload that has a value for everything. */
function sampleBody(template: string, bodyType: CallbackBodyType, names: readonly string[]): string {
  return renderCallbackBody(
    { body: template, bodyType },
    { ...SAMPLE, variables: new Map(names.map((name) => [name, 'v'])) },
  );
}

const SAMPLE: CallbackValues = {
  bucket: 'b',
  object: 'o',
  etag: 'e',
  size: 1,
  mimeType: 'image/png',
  'imageInfo.width': 1,
  'imageInfo.height': 1,
  'imageInfo.format': 'png',
};

function isFieldRepeated(body: string, contentType: CallbackBodyType): boolean {
  const parsed = parseCallbackBody(contentType, Buffer.from(body, 'utf8'));
  return !parsed.ok && parsed.reason === 'duplicate-field';
}
