/** @returns the origin of an http or https URL that has nothing but an origin; `undefined` for anything else. */
export function parsePublicUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isOrigin = (url.protocol === 'http:' || url.protocol === 'https:') && url.href === `${url.origin}/`;
  return isOrigin ? url.origin : undefined;
}
