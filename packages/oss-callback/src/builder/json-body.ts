import { type CallbackBodyFields, type CallbackTemplate, writeTemplate } from './callback-body-fields.ts';

/** Numbers that OSS may have no value for: in quotes an empty one leaves the body valid JSON. */
const PERHAPS_EMPTY: readonly string[] = ['imageInfo.width', 'imageInfo.height'];

/**
 * A body of type `application/json`: one flat object. Quotes are this function's business: OSS writes those of strings
 * itself, `size` is a number, the two image sizes are strings of digits (empty or `null` for what is no image).
 *
 * @throws {CallbackParamError} names the field and the rule
 */
export function jsonBody(fields: CallbackBodyFields): CallbackTemplate {
  return writeTemplate(fields, {
    bodyType: 'application/json',
    constant: jsonText,
    placeholder: ({ name }) => (PERHAPS_EMPTY.includes(name) ? `"\${${name}}"` : `\${${name}}`),
    field: (name, value) => `${jsonText(name)}:${value}`,
    join: (members) => `{${members.join(',')}}`,
  });
}

/** A constant in which no placeholder begins, in no spelling: "$", "{" and "%" are escaped. */
function jsonText(value: string | number): string {
  return JSON.stringify(value).replaceAll(
    /[${%]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
