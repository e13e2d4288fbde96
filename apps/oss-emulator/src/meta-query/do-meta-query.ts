import { childrenNamed, descend, textAt } from '../bucket-configuration/configuration-node.ts';
import {
  anyText,
  group,
  many,
  required,
  wholeNumber,
  withFallback,
  word,
} from '../bucket-configuration/element-rules.ts';
import type { ContentRules } from '../bucket-configuration/element-rules.ts';
import { readConfiguration } from '../bucket-configuration/read-configuration.ts';
import type { ConfigurationNode } from '../bucket-configuration/read-configuration.ts';
import { readConfigurationBody } from '../bucket-configuration/stored-configuration.ts';
import type { OperationCall, OperationHandler } from '../operation.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { StoredObject } from '../store/object-store.ts';
import type { XmlElement } from '../xml.ts';
import { aggregate } from './aggregate.ts';
import { fileElement } from './file-element.ts';
import { invalidQuery } from './invalid-query.ts';
import { refuseSemanticMode, requireMetaQuery } from './meta-query-index.ts';
import { readQuery } from './read-query.ts';
import { readSorting } from './read-sorting.ts';

const MAX_RESULTS = 100;
const PAGE_SIZE = 1000;

/** Source: dometaquery. That a query may be left out is from the Java SDK (BucketMetaQueryTest). */
const content: ContentRules = {
  NextToken: withFallback(word, ''),
  MaxResults: withFallback(wholeNumber(0, MAX_RESULTS), '0'),
  Query: withFallback(anyText, ''),
  Sort: withFallback(word, ''),
  Order: withFallback(word, ''),
  Aggregations: group({ Aggregation: many(group({ Field: required(word), Operation: required(word) })) }),
};

/**
 * DoMetaQuery: the objects of a bucket that a condition holds for, or what their fields come to. The latter comes without
 * files, as the page's sample has it.
 */
export const doMetaQuery: OperationHandler = async (call) => {
  refuseSemanticMode(call);
  await requireMetaQuery(call);
  const body = (await readConfigurationBody(call.request)).toString('utf8');
  const document = readConfiguration(body, 'MetaQuery', content);
  const text = (name: string): string => textAt(document, name) ?? '';
  const matches = readQuery(text('Query'));
  const compare = readSorting(text('Sort'), text('Order'));
  const found = await findObjects(call, matches);
  const aggregations = readAggregations(document);
  if (aggregations.length > 0) {
    const results = aggregations.map((aggregation) => aggregate(aggregation, found));
    return xmlResponse('MetaQuery', [
      ['NextToken', ''],
      ['Aggregations', results],
    ]);
  }
  const start = readToken(text('NextToken'));
  const end = start + (Number(text('MaxResults')) || MAX_RESULTS);
  const files = found.toSorted(compare).slice(start, end);
  const answer: XmlElement[] = [['NextToken', end < found.length ? writeToken(end) : '']];
  return xmlResponse('MetaQuery', [...answer, ['Files', files.map(fileElement)]]);
};

async function findObjects(
  { bucket, emulator }: OperationCall,
  matches: (object: StoredObject) => boolean,
): Promise<readonly StoredObject[]> {
  const found: StoredObject[] = [];
  let startAfter: string | undefined = '';
  while (startAfter !== undefined) {
    const query = { prefix: '', delimiter: '', startAfter, maxKeys: PAGE_SIZE };
    // oxlint-disable-next-line no-await-in-loop -- each page says where the next one begins
    const page = await emulator.store.list(bucket, query);
    found.push(...page.objects.filter((object) => matches(object)));
    startAfter = page.nextStartAfter;
  }
  return found;
}

function readAggregations(document: ConfigurationNode) {
  return childrenNamed(descend(document, 'Aggregations'), 'Aggregation').map((node) => ({
    field: textAt(node, 'Field') ?? '',
    operation: textAt(node, 'Operation') ?? '',
  }));
}

/** Where the next page begins: opaque to clients. */
function writeToken(position: number): string {
  return Buffer.from(String(position)).toString('base64');
}

function readToken(token: string): number {
  const digits = token === '' ? '0' : Buffer.from(token, 'base64').toString('latin1');
  if (!/^\d{1,15}$/.test(digits))
    throw invalidQuery('NextToken', token, 'NextToken must be that of an earlier answer.');
  return Number(digits);
}
