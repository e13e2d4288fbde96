/** What was handed to a signing function cannot be signed. The message names the field and the rule, never a value. */
export class SigningInputError extends Error {
  override readonly name = 'SigningInputError';
  /** The argument that is wrong, as the caller spells it: `expiresIn`, `credentials.accessKeySecret`, … */
  readonly field: string;
  /** What that argument must be. */
  readonly rule: string;

  constructor(field: string, rule: string) {
    super(`${field} ${rule}`);
    this.field = field;
    this.rule = rule;
  }
}
