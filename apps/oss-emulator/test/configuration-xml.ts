/** The least that PutBucketInventory takes. */
export function inventoryXml(id: string): string {
  return (
    `<InventoryConfiguration><Id>${id}</Id><IsEnabled>true</IsEnabled><Destination><OSSBucketDestination>` +
    '<Format>CSV</Format><AccountId>1</AccountId><RoleArn>acs:ram::1:role/R</RoleArn><Bucket>acs:oss:::reports</Bucket>' +
    '</OSSBucketDestination></Destination><Schedule><Frequency>Daily</Frequency></Schedule>' +
    '<IncludedObjectVersions>All</IncludedObjectVersions></InventoryConfiguration>'
  );
}

export function wormXml(days: number, root = 'InitiateWormConfiguration'): string {
  return `<${root}><RetentionPeriodInDays>${days}</RetentionPeriodInDays></${root}>`;
}

/** A CORS configuration of one rule; each element may be given several times. */
export function corsXml(rule: Readonly<Record<string, string | readonly string[]>>, more = ''): string {
  const elements = Object.entries(rule).flatMap(([name, values]) =>
    [values].flat().map((value) => `<${name}>${value}</${name}>`),
  );
  return `<CORSConfiguration><CORSRule>${elements.join('')}</CORSRule>${more}</CORSConfiguration>`;
}

/** Object-level retention without a default. */
export const OBJECT_WORM_XML =
  '<ObjectWormConfiguration><ObjectWormEnabled>Enabled</ObjectWormEnabled></ObjectWormConfiguration>';
