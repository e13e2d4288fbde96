/** The group of every bucket that was put in no other. */
export const DEFAULT_RESOURCE_GROUP = 'rg-default-id';

/** The emulator knows no resource groups: it takes what is written like an id of one. */
export function isResourceGroup(id: string): boolean {
  return id === DEFAULT_RESOURCE_GROUP || /^rg-[a-z0-9]{8,32}$/.test(id);
}
