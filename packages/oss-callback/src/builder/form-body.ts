import { percentEncode } from '../percent-encode.ts';
import { type CallbackBodyFields, type CallbackTemplate, writeTemplate } from './callback-body-fields.ts';

/**
 * A body of type `application/x-www-form-urlencoded`, OSS's default. Names and constants are percent-encoded here, values
 * of variables by OSS; every value arrives as text.
 *
 * @throws {CallbackParamError} names the field and the rule
 */
export function formBody(fields: CallbackBodyFields): CallbackTemplate {
  return writeTemplate(fields, {
    bodyType: 'application/x-www-form-urlencoded',
    constant: formText,
    placeholder: ({ name }) => `\${${name}}`,
    field: (name, value) => `${formText(name)}=${value}`,
    join: (pairs) => pairs.join('&'),
  });
}

/** What follows "{" is encoded too, so that a constant "${object}" does not look like a placeholder encoded by mistake. */
function formText(value: string | number): string {
  return percentEncode(String(value)).replaceAll(
    /(?<=%7B)[A-Za-z0-9]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
