import type { ImplementedOperation, Operation, OperationCondition, OperationResource } from './operation.ts';
import { OssError } from './oss-error.ts';
import { refuseUnbuilt } from './operations/refuse-unbuilt.ts';

/** What {@link findOperation} looks at. */
export interface OperationRequest {
  readonly method: string;
  readonly resource: OperationResource;
  readonly parameters: ReadonlyMap<string, string>;
  readonly headers: Readonly<Record<string, string>>;
}

export interface OperationTable {
  readonly groups: ReadonlyMap<string, OperationGroup>;
  readonly subresourceNames: Readonly<Record<OperationResource, ReadonlySet<string>>>;
}

/** Rows with the same method, resource and sub-resource: at most one of them can match a request. */
interface OperationGroup {
  plain?: Operation;
  /** What every conditional row of the group looks at. */
  discriminator?: string;
  readonly conditional: Map<string, Operation>;
}

/** Two rows of the operation table match the same request. */
export class OperationTableError extends Error {
  override readonly name = 'OperationTableError';
}

/**
 * @throws {OperationTableError} when two rows could match the same request, so that their order would mean something.
 * Conditional rows of a group must look at the same header or parameter: only then can no two of them hold at once.
 */
export function buildOperationTable(rows: readonly Operation[]): OperationTable {
  const groups = new Map<string, OperationGroup>();
  const subresourceNames = { service: new Set<string>(), bucket: new Set<string>(), object: new Set<string>() };
  for (const row of rows) {
    const names = row.subresource === undefined ? [] : row.subresource.split('&').sort();
    for (const name of names) subresourceNames[row.resource].add(name);
    const key = groupKey(row.method, row.resource, names);
    const group: OperationGroup = groups.get(key) ?? { conditional: new Map() };
    groups.set(key, group);
    addToGroup(group, row);
  }
  return { groups, subresourceNames };
}

function addToGroup(group: OperationGroup, row: Operation): void {
  if (row.when === undefined) {
    if (group.plain !== undefined) throw ambiguous(group.plain, row);
    group.plain = row;
    return;
  }
  const { discriminator, value } = conditionParts(row.when);
  const [other] = group.conditional.values();
  if (other !== undefined && group.discriminator !== discriminator) throw ambiguous(other, row);
  const same = group.conditional.get(value);
  if (same !== undefined) throw ambiguous(same, row);
  group.discriminator = discriminator;
  group.conditional.set(value, row);
}

function ambiguous(a: Operation, b: Operation): OperationTableError {
  return new OperationTableError(`operations ${a.name} and ${b.name} could match the same request`);
}

const PRESENT = '';

function conditionParts(condition: OperationCondition): { discriminator: string; value: string } {
  return 'header' in condition
    ? { discriminator: `header ${condition.header}`, value: PRESENT }
    : { discriminator: `parameter ${condition.parameter}`, value: condition.value };
}

function groupKey(method: string, resource: OperationResource, sortedNames: readonly string[]): string {
  return `${method} ${resource} ${sortedNames.join('&')}`;
}

/**
 * One look-up: method, resource and the sub-resources among the query parameters.
 * @returns for what OSS has and the emulator has not, an operation whose handler refuses it: a request that OSS would
 * not carry out is refused as OSS refuses it, before its sender is told what is not built
 * @throws {OssError} `MethodNotAllowed`; `InvalidArgument` for sub-resources that exclude each other
 */
export function findOperation(table: OperationTable, request: OperationRequest): ImplementedOperation {
  const known = table.subresourceNames[request.resource];
  // A preflight asks about a request to the resource, whatever its sub-resources.
  const isPreflight = request.method === 'OPTIONS';
  const names = isPreflight ? [] : [...request.parameters.keys()].filter((name) => known.has(name)).sort();
  const group = table.groups.get(groupKey(request.method, request.resource, names));
  const row = group === undefined ? undefined : selectRow(group, request);
  if (row === undefined) throw noSuchOperation(table, request, names);
  return { ...row, handle: row.handle ?? refuseUnbuilt };
}

function selectRow(group: OperationGroup, request: OperationRequest): Operation | undefined {
  for (const row of group.conditional.values()) {
    if (row.when !== undefined && holds(row.when, request)) return row;
  }
  return group.plain;
}

function holds(condition: OperationCondition, { headers, parameters }: OperationRequest): boolean {
  return 'header' in condition
    ? headers[condition.header] !== undefined
    : parameters.get(condition.parameter) === condition.value;
}

function noSuchOperation(table: OperationTable, request: OperationRequest, names: readonly string[]): OssError {
  const key = groupKey('', request.resource, names);
  const otherMethod = [...table.groups.keys()].some((candidate) => candidate.endsWith(key));
  if (!otherMethod) {
    return new OssError(
      'InvalidArgument',
      { ArgumentName: names.join('&') },
      { message: 'These sub-resources cannot be requested together.' },
    );
  }
  return new OssError('MethodNotAllowed', {
    ResourceType: request.resource === 'object' ? 'Object' : request.resource === 'bucket' ? 'Bucket' : 'Service',
    Method: request.method,
  });
}
