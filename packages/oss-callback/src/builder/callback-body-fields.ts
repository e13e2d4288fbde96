import type { CallbackBodyType } from '../callback-body-type.ts';
import { CallbackParamError } from '../callback-param-error.ts';
import { MAX_CALLBACK_FIELDS } from '../flat-fields.ts';
import type { CustomVariable } from './custom-variable.ts';
import type { SystemVariable } from './system-variable.ts';

/** What a field of the body holds: a constant, or a variable that OSS fills in. */
export type CallbackBodyField = string | number | SystemVariable | CustomVariable;

/** Fields by name, in the order in which they are sent. */
export type CallbackBodyFields = Readonly<Record<string, CallbackBodyField>>;

declare const madeByBuilder: unique symbol;

/** A finished template: what `jsonBody` and `formBody` make, and nothing else. */
export interface CallbackTemplate {
  readonly bodyType: CallbackBodyType;
  readonly template: string;
  /** Values of the custom variables in it, by name with `x:`. */
  readonly variables: ReadonlyMap<string, string>;
  readonly [madeByBuilder]: true;
}

/** How one body type writes a name, a constant and a placeholder, and puts fields together. */
export interface TemplateWriter {
  readonly bodyType: CallbackBodyType;
  readonly constant: (value: string | number) => string;
  readonly placeholder: (variable: SystemVariable | CustomVariable) => string;
  readonly field: (name: string, value: string) => string;
  readonly join: (fields: readonly string[]) => string;
}

/**
 * Checks the fields and writes them.
 *
 * @throws {CallbackParamError} names the field and the rule
 */
export function writeTemplate(fields: CallbackBodyFields, writer: TemplateWriter): CallbackTemplate {
  const entries = Object.entries(fields);
  if (entries.length === 0) {
    throw new CallbackParamError('callbackBody', 'body-empty', 'a body has at least one field');
  }
  if (entries.length > MAX_CALLBACK_FIELDS) {
    throw new CallbackParamError('callbackBody', 'too-many-fields', `more than ${MAX_CALLBACK_FIELDS} fields`);
  }
  const variables = new Map<string, string>();
  const written = entries.map(([name, value]) => {
    checkName(name);
    if (typeof value === 'object' && value.kind === 'custom') {
      declare(variables, value);
    }
    return writer.field(
      name,
      typeof value === 'object' ? writer.placeholder(value) : writer.constant(checked(name, value)),
    );
  });
  return { bodyType: writer.bodyType, template: writer.join(written), variables } as unknown as CallbackTemplate;
}

function checkName(name: string): void {
  if (name === '' || /[[\]]/.test(name)) {
    throw new CallbackParamError(
      JSON.stringify(name),
      'field-name-invalid',
      'a field of the body needs a name without brackets, which many parsers take for a list',
    );
  }
  if (!name.isWellFormed()) {
    throw new CallbackParamError(JSON.stringify(name), 'text-not-well-formed', 'the name holds half a surrogate pair');
  }
}

function checked(name: string, value: unknown): string | number {
  if (typeof value === 'string' && value.isWellFormed()) {
    return value;
  }
  if (typeof value === 'number' && Number.isFinite(value)) {
    return value;
  }
  throw new CallbackParamError(
    name,
    typeof value === 'string' ? 'text-not-well-formed' : 'field-value-invalid',
    'a field holds well-formed text, a finite number, systemVariable(…) or customVariable(…)',
  );
}

function declare(variables: Map<string, string>, { name, value }: CustomVariable): void {
  const other = variables.get(name);
  if (other !== undefined && other !== value) {
    throw new CallbackParamError(name, 'variable-declared-twice', 'the custom variable is given two values');
  }
  variables.set(name, value);
}
