/**
 * Like `Promise.all(items.map(work))`, with a limit on how many are under way at once.
 *
 * @returns the results in the order of the items
 */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  const workers = Array.from({ length: Math.min(limit, items.length) }, async () => {
    for (const [index, item] of waiting) {
      results[index] = await work(item);
    }
  });
  await Promise.all(workers);
  return results;
}
