import type { EmulatorContext } from '../emulator-context.ts';
import type { ListPage } from '../store/object-store.ts';
import type { XmlElement } from '../xml.ts';
import { ownerElement } from './bucket-elements.ts';
import type { NameEncoding } from './list-parameters.ts';
import { restoreText } from './restore-state.ts';

export interface ListedForm {
  readonly encoding: NameEncoding;
  readonly withOwner: boolean;
}

/** `Contents` and `CommonPrefixes`, the same in both versions of the listing. */
export function listElements(
  page: ListPage,
  { encoding, withOwner }: ListedForm,
  { account, now }: EmulatorContext,
): XmlElement[] {
  const contents = page.objects.map((object): XmlElement => [
    'Contents',
    [
      ['Key', encoding.encode(object.key)],
      ['LastModified', object.lastModified],
      ['ETag', `"${object.etag}"`],
      ['Type', object.objectType],
      ['Size', object.sizeBytes],
      ['StorageClass', object.storageClass],
      ['RestoreInfo', restoreText(object, now())],
      ...(withOwner ? [ownerElement(account)] : []),
    ],
  ]);
  const prefixes = page.commonPrefixes.map((prefix): XmlElement => [
    'CommonPrefixes',
    [['Prefix', encoding.encode(prefix)]],
  ]);
  return [...contents, ...prefixes];
}
