const KNOWN =
  /^(?:key|policy|ossaccesskeyid|signature|callback|success_action_(?:redirect|status)|cache-control|content-(?:type|disposition|encoding)|expires|x-oss-.+|x:.*)$/i;

/** Whether OSS looks at a form field of that name. Any other may be there, and be there twice: browsers send what the page has. */
export function isKnownField(name: string): boolean {
  return KNOWN.test(name);
}
