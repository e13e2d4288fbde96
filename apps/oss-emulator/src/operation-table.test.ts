import { describe, expect, it } from 'vitest';
import type { Operation } from './operation.ts';
import { buildOperationTable, findOperation, OperationTableError } from './operation-table.ts';
import type { OperationRequest } from './operation-table.ts';
import { refuseUnbuilt } from './operations/refuse-unbuilt.ts';
import { operations } from './operations.ts';

const handle = async () => ({ status: 200 });
const row = (name: string, more: Partial<Operation> = {}): Operation => ({
  name,
  method: 'PUT',
  resource: 'object',
  doc: 'test',
  handle,
  ...more,
});
const request = (more: Partial<OperationRequest> = {}): OperationRequest => ({
  method: 'PUT',
  resource: 'object',
  parameters: new Map(),
  headers: {},
  ...more,
});
const query = (...names: string[]) => new Map(names.map((name) => [name, '']));

describe('the operation table', () => {
  it('is built from the real rows, so no two of them match the same request', () => {
    expect(() => buildOperationTable(operations)).not.toThrow();
  });

  it.each([
    ['the same sub-resource', [row('A', { subresource: 'acl' }), row('B', { subresource: 'acl' })]],
    ['the same pair in another order', [row('A', { subresource: 'a&b' }), row('B', { subresource: 'b&a' })]],
    ['the same condition', [row('A', { when: { header: 'x' } }), row('B', { when: { header: 'x' } })]],
    ['conditions that can both hold', [row('A', { when: { header: 'x' } }), row('B', { when: { header: 'y' } })]],
  ])('refuses two rows with %s', (_case, rows) => {
    expect(() => buildOperationTable(rows)).toThrow(OperationTableError);
    expect(() => buildOperationTable(rows)).toThrow('A and B');
  });

  const table = buildOperationTable([
    row('Plain'),
    row('Copy', { when: { header: 'x-oss-copy-source' } }),
    row('Part', { subresource: 'partNumber&uploadId' }),
    row('Acl', { subresource: 'acl' }),
    row('ListTwo', { method: 'GET', when: { parameter: 'list-type', value: '2' } }),
    row('List', { method: 'GET' }),
    { name: 'Tagging', method: 'PUT', resource: 'object', subresource: 'tagging', doc: 'test' },
  ]);

  it.each([
    ['Plain', {}],
    ['Plain', { parameters: query('unknown', 'x-oss-signature') }],
    ['Copy', { headers: { 'x-oss-copy-source': '/b/k' } }],
    ['Part', { parameters: query('uploadId', 'other', 'partNumber') }],
    ['Acl', { parameters: query('acl') }],
    ['List', { method: 'GET', parameters: new Map([['list-type', '1']]) }],
    ['ListTwo', { method: 'GET', parameters: new Map([['list-type', '2']]) }],
  ])('finds %s', (name, more) => {
    expect(findOperation(table, request(more)).name).toBe(name);
  });

  it('gives a row without a handler one that refuses it by name', () => {
    const found = findOperation(table, request({ parameters: query('tagging') }));
    expect(found).toMatchObject({ name: 'Tagging', handle: refuseUnbuilt });
  });

  it.each([
    ['MethodNotAllowed', { method: 'DELETE' }],
    ['MethodNotAllowed', { method: 'GET', parameters: query('acl') }],
    ['InvalidArgument', { parameters: query('acl', 'tagging') }],
    ['InvalidArgument', { parameters: query('uploadId') }],
  ])('throws %s where no row matches', (code, more) => {
    expect(() => findOperation(table, request(more))).toThrow(expect.objectContaining({ code }));
  });
});
