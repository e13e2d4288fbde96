import { MemoryObjectStore } from './memory-object-store.ts';
import { describeObjectStore } from './object-store.conformance.ts';

describeObjectStore('MemoryObjectStore', async () => new MemoryObjectStore());
