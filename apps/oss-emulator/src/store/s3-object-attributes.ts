import type { ObjectAttributes } from './object-attributes.ts';

/** One entry of metadata for what an object was given beside its headers; S3 allows 2 KiB of metadata in all. */
type EncodedAttributes = Omit<ObjectAttributes, 'restore'> & {
  readonly restore?: { readonly readyAt: string; readonly expiresAt: string } | undefined;
};

/** @returns `undefined` for none, as nearly all objects have it */
export function encodeAttributes(attributes: ObjectAttributes): string | undefined {
  const { acl, tags, serverSideEncryption, restore, sealedTime, worm } = attributes;
  const text = JSON.stringify({ acl, tags, serverSideEncryption, restore, sealedTime, worm });
  return text === '{}' ? undefined : text;
}

export function decodeAttributes(text: string | undefined): ObjectAttributes {
  if (text === undefined) {
    return {};
  }
  const { restore, ...attributes } = JSON.parse(text) as EncodedAttributes;
  if (restore === undefined) {
    return attributes;
  }
  return {
    ...attributes,
    restore: { readyAt: new Date(restore.readyAt), expiresAt: new Date(restore.expiresAt) },
  };
}
